namespace WeChatPay.Generator.Pipeline;

/// <summary>FNV-1a with 64 bits: the same in every process and on every machine.</summary>
internal static class StableHash
{
    private const string Digits = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>Lower-case letters and digits, so that case does not count; at most 12.</summary>
    public static string Text(string value, int length)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in value)
        {
            hash = unchecked((hash ^ (c & 0xFFu)) * 1099511628211UL);
            hash = unchecked((hash ^ (uint)(c >> 8)) * 1099511628211UL);
        }

        var result = new char[length];
        for (var i = 0; i < length; i++)
        {
            result[i] = Digits[(int)(hash & 31)];
            hash >>= 5;
        }

        return new string(result);
    }
}
