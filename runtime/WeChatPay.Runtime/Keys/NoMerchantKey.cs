namespace WeChatPay.Keys;

/// <summary>In the place of the private key of a merchant who has none. What would need it is refused before it gets here; this is the last bar.</summary>
internal sealed class NoMerchantKey(string merchantId) : IMerchantKey
{
    /// <summary>What is said to whoever asks for APIv3.</summary>
    public static string Explain(string merchantId, string what)
        => $"The options of merchant {merchantId} hold the APIv2 key and nothing of APIv3, and {what} takes the keys of APIv3: set MerchantPrivateKey, "
            + "MerchantCertificateSerialNumber, PublicKeyId and PublicKey. Nothing was sent.";

    public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
        => throw new InvalidOperationException(Explain(merchantId, "this signature"));

    public ValueTask<byte[]> DecryptOaepAsync(ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken)
        => throw new InvalidOperationException(Explain(merchantId, "a member that is encrypted for the merchant"));
}
