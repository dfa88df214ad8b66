using System.Diagnostics;
using WeChatPay.Serialization;

namespace WeChatPay;

/// <summary>
/// A point in time as the API writes it. The wire text is kept, whatever it is: some members take words such as <c>OnAccept</c>
/// where others have a time, and a verified answer must not become unreadable because of an odd time.
/// </summary>
/// <remarks>
/// Give a <see cref="DateTimeOffset"/> and it is written in the format that the member declares (the formats without an offset are
/// converted to +08:00 first); give a text and exactly that text is written. Two values are equal if their <see cref="Text"/> is;
/// compare <see cref="Time"/> to compare points in time. A default value is absent.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct WeChatPayTime : IEquatable<WeChatPayTime>
{
    // A string or a boxed DateTimeOffset. Answers hold many of these and are always text: eight bytes instead of thirty-two.
    private readonly object? _value;

    /// <summary>Takes a point in time; fractions of a second are not written.</summary>
    /// <param name="time">The time at any offset.</param>
    public WeChatPayTime(DateTimeOffset time) => _value = time;

    /// <summary>Takes a wire text as it is.</summary>
    /// <param name="text">The text; null is absent.</param>
    public WeChatPayTime(string? text) => _value = text;

    /// <summary>The wire text as it came or was given; for a <see cref="DateTimeOffset"/> its RFC 3339 form. Null if absent.</summary>
    public string? Text => _value as string ?? (_value is DateTimeOffset time ? TimeText.Format(time, WeChatPayTimeFormat.DateTime) : null);

    /// <summary>
    /// The point in time, or null if the text is none: empty, a word, or a bare date. A text without an offset is taken as +08:00.
    /// Understood are RFC 3339 with and without fractions, <c>+0800</c>, a space for the <c>T</c>, <c>yyyyMMddHHmmss</c>, and ten digits as seconds since 1970.
    /// </summary>
    public DateTimeOffset? Time => _value switch
    {
        DateTimeOffset time => time,
        string text when TimeText.TryParseTime(text, out var parsed) => parsed,
        _ => null,
    };

    /// <summary>Neither a text nor a time was given.</summary>
    internal bool IsAbsent => _value is null;

    /// <summary>Takes a point in time.</summary>
    /// <param name="time">The time at any offset.</param>
    public static implicit operator WeChatPayTime(DateTimeOffset time) => new(time);

    /// <summary>Takes a wire text as it is.</summary>
    /// <param name="text">The text; null is absent.</param>
    public static implicit operator WeChatPayTime(string? text) => new(text);

    /// <summary>Equal wire texts.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator ==(WeChatPayTime left, WeChatPayTime right) => left.Equals(right);

    /// <summary>Different wire texts.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator !=(WeChatPayTime left, WeChatPayTime right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(WeChatPayTime other) => string.Equals(Text, other.Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WeChatPayTime other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Text is { } text ? StringComparer.Ordinal.GetHashCode(text) : 0;

    /// <summary>The <see cref="Text"/>, empty if absent.</summary>
    public override string ToString() => Text ?? "";

    /// <summary>What goes on the wire for a member of this format; null if absent.</summary>
    internal string? ToWire(WeChatPayTimeFormat format)
        => _value as string ?? (_value is DateTimeOffset time ? TimeText.Format(time, format) : null);
}
