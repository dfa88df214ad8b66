using System.ComponentModel;
using WeChatPay.Serialization;

namespace WeChatPay;

/// <summary>A node of the client tree: one segment of the URL. Cheap to create and to keep; thread-safe.</summary>
public abstract class WeChatPayResource
{
    /// <summary>Used by generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected WeChatPayResource(WeChatPayResourceContext context) => ResourceContext = context;

    /// <summary>Used by generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected WeChatPayResourceContext ResourceContext { get; }

    /// <summary>Sends a request and reads the verified JSON answer.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<TResponse> SendForAnswerAsync<TResponse>(
        WeChatPayOperationDescriptor operation, IWeChatPayRequest? request, WeChatPayRequestOptions? options, CancellationToken cancellationToken)
        where TResponse : WeChatPayResponse, IJsonReadable<TResponse>
        => throw new NotImplementedException();

    /// <summary>Sends a request whose verified answer has no content.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<WeChatPayResponse> SendForNoContentAsync(
        WeChatPayOperationDescriptor operation, IWeChatPayRequest? request, WeChatPayRequestOptions? options, CancellationToken cancellationToken)
        => throw new NotImplementedException();

    /// <summary>Sends a request whose answer is a stream without a signature.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<WeChatPayDownload> SendForStreamAsync(
        WeChatPayOperationDescriptor operation, IWeChatPayRequest? request, WeChatPayRequestOptions? options, CancellationToken cancellationToken)
        => throw new NotImplementedException();
}

/// <summary>The client and the path values on the way to a node. Immutable.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WeChatPayResourceContext
{
    internal WeChatPayResourceContext(WeChatPayCore core)
    {
    }

    /// <summary>Adds the value of a path parameter that is text.</summary>
    /// <param name="value">The value as the caller gave it, not encoded.</param>
    /// <param name="parameterName">The C# name of the argument, for the exception.</param>
    /// <exception cref="ArgumentException">Null, empty, <c>.</c>, <c>..</c>, or with control characters.</exception>
    public WeChatPayResourceContext WithText(string? value, string parameterName) => throw new NotImplementedException();

    /// <summary>Adds the value of a path parameter that is a number.</summary>
    public WeChatPayResourceContext WithInteger(long value, string parameterName) => throw new NotImplementedException();
}
