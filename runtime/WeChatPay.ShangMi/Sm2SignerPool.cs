using System.Collections.Concurrent;
using System.Text;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace WeChatPay.ShangMi;

/// <summary>
/// SM2 signatures over SM3 in DER, under one key. A signer holds what is derived from key and identity, which costs as much as a signature, and is not
/// for several threads; so those that are not in use wait for the next message.
/// </summary>
internal sealed class Sm2SignerPool
{
    /// <summary>DER of two INTEGERs of one byte.</summary>
    public const int ShortestSignature = 8;

    /// <summary>DER of two INTEGERs of 32 bytes with a zero before each.</summary>
    public const int LongestSignature = 72;

    // Without it OpenSSL and others use an empty identity, and such a signature is another one.
    private static readonly byte[] Identity = Encoding.ASCII.GetBytes("1234567812345678");

    private readonly ConcurrentQueue<SM2Signer> _idle = new();
    private readonly ICipherParameters _key;
    private readonly bool _forSigning;

    public Sm2SignerPool(ECPrivateKeyParameters key)
    {
        _key = new ParametersWithID(new ParametersWithRandom(key, Sm2Curve.Random), Identity);
        _forSigning = true;
        _idle.Enqueue(Create());
    }

    public Sm2SignerPool(ECPublicKeyParameters key)
    {
        _key = new ParametersWithID(key, Identity);
        _idle.Enqueue(Create());
    }

    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        var signer = Take(message);
        var signature = signer.GenerateSignature();
        _idle.Enqueue(signer);
        return signature;
    }

    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length is < ShortestSignature or > LongestSignature)
        {
            return false;
        }

        var signer = Take(message);
        var isValid = signer.VerifySignature(signature.ToArray());
        _idle.Enqueue(signer);
        return isValid;
    }

    private SM2Signer Take(ReadOnlySpan<byte> message)
    {
        if (!_idle.TryDequeue(out var signer))
        {
            signer = Create();
        }

        // A refused signature may have left its message in the digest.
        signer.Reset();
        signer.BlockUpdate(message);
        return signer;
    }

    private SM2Signer Create()
    {
        // The standard encoding takes the one DER form of a signature only.
        var signer = new SM2Signer(StandardDsaEncoding.Instance, new SM3Digest());
        signer.Init(_forSigning, _key);
        return signer;
    }
}
