using System.Diagnostics;
using System.Text.Json.Serialization;
using WeChatPay.Invocation;

namespace WeChatPay;

/// <summary>What an app puts into the <c>PayReq</c> of WeChat's SDK.</summary>
[DebuggerDisplay("{Prepayid,nq}")]
public sealed class AppInvocation
{
    internal AppInvocation(PaymentDraft draft, string signature)
    {
        Appid = draft.AppId;
        Partnerid = draft.PartnerId;
        Prepayid = draft.PrepayId;
        Package = draft.Package;
        Noncestr = draft.NonceText;
        Timestamp = draft.Timestamp;
        Sign = signature;
    }

    /// <summary>Of APIv2: the values in the order of the members below.</summary>
    internal AppInvocation(ReadOnlySpan<KeyValuePair<string, string>> values, string signature)
        => (Appid, Partnerid, Prepayid, Package, Noncestr, Timestamp, Sign)
            = (values[0].Value, values[1].Value, values[2].Value, values[3].Value, values[4].Value, values[5].Value, signature);

    /// <summary>The app id.</summary>
    [JsonPropertyName("appid")]
    public string Appid { get; }

    /// <summary>The merchant id.</summary>
    [JsonPropertyName("partnerid")]
    public string Partnerid { get; }

    /// <summary>The <c>prepay_id</c>, bare.</summary>
    [JsonPropertyName("prepayid")]
    public string Prepayid { get; }

    /// <summary>Always <c>Sign=WXPay</c>.</summary>
    [JsonPropertyName("package")]
    public string Package { get; }

    /// <summary>Random text.</summary>
    [JsonPropertyName("noncestr")]
    public string Noncestr { get; }

    /// <summary>Seconds since 1970, as text.</summary>
    [JsonPropertyName("timestamp")]
    public string Timestamp { get; }

    /// <summary>The signature: base64, or the upper-case hex of APIv2.</summary>
    [JsonPropertyName("sign")]
    public string Sign { get; }

    /// <summary>The object with the names of the SDK.</summary>
    public string ToJson() => InvocationJson.Write(
        [new("appid", Appid), new("partnerid", Partnerid), new("prepayid", Prepayid), new("package", Package), new("noncestr", Noncestr), new("timestamp", Timestamp), new("sign", Sign)]);
}
