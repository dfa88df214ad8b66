using System.Text;

namespace WeChatPay.Specs.Binding;

/// <summary>APIv2 counts lists in the names of members: <c>coupon_id_$n</c> stands for <c>coupon_id_0</c>, <c>coupon_id_1</c> …</summary>
internal static class Families
{
    /// <summary>How many indexes a pattern has; 0 for an ordinary name.</summary>
    public static int Dimensions(string name)
    {
        var count = 0;
        for (var at = name.IndexOf("_$", StringComparison.Ordinal); at >= 0; at = name.IndexOf("_$", at + 2, StringComparison.Ordinal))
        {
            if (IsIndex(name, at)) count++;
        }

        return count;
    }

    /// <summary>
    /// What a list's name ends in. <c>coupon_refund_fee_$n</c>, the sum of a refund, and <c>coupon_refund_fee_$n_$m</c>, its single coupons,
    /// stand beside each other.
    /// </summary>
    public static string Suffix(string name) => Dimensions(name) switch { 0 => "", 1 => "List", _ => "Lists" };

    /// <summary>The name without its indexes.</summary>
    public static string Stem(string name)
    {
        // Piece by piece, not by removing: a name as long as a file may hold ten thousands of them.
        StringBuilder? stem = null;
        var start = 0;
        for (var at = name.IndexOf("_$", StringComparison.Ordinal); at >= 0; at = name.IndexOf("_$", at + 2, StringComparison.Ordinal))
        {
            if (!IsIndex(name, at)) continue;
            (stem ??= new StringBuilder(name.Length)).Append(name, start, at - start);
            start = at + 3;
        }

        return stem is null ? name : stem.Append(name, start, name.Length - start).ToString();
    }

    /// <summary>The pattern of <c>coupon_id_0</c> or <c>coupon_id_0_1</c>; null where no number ends the name.</summary>
    public static string? PatternOf(string name)
    {
        var letters = "mn";
        var end = name.Length;
        var indexes = 0;
        while (indexes < 2)
        {
            var digits = end;
            while (digits > 0 && name[digits - 1] is >= '0' and <= '9') digits--;
            if (digits == end || digits < 2 || name[digits - 1] != '_') break;
            end = digits - 1;
            indexes++;
        }

        if (indexes == 0 || end == 0) return null;
        return name.Substring(0, end) + (indexes == 1 ? "_$" + letters[1] : "_$" + letters[1] + "_$" + letters[0]);
    }

    /// <summary><c>_$</c> and one letter, at the end or before the next part.</summary>
    private static bool IsIndex(string name, int at)
        => at > 0 && at + 2 < name.Length && name[at + 2] is >= 'a' and <= 'z' && (at + 3 == name.Length || name[at + 3] == '_');
}
