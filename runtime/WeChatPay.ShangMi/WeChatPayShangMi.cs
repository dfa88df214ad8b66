using WeChatPay.ShangMi;

namespace WeChatPay;

/// <summary>
/// 国密 for merchants whose application for it WeChat Pay has granted: SM2 with SM3 in place of RSA with SHA-256, SM4-GCM beside AES-256-GCM.
/// </summary>
public static class WeChatPayShangMi
{
    /// <summary>The scheme of <c>Authorization</c> and the value of <c>Wechatpay-Signature-Type</c>.</summary>
    public const string Scheme = "WECHATPAY2-SM2-WITH-SM3";

    /// <summary>What notifications and certificate lists call SM4-GCM.</summary>
    public const string AeadAlgorithm = "AEAD_SM4_GCM";

    /// <summary>SM2 and SM4 for <see cref="WeChatPayOptions.AlgorithmSuite"/>. <see cref="UseShangMi(WeChatPayOptions)"/> sets it.</summary>
    public static IAlgorithmSuite AlgorithmSuite => ShangMiSuite.Instance;

    /// <summary>
    /// Signs requests with the merchant's SM2 key, and verifies with and encrypts for SM2 keys of WeChat Pay: fetched certificates, those in
    /// <see cref="WeChatPayOptions.PlatformCertificates"/>, a key in <see cref="WeChatPayOptions.PublicKey"/>. RSA keys of WeChat Pay may stay beside them:
    /// each verifies what names its serial number, with its own algorithm and no other.
    /// </summary>
    /// <param name="options">The merchant's options. <see cref="WeChatPayOptions.MerchantPrivateKey"/> stays unset.</param>
    /// <param name="merchantPrivateKey">The SM2 private key, its content and not its path: PKCS#8 or EC, PEM with line breaks or <c>\n</c> escapes, or base64.</param>
    /// <param name="merchantCertificateSerialNumber">
    /// The serial number of the merchant's SM2 certificate, which is another one than that of the RSA certificate; null where
    /// <see cref="WeChatPayOptions.MerchantCertificate"/> is set to the SM2 certificate.
    /// </param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException">The text is no unencrypted SM2 private key.</exception>
    public static WeChatPayOptions UseShangMi(this WeChatPayOptions options, string merchantPrivateKey, string? merchantCertificateSerialNumber = null)
    {
        UseShangMi(options);
        options.MerchantKey = ReadMerchantKey(merchantPrivateKey);
        options.MerchantCertificateSerialNumber = merchantCertificateSerialNumber ?? options.MerchantCertificateSerialNumber;
        return options;
    }

    /// <summary>
    /// The same for an SM2 key outside of this process: an <see cref="IMerchantKey"/> in <see cref="WeChatPayOptions.MerchantKey"/> whose
    /// <see cref="IMerchantKey.Scheme"/> is <see cref="Scheme"/>. It signs SM3 with the identity <c>1234567812345678</c>, returns DER, and decrypts DER
    /// of <c>SEQUENCE { x, y, C3, C2 }</c>. With an RSA key, whose merchant signs with RSA throughout, messages of WeChat Pay may still be SM2 and SM4.
    /// </summary>
    /// <param name="options">The merchant's options.</param>
    /// <returns>The options.</returns>
    public static WeChatPayOptions UseShangMi(this WeChatPayOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.AlgorithmSuite = ShangMiSuite.Instance;
        return options;
    }

    /// <summary>
    /// Reads an SM2 private key, for <see cref="WeChatPayOptions.MerchantKey"/>, or for <see cref="WeChatPayFormerMerchantKey.Key"/> once it was replaced.
    /// </summary>
    /// <param name="text">PKCS#8 or EC, PEM with line breaks or <c>\n</c> escapes, or base64.</param>
    /// <returns>A key that stays in memory.</returns>
    /// <exception cref="ArgumentException">The text is no unencrypted SM2 private key.</exception>
    public static ILocalMerchantKey ReadMerchantKey(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Sm2MerchantKey(Sm2KeyText.ReadPrivateKey(text, nameof(text)));
    }
}
