namespace WeChatPay;

/// <summary>What came of the attempt to claim a notification.</summary>
public enum NotificationClaim
{
    /// <summary>Another delivery of it is being handled. WeChat Pay is asked to send it again.</summary>
    ClaimedElsewhere,

    /// <summary>It is this owner's to handle.</summary>
    Claimed,

    /// <summary>It was handled before. Success is replied without its handler.</summary>
    Completed,
}
