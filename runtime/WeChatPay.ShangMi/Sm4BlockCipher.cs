using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;

namespace WeChatPay.ShangMi;

/// <summary>SM4 block by block, of which the runtime makes GCM for encrypted bills.</summary>
internal sealed class Sm4BlockCipher : IWeChatPayBlockCipher
{
    public const int KeyLength = 16;

    private const int Block = 16;

    private readonly SM4Engine _engine = new();

    public Sm4BlockCipher(ReadOnlySpan<byte> key)
    {
        var copy = key.ToArray();
        _engine.Init(true, new KeyParameter(copy));
        CryptographicOperations.ZeroMemory(copy);
    }

    public void Encrypt(ReadOnlySpan<byte> blocks, Span<byte> destination)
    {
        for (; !blocks.IsEmpty; blocks = blocks[Block..], destination = destination[Block..])
        {
            _engine.ProcessBlock(blocks, destination);
        }
    }

    // BouncyCastle offers no way to wipe its round keys; they go with the engine.
    public void Dispose()
    {
    }
}
