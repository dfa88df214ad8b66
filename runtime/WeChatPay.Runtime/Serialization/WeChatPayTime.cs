namespace WeChatPay;

/// <summary>A point in time as the API writes it: the wire text is kept, whatever it is.</summary>
public readonly struct WeChatPayTime
{
}

/// <summary>A calendar date as the API writes it (Beijing time): the wire text is kept, whatever it is.</summary>
public readonly struct WeChatPayDate
{
}

/// <summary>How a time or date is written when it was given as a <see cref="DateTimeOffset"/> or <see cref="DateOnly"/>.</summary>
public enum WeChatPayTimeFormat
{
    /// <summary><c>yyyy-MM-ddTHH:mm:sszzz</c>.</summary>
    DateTime,

    /// <summary><c>yyyy-MM-dd</c>.</summary>
    Date,

    /// <summary><c>yyyyMMdd</c>.</summary>
    CompactDate,

    /// <summary><c>yyyyMMddHHmmss</c> at +08:00.</summary>
    CompactDateTime,

    /// <summary><c>yyyy-MM-dd HH:mm:ss</c> at +08:00.</summary>
    SpacedDateTime,

    /// <summary>Seconds since 1970-01-01T00:00:00Z.</summary>
    UnixSeconds,
}
