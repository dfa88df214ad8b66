namespace WeChatPay.Transport;

/// <summary>Where an address belongs. Accounts, keys and orders of one environment mean nothing in another.</summary>
internal enum ApiEnvironment
{
    Mainland,
    Overseas,
    Loopback,
    Other,
}

/// <summary>The hosts of the API. A request carries a signature that is valid on all hosts of its environment, so it goes to these only.</summary>
internal static class ApiHosts
{
    public static readonly Uri DefaultBaseAddress = new("https://api.mch.weixin.qq.com/");

    private static readonly Uri DefaultBackup = new("https://api2.mch.weixin.qq.com/");

    private static readonly string[] Mainland =
        ["api.mch.weixin.qq.com", "api2.mch.weixin.qq.com", "api.wechatpay.cn", "api2.wechatpay.cn"];

    private static readonly string[] Overseas =
        ["apihk.mch.weixin.qq.com", "apius.mch.weixin.qq.com", "apieu.mch.weixin.qq.com"];

    /// <summary>Hosts of the mainland with a service of their own: risk control, face payment.</summary>
    private static readonly string[] MainlandServices =
        ["fraud.mch.weixin.qq.com", "payapp.mch.weixin.qq.com", "payapp.weixin.qq.com"];

    public static Uri? DefaultBackupOf(Uri? baseAddress) => baseAddress == DefaultBaseAddress ? DefaultBackup : null;

    public static ApiEnvironment EnvironmentOf(Uri address)
    {
        if (address.IsLoopback)
        {
            return ApiEnvironment.Loopback;
        }

        return IsOneOf(Mainland, address.Host) ? ApiEnvironment.Mainland
            : IsOneOf(Overseas, address.Host) ? ApiEnvironment.Overseas
            : ApiEnvironment.Other;
    }

    /// <summary>
    /// Where an operation goes whose spec names a host. A spec is text that somebody wrote: it can never send the merchant's signature out of the
    /// environment that the options name. Nothing leaves this machine, or a gateway of one's own, that BaseAddress is.
    /// </summary>
    /// <returns>Scheme and host; null: the base address.</returns>
    /// <exception cref="WeChatPayTransportException">The host is none of the environment of the base address.</exception>
    public static string? OwnOriginOf(WeChatPayOperationDescriptor operation, Uri baseAddress)
    {
        var environment = EnvironmentOf(baseAddress);
        if (operation.Host is not { } host || environment is ApiEnvironment.Loopback or ApiEnvironment.Other
            || IsOneOf(environment == ApiEnvironment.Mainland ? Mainland : Overseas, host))
        {
            return null;
        }

        return environment == ApiEnvironment.Mainland && IsOneOf(MainlandServices, host)
            ? "https://" + host
            : throw new WeChatPayTransportException(
                WeChatPayTransportFailure.HostRefused,
                $"The operation is served by '{FailureText.OneLine(host)}', which is no host of the environment of BaseAddress ({baseAddress.Host}: {environment}); "
                    + "the merchant's signature does not go there. Use a client whose BaseAddress is a host of that environment.")
            {
                Outcome = WeChatPayOutcome.NotSent,
            };
    }

    /// <summary>
    /// A file may be fetched with the merchant's signature: from the authority of the base or backup address, or over https on the default port
    /// from a host of the same environment. The name counts as a whole, never its end.
    /// </summary>
    public static bool MayDownloadFrom(Uri url, Uri baseAddress, Uri? backupBaseAddress)
    {
        if (!url.IsAbsoluteUri || url.UserInfo.Length > 0)
        {
            return false;
        }

        if (IsSameAuthority(url, baseAddress) || (backupBaseAddress is not null && IsSameAuthority(url, backupBaseAddress)))
        {
            return true;
        }

        var hosts = EnvironmentOf(baseAddress) switch
        {
            ApiEnvironment.Mainland => Mainland,
            ApiEnvironment.Overseas => Overseas,
            _ => [],
        };
        return url.Scheme == Uri.UriSchemeHttps && url.IsDefaultPort && IsOneOf(hosts, url.Host);
    }

    // Options admit http for loopback only, so equality of scheme keeps it there.
    private static bool IsSameAuthority(Uri url, Uri address)
        => url.Scheme == address.Scheme && url.Port == address.Port && string.Equals(url.IdnHost, address.IdnHost, StringComparison.Ordinal);

    private static bool IsOneOf(string[] hosts, string host) => Array.IndexOf(hosts, host) >= 0;
}
