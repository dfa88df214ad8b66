using Org.BouncyCastle.Crypto.Digests;

namespace WeChatPay.ShangMi;

/// <summary>SM3 of a file, as the answers of receipts and invoices name it.</summary>
internal sealed class Sm3FileHash : IWeChatPayFileHash
{
    private readonly SM3Digest _digest = new();

    public int Length => _digest.GetDigestSize();

    public void Append(ReadOnlySpan<byte> bytes) => _digest.BlockUpdate(bytes);

    public byte[] Finish()
    {
        var hash = new byte[Length];
        _digest.DoFinal(hash);
        return hash;
    }

    public void Dispose()
    {
    }
}
