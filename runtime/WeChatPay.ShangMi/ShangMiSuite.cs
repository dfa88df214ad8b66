namespace WeChatPay.ShangMi;

/// <summary>What the runtime asks of 国密: SM2 keys, SM4-GCM, and the hash and cipher of files. Holds nothing.</summary>
internal sealed class ShangMiSuite : IAlgorithmSuite
{
    public static readonly ShangMiSuite Instance = new();

    public string Scheme => WeChatPayShangMi.Scheme;

    public string AeadAlgorithm => WeChatPayShangMi.AeadAlgorithm;

    public byte[] OpenAead(ReadOnlySpan<byte> apiV3Key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> ciphertext)
        => Sm4Gcm.Open(apiV3Key, nonce, associatedData, ciphertext);

    public IPlatformKey? TryReadPublicKey(ReadOnlySpan<byte> subjectPublicKeyInfo)
        => Sm2KeyReader.TryReadPublic(subjectPublicKeyInfo) is { } key ? new Sm2PlatformKey(key) : null;

    public IWeChatPayFileHash? TryStartHash(string hashType) => hashType == "SM3" ? new Sm3FileHash() : null;

    // The bill operations name it without the prefix that notifications have.
    public int FileKeyLengthOf(string algorithm) => IsFileCipher(algorithm) ? Sm4BlockCipher.KeyLength : 0;

    public IWeChatPayBlockCipher CreateFileCipher(string algorithm, ReadOnlySpan<byte> key)
        => IsFileCipher(algorithm) ? new Sm4BlockCipher(key) : throw new NotSupportedException($"'{algorithm}' is no algorithm of this suite.");

    private static bool IsFileCipher(string algorithm) => algorithm is "SM4_GCM" or WeChatPayShangMi.AeadAlgorithm;
}
