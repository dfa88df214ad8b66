using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using WeChatPay.Serialization;

namespace WeChatPay;

/// <summary>
/// An open enumeration: one of a set of wire texts, or a text that is not in the set, since the API adds values at any time and a verified answer must not
/// become unreadable because of one. What derives from it is generated and has the known texts as constants.
/// </summary>
/// <remarks>
/// Null is absent. Compare with a constant (<c>order.TradeState == TradeState.Success</c>), or switch over <see cref="Value"/>, with a branch for what is not known.
/// </remarks>
/// <typeparam name="TSelf">The enumeration itself.</typeparam>
[DebuggerDisplay("{Value,nq}")]
public abstract class WeChatPayEnumeration<TSelf> : IEquatable<TSelf>
    where TSelf : WeChatPayEnumeration<TSelf>, IOpenEnumeration<TSelf>
{
    /// <summary>Wraps a wire text, known or not.</summary>
    /// <param name="value">The text.</param>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    protected WeChatPayEnumeration(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Value = value;
    }

    /// <summary>The wire text.</summary>
    public string Value { get; }

    /// <summary>Wraps a wire text, known or not, to compare with it.</summary>
    /// <param name="value">The text; null is absent.</param>
    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator WeChatPayEnumeration<TSelf>?(string? value) => FromWire(value);

    /// <summary>The same wire text, or both absent.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator ==(WeChatPayEnumeration<TSelf>? left, WeChatPayEnumeration<TSelf>? right) => left?.Value == right?.Value;

    /// <summary>Different wire texts, or one absent.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator !=(WeChatPayEnumeration<TSelf>? left, WeChatPayEnumeration<TSelf>? right) => left?.Value != right?.Value;

    /// <summary>Wraps a wire text, known or not; null is absent.</summary>
    /// <param name="value">The text.</param>
    [return: NotNullIfNotNull(nameof(value))]
    internal static TSelf? FromWire(string? value)
    {
        // Not a cast: that would take the operator of this class, which comes here.
        TSelf? self = value;
        return self;
    }

    /// <inheritdoc/>
    public bool Equals(TSelf? other) => other is not null && Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TSelf other && Value == other.Value;

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>The wire text.</summary>
    public override string ToString() => Value;
}
