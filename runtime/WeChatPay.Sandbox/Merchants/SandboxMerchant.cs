using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace WeChatPay.Sandbox;

/// <summary>
/// A merchant of the sandbox with throw-away credentials: everything that a client has to be configured with, and the secrets of WeChat Pay's side.
/// Keys live in memory only and differ on every start.
/// </summary>
public sealed class SandboxMerchant : IDisposable
{
    private static readonly TimeSpan CertificateLife = TimeSpan.FromDays(5 * 365);

    private readonly object _gate = new();
    private readonly TimeProvider _clock;
    private readonly RSA _merchantKey;
    private readonly PlatformSigner _publicKeySigner;
    private readonly List<SandboxPlatformCertificate> _certificates = [];
    private readonly Lazy<string> _merchantCertificate;

    /// <summary>Takes over the key.</summary>
    internal SandboxMerchant(string merchantId, string appId, TimeProvider clock, RSA merchantKey, string certificateSerialNumber)
    {
        MerchantId = merchantId;
        AppId = appId;
        _clock = clock;
        _merchantKey = merchantKey;
        CertificateSerialNumber = certificateSerialNumber;
        ApiV3Key = RandomText.Alphanumeric(32);
        _publicKeySigner = new PlatformSigner(
            $"PUB_KEY_ID_01{merchantId}{RandomText.Digits(Math.Max(1, 32 - merchantId.Length))}", RSA.Create(2048));

        // RSA.Create only remembers the size; the export makes the key, which is the whole time that a gateway needs to start.
        var privateKey = string.Empty;
        var publicKey = string.Empty;
        Parallel.Invoke(() => privateKey = _merchantKey.ExportPkcs8PrivateKeyPem(), () => publicKey = _publicKeySigner.ExportPublicKeyPem());
        PrivateKey = privateKey;
        PublicKey = publicKey;
        _merchantCertificate = new Lazy<string>(CreateMerchantCertificate);
    }

    /// <summary>The merchant number (<c>mchid</c>).</summary>
    public string MerchantId { get; }

    /// <summary>The application that is bound to the merchant; orders of another one are refused as the real gateway does.</summary>
    public string AppId { get; }

    /// <summary>The serial number of the merchant's API certificate: <c>serial_no</c> of the Authorization header.</summary>
    public string CertificateSerialNumber { get; }

    /// <summary>The merchant's private key, PKCS#8 PEM.</summary>
    public string PrivateKey { get; }

    /// <summary>The merchant's API certificate, PEM. Made when first asked for; v3 calls do not need it.</summary>
    public string Certificate => _merchantCertificate.Value;

    /// <summary>The APIv3 key: 32 characters, the AES-256 key of notifications and of the certificate list.</summary>
    public string ApiV3Key { get; }

    /// <summary>The id of the WeChat Pay public key, <c>PUB_KEY_ID_…</c>.</summary>
    public string PublicKeyId => _publicKeySigner.Serial;

    /// <summary>The WeChat Pay public key, PEM (<c>PUBLIC KEY</c>).</summary>
    public string PublicKey { get; }

    /// <summary>Which platform key signs. May be changed while the gateway runs; applies from the next message.</summary>
    public SandboxKeyMode KeyMode { get; set; }

    /// <summary>In <see cref="SandboxKeyMode.Migration"/>: the share (0 to 1) of notifications that are signed with the public key. Default 0.5.</summary>
    public double PublicKeyShare { get; set; } = 0.5;

    /// <summary>The platform certificates, newest last. The first one is made when first asked for.</summary>
    public IReadOnlyList<SandboxPlatformCertificate> PlatformCertificates
    {
        get
        {
            lock (_gate)
            {
                if (_certificates.Count == 0)
                    _certificates.Add(NewPlatformCertificate(_clock.GetUtcNow().AddDays(-1)));

                return [.. _certificates];
            }
        }
    }

    /// <summary>Makes a merchant.</summary>
    /// <param name="merchantId">The merchant number; digits.</param>
    /// <param name="appId">The application id.</param>
    /// <param name="timeProvider">The clock for the validity of certificates; the system's if null.</param>
    /// <exception cref="ArgumentException">The number is not 1 to 32 digits, or the application id is empty.</exception>
    public static SandboxMerchant Create(string merchantId = "1900000001", string appId = "wx0000000000000001", TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(merchantId);
        ArgumentException.ThrowIfNullOrEmpty(appId);
        if (merchantId.Length > 32 || !merchantId.All(char.IsAsciiDigit))
            throw new ArgumentException("A merchant number is 1 to 32 digits.", nameof(merchantId));

        return new SandboxMerchant(
            merchantId, appId, timeProvider ?? TimeProvider.System, RSA.Create(2048), CertificateFactory.NewSerialNumber());
    }

    /// <summary>
    /// Starts a rotation: a further platform certificate becomes the newest one. From now on it signs answers to requests that name no certificate,
    /// and notifications; the older ones stay valid and are still listed.
    /// </summary>
    public SandboxPlatformCertificate AddPlatformCertificate()
    {
        _ = PlatformCertificates;
        var added = NewPlatformCertificate(_clock.GetUtcNow());
        lock (_gate)
            _certificates.Add(added);

        return added;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _merchantKey.Dispose();
        _publicKeySigner.Dispose();
        lock (_gate)
        {
            foreach (var certificate in _certificates)
                certificate.Signer.Dispose();
        }
    }

    internal bool VerifyMerchantSignature(byte[] message, byte[] signature)
        => _merchantKey.VerifyData(message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    internal RSAParameters MerchantPublicKey => _merchantKey.ExportParameters(includePrivateParameters: false);

    /// <summary>The key that signs the answer to a request which names <paramref name="requested"/>; null if no key has that name.</summary>
    internal PlatformSigner? AnswerSigner(string? requested)
    {
        if (KeyMode == SandboxKeyMode.PublicKey)
            return requested is null || requested == PublicKeyId ? _publicKeySigner : null;

        var certificates = PlatformCertificates;
        if (requested is null || (KeyMode == SandboxKeyMode.Certificate && requested == PublicKeyId))
            return certificates[^1].Signer;

        return requested == PublicKeyId
            ? _publicKeySigner
            : certificates.FirstOrDefault(c => c.SerialNumber == requested)?.Signer;
    }

    /// <summary>The key that signs the next notification.</summary>
    internal PlatformSigner NotificationSigner() => KeyMode switch
    {
        SandboxKeyMode.PublicKey => _publicKeySigner,
        SandboxKeyMode.Migration when RandomNumberGenerator.GetInt32(1_000_000) < PublicKeyShare * 1_000_000 => _publicKeySigner,
        _ => PlatformCertificates[^1].Signer,
    };

    /// <summary>The private half of the key that a request says its sensitive fields are encrypted with; null if unknown.</summary>
    internal PlatformSigner? DecryptionKey(string serial)
    {
        if (serial == PublicKeyId)
            return _publicKeySigner;

        return KeyMode == SandboxKeyMode.PublicKey ? null : PlatformCertificates.FirstOrDefault(c => c.SerialNumber == serial)?.Signer;
    }

    private static SandboxPlatformCertificate NewPlatformCertificate(DateTimeOffset notBefore)
    {
        var key = RSA.Create(2048);
        var serial = CertificateFactory.NewSerialNumber();
        using var certificate = CertificateFactory.Create(
            key, "CN=WeChatPay Sandbox platform - throw-away", serial, notBefore, notBefore + CertificateLife);
        return new SandboxPlatformCertificate(new PlatformSigner(serial, key), certificate);
    }

    private string CreateMerchantCertificate()
    {
        var notBefore = _clock.GetUtcNow().AddDays(-1);
        using var certificate = CertificateFactory.Create(
            _merchantKey, $"CN={MerchantId}, O=WeChatPay Sandbox - throw-away", CertificateSerialNumber, notBefore, notBefore + CertificateLife);
        return certificate.ExportCertificatePem();
    }
}
