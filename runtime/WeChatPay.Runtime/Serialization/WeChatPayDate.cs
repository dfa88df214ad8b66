using System.Diagnostics;
using WeChatPay.Serialization;

namespace WeChatPay;

/// <summary>
/// A calendar date as the API writes it, in Beijing's calendar. The wire text is kept, whatever it is.
/// </summary>
/// <remarks>
/// Give a <see cref="DateOnly"/> (<see cref="BeijingTime.Today(TimeProvider)"/> knows the day) and it is written in the format that
/// the member declares; give a text and exactly that text is written. Two values are equal if their <see cref="Text"/> is. A default value is absent.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct WeChatPayDate : IEquatable<WeChatPayDate>
{
    private readonly object? _value;

    /// <summary>Takes a date.</summary>
    /// <param name="date">The date in Beijing.</param>
    public WeChatPayDate(DateOnly date) => _value = date;

    /// <summary>Takes a wire text as it is.</summary>
    /// <param name="text">The text; null is absent.</param>
    public WeChatPayDate(string? text) => _value = text;

    /// <summary>The wire text as it came or was given; for a <see cref="DateOnly"/> <c>yyyy-MM-dd</c>. Null if absent.</summary>
    public string? Text => _value as string ?? (_value is DateOnly date ? TimeText.Format(date, WeChatPayTimeFormat.Date) : null);

    /// <summary>The date, or null if the text is none. Understood are <c>yyyy-MM-dd</c> and <c>yyyyMMdd</c>; a time is no date.</summary>
    public DateOnly? Date => _value switch
    {
        DateOnly date => date,
        string text when TimeText.TryParseDate(text, out var parsed) => parsed,
        _ => null,
    };

    /// <summary>Neither a text nor a date was given.</summary>
    internal bool IsAbsent => _value is null;

    /// <summary>Takes a date.</summary>
    /// <param name="date">The date in Beijing.</param>
    public static implicit operator WeChatPayDate(DateOnly date) => new(date);

    /// <summary>Takes a wire text as it is.</summary>
    /// <param name="text">The text; null is absent.</param>
    public static implicit operator WeChatPayDate(string? text) => new(text);

    /// <summary>Equal wire texts.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator ==(WeChatPayDate left, WeChatPayDate right) => left.Equals(right);

    /// <summary>Different wire texts.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator !=(WeChatPayDate left, WeChatPayDate right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(WeChatPayDate other) => string.Equals(Text, other.Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WeChatPayDate other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Text is { } text ? StringComparer.Ordinal.GetHashCode(text) : 0;

    /// <summary>The <see cref="Text"/>, empty if absent.</summary>
    public override string ToString() => Text ?? "";

    /// <summary>What goes on the wire for a member of this format; null if absent.</summary>
    internal string? ToWire(WeChatPayTimeFormat format)
        => _value as string ?? (_value is DateOnly date ? TimeText.Format(date, format) : null);
}
