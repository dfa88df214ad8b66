using System.Diagnostics;
using WeChatPay.Encryption;
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

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly IReadOnlyList<FormerKey<byte[]>> _formerApiV3Keys;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly IReadOnlyList<FormerKey<IMerchantKey>> _formerKeys;

    private readonly TimeSpan _tolerance;

    private MerchantCredentials(
        string merchantId, string serial, IMerchantKey key, IReadOnlyList<FormerKey<IMerchantKey>> formerKeys, byte[]? apiV3Key, IReadOnlyList<FormerKey<byte[]>> formerApiV3Keys,
        IReadOnlyList<PlatformKey> platformKeys, WeChatPayOptions options)
    {
        MerchantId = merchantId;
        IsBrand = BrandOptions.IsBrand(options);
        CertificateSerialNumber = serial;
        Key = key;
        _formerKeys = formerKeys;
        _apiV3Key = apiV3Key;
        _formerApiV3Keys = formerApiV3Keys;
        _apiV2Key = string.IsNullOrEmpty(options.ApiV2Key) ? null : options.ApiV2Key;
        AcceptsMd5Notifications = options.AcceptMd5Notifications;
        AlgorithmSuite = options.AlgorithmSuite;
        Clock = options.TimeProvider;
        _tolerance = options.ClockTolerance;
        DecryptionKeys = new(key, formerKeys, Clock);
        PlatformKeys = new(platformKeys, Clock, Scheme);
        Verifier = new(PlatformKeys, Clock, _tolerance);
    }

    /// <summary>The merchant id; of a brand's client the brand id.</summary>
    public string MerchantId { get; }

    /// <summary>It is a brand that signs: brand interfaces only.</summary>
    public bool IsBrand { get; }

    /// <summary>There is an APIv2 key and nothing of APIv3.</summary>
    public bool IsApiV2Only { get; private init; }

    /// <summary>The scheme of <c>Authorization</c>, and of the keys that answer.</summary>
    public string Scheme => IsBrand ? SignatureScheme.Brand : Key.Scheme;

    public string CertificateSerialNumber { get; }

    /// <summary>The end of the merchant's API certificate; null if the options have its serial number only.</summary>
    public DateTimeOffset? CertificateNotAfter { get; private init; }

    /// <summary>Until when each replaced key opens something, by the option that holds it.</summary>
    public IEnumerable<KeyValuePair<string, DateTimeOffset>> FormerKeyEnds
    {
        get
        {
            for (var i = 0; i < _formerKeys.Count; i++)
            {
                yield return new($"WeChatPayOptions.FormerMerchantKeys[{i}]", _formerKeys[i].Until);
            }

            for (var i = 0; i < _formerApiV3Keys.Count; i++)
            {
                yield return new($"WeChatPayOptions.FormerApiV3Keys[{i}]", _formerApiV3Keys[i].Until);
            }
        }
    }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IMerchantKey Key { get; }

    /// <summary>What opens members that are encrypted for the merchant's certificate.</summary>
    public DecryptionKeys DecryptionKeys { get; }

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

    public PlatformKeySet PlatformKeys { get; private set; }

    public SignedMessageVerifier Verifier { get; private set; }

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
        var merchantId = BrandOptions.ReadId(options, problems);
        var isApiV2Only = ApiV2Only.IsMeant(options);
        var (serial, key, certificateNotAfter) = isApiV2Only ? ("", new NoMerchantKey(merchantId ?? ""), null) : MerchantKeyOptions.Read(options, problems);
        var formerKeys = FormerKeys.ReadMerchantKeys(options, problems);
        var apiV3Key = string.IsNullOrEmpty(options.ApiV3Key) ? null : FormerKeys.ReadApiV3Key(options.ApiV3Key, "WeChatPayOptions.ApiV3Key", problems);
        var formerApiV3Keys = FormerKeys.ReadApiV3Keys(options, problems);
        OptionProblems.CheckScalars(options, problems);
        var platformKeys = isApiV2Only ? [] : PlatformKeyOptions.Read(options, serial, key, problems);
        if (problems.Count > before)
        {
            return null;
        }

        var credentials = new MerchantCredentials(merchantId!, serial!, key!, formerKeys, apiV3Key, formerApiV3Keys, platformKeys, options) { CertificateNotAfter = certificateNotAfter, IsApiV2Only = isApiV2Only };
        foreach (var platformKey in platformKeys)
        {
            if (credentials.IsOwn(platformKey))
            {
                problems.Add($"The platform key '{platformKey.Serial}' is one of the merchant's own keys: take WeChat Pay's public key or platform certificate.");
            }
        }

        return problems.Count > before ? null : credentials;
    }

    /// <summary>Opening a payment is signed by a merchant.</summary>
    /// <exception cref="NotSupportedException">It is a brand's client.</exception>
    public MerchantCredentials RequireMerchant() => !IsBrand
        ? this
        : throw new NotSupportedException($"This is the client of brand {MerchantId}, and what a front end takes is made with a merchant's keys: use the Invocation of the merchant's client.");

    /// <summary>What is to be done takes the keys of APIv3.</summary>
    /// <exception cref="InvalidOperationException">The merchant has none.</exception>
    public MerchantCredentials RequireApiV3(string what) => !IsApiV2Only ? this : throw new InvalidOperationException(NoMerchantKey.Explain(MerchantId, what));

    /// <summary>The same credentials with other keys of WeChat Pay.</summary>
    public MerchantCredentials With(IReadOnlyList<PlatformKey> platformKeys)
    {
        // A copy as a whole: a member that is added later cannot be forgotten here.
        var copy = (MerchantCredentials)MemberwiseClone();
        copy.PlatformKeys = new(platformKeys, Clock, Scheme);
        copy.Verifier = new(copy.PlatformKeys, Clock, _tolerance);
        return copy;
    }

    /// <summary>A key that the merchant could sign with itself proves nothing.</summary>
    public bool IsOwn(PlatformKey key)
    {
        var isOwn = key.Serial == CertificateSerialNumber || key.Key.IsPublicHalfOf(Key);
        foreach (var former in _formerKeys)
        {
            isOwn |= key.Key.IsPublicHalfOf(former.Key);
        }

        return isOwn;
    }

    /// <summary>Opens the resource of a notification with the APIv3 key, or with one that was replaced and has not lapsed.</summary>
    /// <exception cref="WeChatPayDecryptionException">It cannot be opened.</exception>
    /// <exception cref="InvalidOperationException">No APIv3 key is set.</exception>
    public byte[] OpenResource(string? algorithm, string? nonce, string? associatedData, ReadOnlySpan<byte> ciphertext)
    {
        try
        {
            return AeadOpener.Open(ApiV3Key, algorithm, nonce, associatedData, ciphertext, AlgorithmSuite);
        }
        catch (WeChatPayDecryptionException) when (_formerApiV3Keys.Count > 0)
        {
            foreach (var (key, until) in _formerApiV3Keys)
            {
                if (Clock.GetUtcNow() >= until)
                {
                    continue;
                }

                try
                {
                    return AeadOpener.Open(key, algorithm, nonce, associatedData, ciphertext, AlgorithmSuite);
                }
                catch (WeChatPayDecryptionException)
                {
                    // The next one.
                }
            }

            throw;
        }
    }
}
