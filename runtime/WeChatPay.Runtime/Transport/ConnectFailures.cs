using System.Net.Http;

namespace WeChatPay.Transport;

/// <summary>Tells failures to connect, after which no byte of a request was sent, from all others.</summary>
internal static class ConnectFailures
{
    public static bool IsOne(HttpRequestException e)
        => e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;

    /// <summary>The exception means that the attempt never had a connection.</summary>
    public static bool IsOne(Exception e, SendState? attempt) => e switch
    {
        HttpRequestException http => IsOne(http) && attempt?.Content is not { WasRead: true },
        OperationCanceledException { InnerException: TimeoutException } => attempt is { ConnectTimedOut: true },
        _ => false,
    };
}
