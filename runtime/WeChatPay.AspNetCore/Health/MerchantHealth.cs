using WeChatPay.Keys;

namespace WeChatPay.AspNetCore;

/// <summary>What is to be said of one merchant: problems in sentences, facts by name, no secret in either.</summary>
internal sealed class MerchantHealth
{
    /// <summary>A refresh may fail once; the third attempt in a row comes some minutes later.</summary>
    private const int ManyFailures = 3;

    /// <summary>The successor of a platform certificate has come by then, if it comes by itself.</summary>
    private static readonly TimeSpan ExpiryWarningIfFetched = TimeSpan.FromDays(5);

    private readonly List<string> _problems = [];
    private readonly Dictionary<string, object> _data = [];
    private readonly MerchantCredentials _credentials;
    private readonly WeChatPayHealthCheckOptions _options;
    private readonly DateTimeOffset _now;

    private MerchantHealth(MerchantCredentials credentials, WeChatPayHealthCheckOptions options)
    {
        _credentials = credentials;
        _options = options;
        _now = credentials.Clock.GetUtcNow();
    }

    public IReadOnlyList<string> Problems => _problems;

    public IReadOnlyDictionary<string, object> Data => _data;

    /// <summary>No call can be made.</summary>
    public bool HasNoKey { get; private set; }

    public static MerchantHealth Of(WeChatPayCore core, WeChatPayHealthCheckOptions options)
    {
        var health = new MerchantHealth(core.Credentials, options);
        if (!core.Credentials.IsApiV2Only)
        {
            health.CheckPlatformKeys(core.Keyring);
        }

        health.CheckCertificate("merchantCertificateEnds", "merchant API certificate", core.Credentials.CertificateNotAfter);
        health.CheckCertificate("clientCertificateEnds", "TLS client certificate", core.ClientCertificateNotAfter);
        if (core.Keyring.CanFetch)
        {
            health.CheckRefresh(core.Keyring.Refreshes);
        }

        health.CheckClock(core.Keyring.Skew.Seconds);
        health.CheckFormerKeys();
        return health;
    }

    private void CheckPlatformKeys(MerchantKeyring keyring)
    {
        if (_credentials.PlatformKeys.FindEncryptionKey(_now) is not { } key)
        {
            HasNoKey = true;
            Problem(keyring.CanFetch
                ? "no key of WeChat Pay is valid now, so no call can be made until its platform certificates have been fetched; see the log for why that fails."
                : "no key of WeChat Pay is valid now, so no call can be made: set PublicKeyId and PublicKey, or the current platform certificate.");
            return;
        }

        Fact("platformKey", key.Serial);
        if (key.IsPublicKey)
        {
            return;
        }

        var end = key.NotAfter;
        foreach (var other in _credentials.PlatformKeys.Keys)
        {
            if (other.SignatureType == key.SignatureType && other.NotAfter > end)
            {
                end = other.NotAfter;
            }
        }

        Fact("platformCertificatesEnd", end);
        if (end - _now < (keyring.CanFetch && _options.ExpiryWarning > ExpiryWarningIfFetched ? ExpiryWarningIfFetched : _options.ExpiryWarning))
        {
            Problem($"the last platform certificate ends at {end:u}{(keyring.CanFetch ? " and no successor has been fetched" : "")}: set PublicKeyId and PublicKey, or its successor.");
        }
    }

    private void CheckCertificate(string fact, string name, DateTimeOffset? end)
    {
        if (end is null)
        {
            return;
        }

        Fact(fact, end.Value);
        if (end.Value - _now < _options.ExpiryWarning)
        {
            Problem($"the {name} {(end.Value < _now ? "ended" : "ends")} at {end.Value:u}: renew it on the merchant platform.");
        }
    }

    private void CheckRefresh(RefreshState refreshes)
    {
        Fact("failedRefreshes", refreshes.Failures);
        if (refreshes.Succeeded is { } succeeded)
        {
            Fact("lastRefresh", succeeded);
        }

        var age = _now - (refreshes.Succeeded ?? refreshes.Since);
        if (age > _options.MaxRefreshAge || refreshes.Failures >= ManyFailures)
        {
            Problem($"the platform certificates were {(refreshes.Succeeded is { } last ? $"last fetched at {last:u}" : "never fetched yet")}, and the last {refreshes.Failures} attempts failed; see the log.");
        }
    }

    private void CheckClock(long? ahead)
    {
        if (ahead is not { } seconds)
        {
            return;
        }

        Fact("clockSkewSeconds", seconds);
        if (Math.Abs(seconds) > _options.MaxClockSkew.TotalSeconds)
        {
            Problem($"the clock of this machine is {Math.Abs(seconds)} s {(seconds > 0 ? "behind" : "ahead of")} WeChat Pay's: synchronise it.");
        }
    }

    private void CheckFormerKeys()
    {
        foreach (var (option, until) in _credentials.FormerKeyEnds)
        {
            if (until <= _now)
            {
                Problem($"{option} has opened nothing since {until:u}: remove it from the options.");
            }
        }
    }

    private void Problem(string text) => _problems.Add($"Merchant {_credentials.MerchantId}: {text}");

    private void Fact(string name, object value) => _data[$"{_credentials.MerchantId}.{name}"] = value;
}
