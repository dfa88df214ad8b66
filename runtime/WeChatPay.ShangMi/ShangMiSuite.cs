namespace WeChatPay.ShangMi;

/// <summary>What the runtime asks of 国密: SM2 keys and SM4-GCM. Holds nothing.</summary>
internal sealed class ShangMiSuite : IAlgorithmSuite
{
    public static readonly ShangMiSuite Instance = new();

    public string Scheme => WeChatPayShangMi.Scheme;

    public string AeadAlgorithm => WeChatPayShangMi.AeadAlgorithm;

    public byte[] OpenAead(ReadOnlySpan<byte> apiV3Key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> ciphertext)
        => Sm4Gcm.Open(apiV3Key, nonce, associatedData, ciphertext);

    public IPlatformKey? TryReadPublicKey(ReadOnlySpan<byte> subjectPublicKeyInfo)
        => Sm2KeyReader.TryReadPublic(subjectPublicKeyInfo) is { } key ? new Sm2PlatformKey(key) : null;
}
