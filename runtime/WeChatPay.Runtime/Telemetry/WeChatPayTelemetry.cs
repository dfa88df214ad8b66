using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace WeChatPay.Telemetry;

/// <summary>The source of activities and the meter, both named <c>WeChatPay</c>.</summary>
internal static class WeChatPayTelemetry
{
    public const string Name = "WeChatPay";

    public static readonly ActivitySource Activities = new(Name);

    private static readonly Meter Meter = new(Name);

    public static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "wechatpay.client.operation.duration", "s", "Duration of calls to WeChat Pay, from signing to the verified answer.");
}
