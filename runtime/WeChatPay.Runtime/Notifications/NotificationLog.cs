using Microsoft.Extensions.Logging;

namespace WeChatPay.Notifications;

/// <summary>Log entries about notifications. None of them carries content of one, but for the business number of an APIv2 notification that has no id.</summary>
internal static partial class NotificationLog
{
    [LoggerMessage(201, LogLevel.Warning, "A notification was refused, its signature is not proven ({Reason}); 401 was answered.")]
    public static partial void NotVerified(ILogger logger, WeChatPaySignatureFailure reason, Exception exception);

    [LoggerMessage(202, LogLevel.Information, "A notification with a deliberately wrong signature (WECHATPAY/SIGNTEST/) was refused, as it has to be; it comes again with a good one.")]
    public static partial void Probe(ILogger logger);

    [LoggerMessage(203, LogLevel.Error, "A notification could not be opened or read; 500 was answered, and it will come again.")]
    public static partial void NotRead(ILogger logger, Exception exception);

    [LoggerMessage(204, LogLevel.Error, "No handler is for {Event}, notification {Id}; 500 was answered, and it will come again. Add On<T>, or Ignore(\"…\") if it needs nothing.")]
    public static partial void NoHandler(ILogger logger, string @event, string id);

    [LoggerMessage(205, LogLevel.Error, "More than one handler is for {Event}, notification {Id}; none was called, 500 was answered. Make their predicates exclude each other.")]
    public static partial void Ambiguous(ILogger logger, string @event, string id);

    [LoggerMessage(206, LogLevel.Error, "Handling {Event}, notification {Id}, failed; 500 was answered, and it will come again.")]
    public static partial void HandlerFailed(ILogger logger, string @event, string id, Exception exception);

    [LoggerMessage(207, LogLevel.Warning, "A notification longer than {MaxLength} bytes was refused; 413 was answered.")]
    public static partial void TooLarge(ILogger logger, int maxLength);

    [LoggerMessage(208, LogLevel.Warning, "The body of a notification did not come as a whole; the sender hung up, or a limit of this application ended the reading. 500 was answered if somebody is there.")]
    public static partial void NotReceived(ILogger logger, Exception exception);

    [LoggerMessage(209, LogLevel.Warning, "An XML notification could not be read, and nothing in it proves its sender; 401 was answered.")]
    public static partial void NoMessage(ILogger logger, Exception exception);

    [LoggerMessage(210, LogLevel.Information, "{Event}, notification {Id}, was handled before; success was answered without its handler.")]
    public static partial void Duplicate(ILogger logger, string @event, string id);

    [LoggerMessage(211, LogLevel.Information, "{Event}, notification {Id}, is being handled by another delivery; 503 was answered, and it will come again.")]
    public static partial void Busy(ILogger logger, string @event, string id);

    [LoggerMessage(212, LogLevel.Error, "The notification store failed before {Event}, notification {Id}, was handled; its handler was not called, 503 was answered, and it will come again.")]
    public static partial void NotClaimed(ILogger logger, string @event, string id, Exception exception);

    [LoggerMessage(213, LogLevel.Error, "{Event}, notification {Id}, was handled, but the notification store failed to keep that; 503 was answered, and it will come again and be handled again.")]
    public static partial void NotCompleted(ILogger logger, string @event, string id, Exception exception);

    [LoggerMessage(214, LogLevel.Error, "{Event}, notification {Id}, was handled for longer than its claim of {Seconds} s; another delivery may have been handled meanwhile, and 503 was answered.")]
    public static partial void ClaimLost(ILogger logger, string @event, string id, double seconds);

    [LoggerMessage(215, LogLevel.Warning, "The notification store failed to free {Event}, notification {Id}; that ends by itself after {Seconds} s.")]
    public static partial void NotReleased(ILogger logger, string @event, string id, double seconds, Exception exception);

    [LoggerMessage(216, LogLevel.Error, "The merchant of a notification could not be looked up, or its options are wrong; 500 was answered, and it will come again.")]
    public static partial void NoMerchant(ILogger logger, Exception exception);
}
