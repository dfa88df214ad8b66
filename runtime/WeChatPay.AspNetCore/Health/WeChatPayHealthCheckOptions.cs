namespace WeChatPay;

/// <summary>From when on the health check of WeChat Pay warns.</summary>
public sealed class WeChatPayHealthCheckOptions
{
    /// <summary>
    /// How long before the end of a certificate: the merchant's API certificate and the TLS client certificate, where the options hold them, and platform
    /// certificates that are configured; 30 days by default. For platform certificates that are fetched 5 days are enough, because their successors come by themselves.
    /// </summary>
    public TimeSpan ExpiryWarning { get; set; } = TimeSpan.FromDays(30);

    /// <summary>The longest time since WeChat Pay last told which platform certificates there are; 24 hours by default. They are asked for every 8 to 11 hours.</summary>
    public TimeSpan MaxRefreshAge { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// How far the clock of this machine may be from WeChat Pay's, as the times of signed answers show; 60 seconds by default. Beyond
    /// <see cref="WeChatPayOptions.ClockTolerance"/> answers are refused.
    /// </summary>
    public TimeSpan MaxClockSkew { get; set; } = TimeSpan.FromSeconds(60);
}
