namespace WeChatPay;

/// <summary>How a time or date is written when it was given as a <see cref="DateTimeOffset"/> or <see cref="DateOnly"/>.</summary>
public enum WeChatPayTimeFormat
{
    /// <summary><c>yyyy-MM-ddTHH:mm:sszzz</c>, at the offset of the value.</summary>
    DateTime,

    /// <summary><c>yyyy-MM-dd</c>, the calendar date at +08:00.</summary>
    Date,

    /// <summary><c>yyyyMMdd</c>, the calendar date at +08:00.</summary>
    CompactDate,

    /// <summary><c>yyyyMMddHHmmss</c> at +08:00.</summary>
    CompactDateTime,

    /// <summary><c>yyyy-MM-dd HH:mm:ss</c> at +08:00.</summary>
    SpacedDateTime,

    /// <summary>Seconds since 1970-01-01T00:00:00Z.</summary>
    UnixSeconds,
}
