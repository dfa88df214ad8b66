using System.Diagnostics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using WeChatPay.Transport;

namespace WeChatPay;

/// <summary>
/// One merchant's settings. They are validated and copied when the client is made; changing them afterwards has no effect. Secrets do not
/// show up in <see cref="ToString"/> or the debugger.
/// </summary>
[DebuggerDisplay("Merchant {MerchantId}")]
public sealed class WeChatPayOptions
{
    private Uri? _backupBaseAddress;
    private bool _hasBackupBaseAddress;

    /// <summary>The merchant id (<c>mchid</c>), digits only. In partner mode the service provider's own.</summary>
    public string? MerchantId { get; set; }

    /// <summary>
    /// The id of a brand, digits only; null for a merchant. With it, and without <see cref="MerchantId"/>, the client is the brand's: it calls brand
    /// interfaces (<c>/brand/…</c>) and nothing else, and signs in their scheme. Certificate, private key, APIv3 key and WeChat Pay's public key are then
    /// those of the brand; platform certificates are not fetched.
    /// </summary>
    public string? BrandId { get; set; }

    /// <summary>
    /// The serial number of the merchant's API certificate: 40 hex digits (<c>openssl x509 -in apiclient_cert.pem -noout -serial</c>). Lower
    /// case, colons and the sign byte that .NET puts before some serial numbers are tolerated.
    /// </summary>
    public string? MerchantCertificateSerialNumber { get; set; }

    /// <summary>
    /// The merchant's API certificate: the content of <c>apiclient_cert.pem</c>. Not needed, but with it the serial number is read from it, and a key
    /// that belongs to another certificate is found at the start. Never sent.
    /// </summary>
    public string? MerchantCertificate { get; set; }

    /// <summary>
    /// The merchant's private key: the content (not the path) of <c>apiclient_key.pem</c>. PKCS#8 or PKCS#1, PEM with line breaks or
    /// <c>\n</c> escapes, or base64. Instead of it <see cref="MerchantKey"/> may be set.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? MerchantPrivateKey { get; set; }

    /// <summary>The password of <see cref="MerchantPrivateKey"/>, if it is an encrypted PKCS#8 key (<c>ENCRYPTED PRIVATE KEY</c>).</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? MerchantPrivateKeyPassword { get; set; }

    /// <summary>A key outside of this process (vault, HSM, KMS) or one made by <see cref="WeChatPayMerchantKey"/>; instead of <see cref="MerchantPrivateKey"/>.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IMerchantKey? MerchantKey { get; set; }

    /// <summary>
    /// Algorithms beside RSA and AES, for merchants that WeChat Pay has switched to them; null by default. A package such as WeChatPay.ShangMi (国密)
    /// sets it. RSA keys and AES stay usable; which algorithm a message has to have is decided by the key of its serial.
    /// </summary>
    public IAlgorithmSuite? AlgorithmSuite { get; set; }

    /// <summary>The APIv3 key: 32 ASCII characters, set on the merchant platform. Opens notifications; needed as soon as one is to be read.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ApiV3Key { get; set; }

    /// <summary>
    /// Private keys of the merchant that were replaced: they open what WeChat Pay encrypted for them, each until its date. None of them signs.
    /// </summary>
    public IList<WeChatPayFormerMerchantKey> FormerMerchantKeys { get; set; } = [];

    /// <summary>APIv3 keys that were replaced: they open notifications that were sealed with them, each until its date.</summary>
    public IList<WeChatPayFormerApiV3Key> FormerApiV3Keys { get; set; } = [];

    /// <summary>The id of the WeChat Pay public key, <c>PUB_KEY_ID_…</c>, exactly as the merchant platform shows it.</summary>
    public string? PublicKeyId { get; set; }

    /// <summary>The WeChat Pay public key: the content of <c>pub_key.pem</c>, PEM or base64. Belongs to <see cref="PublicKeyId"/>.</summary>
    public string? PublicKey { get; set; }

    /// <summary>
    /// WeChat Pay platform certificates, PEM texts (each may hold several), to begin with. Seldom needed: they are fetched as
    /// <see cref="FetchPlatformCertificates"/> says. Each verifies only what names its serial number, and nothing once it has expired or a list that
    /// was fetched no longer holds it.
    /// </summary>
    public IList<string> PlatformCertificates { get; set; } = [];

    /// <summary>
    /// Whether platform certificates are fetched (<c>GET /v3/certificates</c>) and kept up to date in the background; true by default, and takes
    /// <see cref="ApiV3Key"/>. Merchants without a public key live on them; with a public key they are needed while answers or notifications are
    /// still signed with certificates, before, during and after the migration. Where WeChat Pay has none for the merchant, nothing changes.
    /// </summary>
    public bool FetchPlatformCertificates { get; set; } = true;

    /// <summary>
    /// The APIv2 key: 32 characters. Signs APIv2 calls, verifies APIv2 notifications and opens those of refunds; not used by APIv3. With <see cref="MerchantId"/> and without
    /// any key or certificate of APIv3 it makes a client for APIv2 alone, which refuses calls of APIv3 before anything is sent.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ApiV2Key { get; set; }

    /// <summary>
    /// Whether APIv2 notifications signed with MD5 are believed; true by default, because WeChat Pay chooses the algorithm and some merchants get MD5
    /// although they order with HMAC-SHA256. Set it to false once your notifications come with HMAC-SHA256.
    /// </summary>
    public bool AcceptMd5Notifications { get; set; } = true;

    /// <summary>The merchant's API certificate with its private key, for APIv2 calls that demand mutual TLS. Not used by APIv3 calls.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public X509Certificate2? ClientCertificate { get; set; }

    /// <summary>
    /// The API's address: scheme and host, no path. <c>https://api.mch.weixin.qq.com/</c> by default; <c>http</c> only to this machine.
    /// </summary>
    public Uri BaseAddress { get; set; } = ApiHosts.DefaultBaseAddress;

    /// <summary>
    /// The address that is tried once when no connection to <see cref="BaseAddress"/> can be made. <c>https://api2.mch.weixin.qq.com/</c> if
    /// <see cref="BaseAddress"/> is the default one, otherwise null; set it to null for none. It must be of the same environment.
    /// </summary>
    public Uri? BackupBaseAddress
    {
        get => _hasBackupBaseAddress ? _backupBaseAddress : ApiHosts.DefaultBackupOf(BaseAddress);
        set => (_backupBaseAddress, _hasBackupBaseAddress) = (value, true);
    }

    /// <summary>How far the time of a signed message may be from the local clock, 1 to 300 seconds in whole seconds; 300 by default.</summary>
    public TimeSpan ClockTolerance { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>The time limit of a whole call: signing, both addresses, reading the answer. 30 seconds by default.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often a call is made again that got no answer, or one that says no more than that the API is busy (5xx, 429); 0 to 5, 0 by default. Holds for
    /// queries (GET) and for operations whose spec names the number that makes them idempotent; no other is ever repeated. The waits grow from half a
    /// second, or are what the API asks for up to a minute, within <see cref="Timeout"/>. Each attempt sends the same body and is signed anew.
    /// </summary>
    public int MaxRepetitions { get; set; }

    /// <summary>
    /// The time limit of one attempt of a call that may be made again (<see cref="MaxRepetitions"/>), so that an attempt which hangs leaves time for the
    /// next one; <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> by default: only <see cref="Timeout"/> counts. Calls that are never repeated are
    /// not ended by it.
    /// </summary>
    public TimeSpan AttemptTimeout { get; set; } = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>
    /// The language of the API's messages, e.g. <c>en</c>, <c>zh-HK</c>; sent as <c>Accept-Language</c>. Null by default: the API's own choice, which is
    /// simplified Chinese.
    /// </summary>
    public string? AcceptLanguage { get; set; }

    /// <summary>
    /// The longest time in which no byte of a file comes, once its headers have; 30 seconds by default. A large bill takes longer than <see cref="Timeout"/>,
    /// so that does not count for it.
    /// </summary>
    public TimeSpan DownloadIdleTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest file that is downloaded, in bytes as they are transferred; 1 GiB by default.</summary>
    public long MaxDownloadLength { get; set; } = 1L << 30;

    /// <summary>The largest file that a packed one (<c>tar_type=GZIP</c>) may become, in bytes; 4 GiB by default.</summary>
    public long MaxUnpackedLength { get; set; } = 4L << 30;

    /// <summary>A proxy for the client's own connections. Null: the system's settings.</summary>
    public IWebProxy? Proxy { get; set; }

    /// <summary>The clock. Only tests change it.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>The configuration section that they were read from; null if they were set in code.</summary>
    internal Hosting.ConfigurationOrigin? Origin { get; set; }

    /// <summary>The merchant id or brand id; never a secret.</summary>
    /// <returns>A short text for logs.</returns>
    public override string ToString() => BrandId is null ? $"WeChatPayOptions {{ MerchantId = {MerchantId} }}" : $"WeChatPayOptions {{ BrandId = {BrandId} }}";
}
