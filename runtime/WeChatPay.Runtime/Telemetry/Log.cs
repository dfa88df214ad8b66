using Microsoft.Extensions.Logging;

namespace WeChatPay.Telemetry;

/// <summary>What the library logs: names, numbers and verdicts, never bodies, headers or keys.</summary>
internal static partial class Log
{
    public const string Category = "WeChatPay";

    [LoggerMessage(1, LogLevel.Debug, "{Method} {Path} answered {Status} after {Milliseconds:0.0} ms; request id {RequestId}.")]
    public static partial void Answered(ILogger logger, string method, string path, int status, double milliseconds, string? requestId);

    [LoggerMessage(2, LogLevel.Warning, "{Method} {Path} failed after {Milliseconds:0.0} ms: {Failure}, outcome {Outcome}; status {Status}, request id {RequestId}.")]
    public static partial void Failed(
        ILogger logger, string method, string path, double milliseconds, string failure, WeChatPayOutcome outcome, int status, string? requestId);

    [LoggerMessage(3, LogLevel.Warning, "{Method} {Path}: no connection to the base address ({Failure}); trying the backup address.")]
    public static partial void UsingBackup(ILogger logger, string method, string path, string failure);

    [LoggerMessage(4, LogLevel.Information, "{Method} {Path}: WeChat Pay probed with a wrong signature, which was refused as it should be; request id {RequestId}.")]
    public static partial void Probed(ILogger logger, string method, string path, string? requestId);

    [LoggerMessage(5, LogLevel.Debug, "Merchant {MerchantId}: {Count} platform certificates were fetched and verified.")]
    public static partial void CertificatesRefreshed(ILogger logger, string merchantId, int count);

    [LoggerMessage(6, LogLevel.Debug, "Merchant {MerchantId}: WeChat Pay has no platform certificates for it (404); its public key is used.")]
    public static partial void NoCertificates(ILogger logger, string merchantId);

    [LoggerMessage(7, LogLevel.Warning, "Merchant {MerchantId}: the platform certificates could not be fetched; the {Count} keys that are known stay in use.")]
    public static partial void RefreshFailed(ILogger logger, string merchantId, int count, Exception exception);

    [LoggerMessage(8, LogLevel.Information, "Merchant {MerchantId}: changed options were taken over.")]
    public static partial void Reloaded(ILogger logger, string merchantId);

    [LoggerMessage(9, LogLevel.Error, "Merchant {MerchantId}: changed options were refused, and those of before stay in use. {Problems}")]
    public static partial void ReloadRefused(ILogger logger, string merchantId, string problems);

    [LoggerMessage(10, LogLevel.Warning, "Merchant {MerchantId}: {Names} changed; that takes effect when the process starts again.")]
    public static partial void NeedsRestart(ILogger logger, string merchantId, string names);

    [LoggerMessage(11, LogLevel.Warning, "{Method} {Path}: {Failure} (status {Status}); repeating the call after {Milliseconds:0} ms.")]
    public static partial void Repeating(ILogger logger, string method, string path, string failure, int status, double milliseconds);

    [LoggerMessage(12, LogLevel.Information, "Merchant {MerchantId}: its options hold the APIv2 key and nothing of APIv3, so calls of APIv3 are refused before they are sent.")]
    public static partial void ApiV2Only(ILogger logger, string merchantId);
}
