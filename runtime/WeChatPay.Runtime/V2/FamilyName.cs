using System.Globalization;

namespace WeChatPay.V2;

/// <summary>The wire name of a member that comes in numbered copies: <c>coupon_id_$n</c>, <c>coupon_refund_id_$n_$m</c>.</summary>
internal readonly ref struct FamilyName
{
    public const string Outer = "$n";
    public const string Inner = "$m";

    // An index stands for a place in a list; more places than this no answer has.
    private const int LargestIndex = 999;

    private readonly ReadOnlySpan<char> _before;
    private readonly ReadOnlySpan<char> _between;
    private readonly ReadOnlySpan<char> _after;
    private readonly bool _hasInner;

    public FamilyName(string pattern)
    {
        var outer = pattern.IndexOf(Outer, StringComparison.Ordinal);
        var rest = pattern.AsSpan(outer + Outer.Length);
        var inner = rest.IndexOf(Inner, StringComparison.Ordinal);
        _before = pattern.AsSpan(0, outer);
        _hasInner = inner >= 0;
        _between = _hasInner ? rest[..inner] : default;
        _after = _hasInner ? rest[(inner + Inner.Length)..] : rest;
    }

    public static bool IsOne(string pattern) => pattern.Contains(Outer, StringComparison.Ordinal);

    public static string Make(string pattern, int outer, int inner) => pattern
        .Replace(Outer, outer.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace(Inner, inner.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>The indices in a name, if it is one of the family.</summary>
    public bool TryMatch(ReadOnlySpan<char> name, out int outer, out int inner)
    {
        inner = 0;
        outer = 0;
        if (!name.StartsWith(_before, StringComparison.Ordinal))
        {
            return false;
        }

        name = name[_before.Length..];
        if (!TakeIndex(ref name, out outer))
        {
            return false;
        }

        if (_hasInner)
        {
            if (!name.StartsWith(_between, StringComparison.Ordinal))
            {
                return false;
            }

            name = name[_between.Length..];
            if (!TakeIndex(ref name, out inner))
            {
                return false;
            }
        }

        return name.SequenceEqual(_after);
    }

    private static bool TakeIndex(ref ReadOnlySpan<char> name, out int index)
    {
        var length = name.IndexOfAnyExceptInRange('0', '9');
        var digits = length < 0 ? name : name[..length];
        name = name[digits.Length..];
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out index) && index <= LargestIndex;
    }
}
