using System.Diagnostics;
using System.Text;
using WeChatPay.Signing;

namespace WeChatPay.Keys;

/// <summary>
/// Everything of one merchant that signs, verifies, encrypts and decrypts, as one immutable snapshot: a call takes it once, so that
/// the serial it names, the key it encrypts with and the key it signs with always belong together. Never shared between merchants.
/// </summary>
[DebuggerDisplay("Merchant {MerchantId}")]
internal sealed class MerchantCredentials
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[]? _apiV3Key;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string? _apiV2Key;

    private readonly TimeSpan _tolerance;

    private MerchantCredentials(
        string merchantId, string serial, IMerchantKey key, byte[]? apiV3Key, IReadOnlyList<PlatformKey> platformKeys, WeChatPayOptions options)
    {
        MerchantId = merchantId;
        CertificateSerialNumber = serial;
        Key = key;
        _apiV3Key = apiV3Key;
        _apiV2Key = string.IsNullOrEmpty(options.ApiV2Key) ? null : options.ApiV2Key;
        AcceptsMd5Notifications = options.AcceptMd5Notifications;
        AlgorithmSuite = options.AlgorithmSuite;
        Clock = options.TimeProvider;
        _tolerance = options.ClockTolerance;
        PlatformKeys = new(platformKeys, Clock, key.Scheme);
        Verifier = new(PlatformKeys, Clock, _tolerance);
    }

    private MerchantCredentials(MerchantCredentials source, IReadOnlyList<PlatformKey> platformKeys)
    {
        MerchantId = source.MerchantId;
        CertificateSerialNumber = source.CertificateSerialNumber;
        Key = source.Key;
        _apiV3Key = source._apiV3Key;
        _apiV2Key = source._apiV2Key;
        AcceptsMd5Notifications = source.AcceptsMd5Notifications;
        AlgorithmSuite = source.AlgorithmSuite;
        Clock = source.Clock;
        _tolerance = source._tolerance;
        PlatformKeys = new(platformKeys, Clock, Key.Scheme);
        Verifier = new(PlatformKeys, Clock, _tolerance);
    }

    public string MerchantId { get; }

    public string CertificateSerialNumber { get; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IMerchantKey Key { get; }

    /// <summary>The 32 bytes of the APIv3 key.</summary>
    /// <exception cref="InvalidOperationException">The option is not set.</exception>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public byte[] ApiV3Key => _apiV3Key ?? throw new InvalidOperationException(
        $"WeChatPayOptions.ApiV3Key of merchant {MerchantId} is not set, so notifications cannot be opened: set it to the APIv3 key of the merchant platform (32 characters).");

    /// <summary>The APIv2 key.</summary>
    /// <exception cref="InvalidOperationException">The option is not set.</exception>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string ApiV2Key => _apiV2Key ?? throw new InvalidOperationException(
        $"WeChatPayOptions.ApiV2Key of merchant {MerchantId} is not set, and APIv2 calls and notifications are signed with it: set it to the APIv2 key of the merchant platform (32 characters).");

    /// <summary>APIv2 notifications may be signed with MD5.</summary>
    public bool AcceptsMd5Notifications { get; }

    /// <summary>The APIv3 key is set.</summary>
    public bool HasApiV3Key => _apiV3Key is not null;

    /// <summary>Algorithms beside RSA and AES; null if there are none.</summary>
    public IAlgorithmSuite? AlgorithmSuite { get; }

    public PlatformKeySet PlatformKeys { get; }

    public SignedMessageVerifier Verifier { get; }

    public TimeProvider Clock { get; }

    /// <summary>Reads the credentials out of options.</summary>
    /// <exception cref="ArgumentException">Something is missing or wrong; the message lists everything at once.</exception>
    public static MerchantCredentials Create(WeChatPayOptions options)
    {
        var problems = new List<string>();
        return TryCreate(options, problems) ?? throw OptionProblems.ToException(problems);
    }

    /// <summary>Reads the credentials out of options, or adds to the problems and returns null.</summary>
    public static MerchantCredentials? TryCreate(WeChatPayOptions options, List<string> problems)
    {
        var before = problems.Count;
        var merchantId = ReadMerchantId(options, problems);
        var serial = ReadSerial(options, problems);
        var key = ReadKey(options, problems);
        var apiV3Key = ReadApiV3Key(options, problems);
        OptionProblems.CheckScalars(options, problems);
        var platformKeys = PlatformKeyOptions.Read(options, serial, key, problems);
        return problems.Count > before
            ? null
            : new(merchantId!, serial!, key!, apiV3Key, platformKeys, options);
    }

    /// <summary>The same credentials with other keys of WeChat Pay.</summary>
    public MerchantCredentials With(IReadOnlyList<PlatformKey> platformKeys) => new(this, platformKeys);

    /// <summary>A key that the merchant could sign with itself proves nothing.</summary>
    public bool IsOwn(PlatformKey key) => key.Serial == CertificateSerialNumber || key.Key.IsPublicHalfOf(Key);

    private static string? ReadMerchantId(WeChatPayOptions options, List<string> problems)
    {
        var id = options.MerchantId?.Trim();
        if (string.IsNullOrEmpty(id))
        {
            problems.Add("WeChatPayOptions.MerchantId is not set: set it to the merchant id (mchid) of the merchant platform.");
            return null;
        }

        if (id.Length > 32 || id.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            problems.Add("WeChatPayOptions.MerchantId must consist of digits: it takes the merchant id (mchid), e.g. 1900000001, not an app id.");
            return null;
        }

        return id;
    }

    private static string? ReadSerial(WeChatPayOptions options, List<string> problems)
    {
        const string Name = "WeChatPayOptions.MerchantCertificateSerialNumber";
        if (string.IsNullOrWhiteSpace(options.MerchantCertificateSerialNumber))
        {
            problems.Add($"{Name} is not set: set it to the serial number of the merchant API certificate (openssl x509 -in apiclient_cert.pem -noout -serial).");
            return null;
        }

        var serial = SerialNumber.Normalize(options.MerchantCertificateSerialNumber, out var problem);
        if (serial is null)
        {
            problems.Add($"{Name} {problem}.");
        }

        return serial;
    }

    private static IMerchantKey? ReadKey(WeChatPayOptions options, List<string> problems)
    {
        const string Name = "WeChatPayOptions.MerchantPrivateKey";
        var hasText = !string.IsNullOrWhiteSpace(options.MerchantPrivateKey);
        if (hasText == options.MerchantKey is not null)
        {
            problems.Add(hasText
                ? $"{Name} and WeChatPayOptions.MerchantKey are both set: keep the one that signs and remove the other."
                : $"{Name} is not set: set it to the content of apiclient_key.pem, or set WeChatPayOptions.MerchantKey.");
            return null;
        }

        if (!hasText)
        {
            return CheckScheme(options.MerchantKey!, options.AlgorithmSuite, problems);
        }

        if (KeyText.TryReadPrivateKey(options.MerchantPrivateKey!, Name, out var problem) is { } rsa)
        {
            return new RsaMerchantKey(rsa);
        }

        problems.Add(problem!);
        return null;
    }

    private static IMerchantKey? CheckScheme(IMerchantKey key, IAlgorithmSuite? suite, List<string> problems)
    {
        if (!SignatureScheme.IsToken(key.Scheme))
        {
            problems.Add("WeChatPayOptions.MerchantKey names no signature scheme; it would open the Authorization header.");
            return null;
        }

        if (key.Scheme == SignatureScheme.Rsa || key.Scheme == suite?.Scheme)
        {
            return key;
        }

        problems.Add($"WeChatPayOptions.MerchantKey signs with {key.Scheme}, and WeChatPayOptions.AlgorithmSuite {(suite is null ? "is not set" : $"is that of {suite.Scheme}")}: set it to the suite of that scheme, without which no answer can be verified.");
        return null;
    }

    private static byte[]? ReadApiV3Key(WeChatPayOptions options, List<string> problems)
    {
        if (string.IsNullOrEmpty(options.ApiV3Key))
        {
            return null;
        }

        var key = Encoding.UTF8.GetBytes(options.ApiV3Key);
        if (key.Length == 32)
        {
            return key;
        }

        problems.Add($"WeChatPayOptions.ApiV3Key has {key.Length} bytes: it takes the 32 ASCII characters that were set as APIv3 key on the merchant platform, without blanks around them.");
        return null;
    }
}
