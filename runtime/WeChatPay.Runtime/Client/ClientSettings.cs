using System.Net;
using System.Security.Cryptography.X509Certificates;
using WeChatPay.Bills;
using WeChatPay.Keys;
using WeChatPay.Transport;

namespace WeChatPay;

/// <summary>What a client takes out of <see cref="WeChatPayOptions"/> when it is made. Nothing of it changes afterwards.</summary>
internal sealed class ClientSettings
{
    private ClientSettings(MerchantCredentials credentials, Uri baseAddress, Uri? backupBaseAddress, TimeSpan timeout, WeChatPayOptions options)
    {
        Credentials = credentials;
        BaseAddress = baseAddress;
        BackupBaseAddress = backupBaseAddress;
        Timeout = timeout;
        AttemptTimeout = options.AttemptTimeout;
        MaxRepetitions = options.MaxRepetitions;
        AcceptLanguage = options.AcceptLanguage;
        Proxy = options.Proxy;
        ClientCertificate = options.ClientCertificate;
        ClientCertificateNotAfter = options.ClientCertificate is { } certificate ? new DateTimeOffset(certificate.NotAfter.ToUniversalTime()) : null;
        FetchPlatformCertificates = BrandOptions.MayFetch(options);
        Downloads = new(options.DownloadIdleTimeout, options.MaxDownloadLength, options.MaxUnpackedLength);
    }

    public MerchantCredentials Credentials { get; }

    public Uri BaseAddress { get; }

    public Uri? BackupBaseAddress { get; }

    public TimeSpan Timeout { get; }

    public TimeSpan AttemptTimeout { get; }

    public int MaxRepetitions { get; }

    public string? AcceptLanguage { get; }

    public IWebProxy? Proxy { get; }

    public X509Certificate2? ClientCertificate { get; }

    /// <summary>Asked once: whoever made the certificate may dispose of it.</summary>
    public DateTimeOffset? ClientCertificateNotAfter { get; }

    public bool FetchPlatformCertificates { get; }

    public DownloadLimits Downloads { get; }

    /// <summary>Validates and copies.</summary>
    /// <exception cref="ArgumentException">Something is missing or wrong; the message lists everything at once.</exception>
    public static ClientSettings Create(WeChatPayOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<string>();
        return TryCreate(options, problems) ?? throw OptionProblems.ToException(problems);
    }

    /// <summary>Validates and copies, or adds to the problems and returns null.</summary>
    public static ClientSettings? TryCreate(WeChatPayOptions options, List<string> problems)
    {
        CheckAddresses(options, problems);
        var credentials = MerchantCredentials.TryCreate(options, problems);
        options.Origin?.Complete(problems);
        return problems.Count > 0
            ? null
            : new(credentials!, options.BaseAddress, options.BackupBaseAddress, options.Timeout, options);
    }

    /// <summary>What differs and belongs to connections, which are made once.</summary>
    /// <returns>The names of the options, or empty.</returns>
    public string DifferencesNeedingRestart(ClientSettings other)
    {
        var names = new List<string>();
        Compare(BaseAddress == other.BaseAddress, nameof(WeChatPayOptions.BaseAddress));
        Compare(BackupBaseAddress == other.BackupBaseAddress, nameof(WeChatPayOptions.BackupBaseAddress));
        Compare(Timeout == other.Timeout, nameof(WeChatPayOptions.Timeout));
        Compare(AttemptTimeout == other.AttemptTimeout, nameof(WeChatPayOptions.AttemptTimeout));
        Compare(MaxRepetitions == other.MaxRepetitions, nameof(WeChatPayOptions.MaxRepetitions));
        Compare(AcceptLanguage == other.AcceptLanguage, nameof(WeChatPayOptions.AcceptLanguage));
        Compare(Downloads.IdleTimeout == other.Downloads.IdleTimeout, nameof(WeChatPayOptions.DownloadIdleTimeout));
        Compare(Downloads.MaxLength == other.Downloads.MaxLength, nameof(WeChatPayOptions.MaxDownloadLength));
        Compare(Downloads.MaxUnpackedLength == other.Downloads.MaxUnpackedLength, nameof(WeChatPayOptions.MaxUnpackedLength));
        Compare(ClientCertificate?.Thumbprint == other.ClientCertificate?.Thumbprint, nameof(WeChatPayOptions.ClientCertificate));
        Compare(IsSame(Proxy, other.Proxy), nameof(WeChatPayOptions.Proxy));
        Compare(FetchPlatformCertificates == other.FetchPlatformCertificates, nameof(WeChatPayOptions.FetchPlatformCertificates));
        Compare(ReferenceEquals(Credentials.Clock, other.Credentials.Clock), nameof(WeChatPayOptions.TimeProvider));
        return string.Join(", ", names);

        void Compare(bool isSame, string name)
        {
            if (!isSame)
            {
                names.Add(name);
            }
        }
    }

    // Whoever makes options anew makes the proxy anew as well.
    private static bool IsSame(IWebProxy? left, IWebProxy? right)
        => ReferenceEquals(left, right) || (left is WebProxy one && right is WebProxy another && one.Address == another.Address);

    private static void CheckAddresses(WeChatPayOptions options, List<string> problems)
    {
        if (options.BaseAddress is null)
        {
            problems.Add($"WeChatPayOptions.BaseAddress is null: leave it at {ApiHosts.DefaultBaseAddress} or set the address of the API.");
            return;
        }

        CheckAddress("WeChatPayOptions.BaseAddress", options.BaseAddress, problems);
        if (options.BackupBaseAddress is not { } backup || !options.BaseAddress.IsAbsoluteUri)
        {
            return;
        }

        CheckAddress("WeChatPayOptions.BackupBaseAddress", backup, problems);
        if (!backup.IsAbsoluteUri)
        {
            return;
        }

        var (at, instead) = (ApiHosts.EnvironmentOf(options.BaseAddress), ApiHosts.EnvironmentOf(backup));
        if (at != instead)
        {
            problems.Add(
                $"WeChatPayOptions.BackupBaseAddress ({backup.Host}: {instead}) is in another environment than BaseAddress ({options.BaseAddress.Host}: {at}); "
                + "an order sent there would be another order. Set a backup of the same environment, or null.");
        }
    }

    private static void CheckAddress(string name, Uri address, List<string> problems)
    {
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
        {
            problems.Add($"{name} must be an absolute https address, e.g. {ApiHosts.DefaultBaseAddress}.");
            return;
        }

        if (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback)
        {
            problems.Add($"{name} ({address.Host}) uses http: only a server on this machine may be reached without TLS. Use https.");
        }

        if (address.PathAndQuery != "/" || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
        {
            problems.Add($"{name} must be scheme and host only, without path, query or user: the path is part of what is signed. Use {address.GetLeftPart(UriPartial.Authority).Replace(address.UserInfo + "@", "", StringComparison.Ordinal)}/.");
        }
    }
}
