namespace WeChatPay.Sandbox;

internal static class Hex
{
    /// <summary>Lower case, as WeChat Pay prints hashes.</summary>
    public static string Lower(ReadOnlySpan<byte> bytes)
#if NET9_0_OR_GREATER
        => Convert.ToHexStringLower(bytes);
#else
        => Convert.ToHexString(bytes).ToLowerInvariant();
#endif
}
