using System.Diagnostics;
using System.Text.Json.Serialization;
using WeChatPay.Invocation;

namespace WeChatPay;

/// <summary>
/// What lets a user take a transfer: <c>wx.requestMerchantTransfer</c> in a mini program (base library 3.3.0 or later),
/// <c>WeixinJSBridge.invoke('requestMerchantTransfer', …)</c> in a page, <c>WXOpenBusinessView</c> in an app (WeChat 8.0.45 or later). Nothing is signed.
/// </summary>
[DebuggerDisplay("{MchId,nq}")]
public sealed class MerchantTransferInvocation
{
    internal MerchantTransferInvocation(string mchId, string appId, string package, string? openId, string? subMchId, string? subAppId)
        => (MchId, AppId, Package, OpenId, SubMchId, SubAppId) = (mchId, appId, package, openId, subMchId, subAppId);

    /// <summary>The <c>businessType</c> with which an app opens it.</summary>
    [JsonIgnore]
    public string BusinessType { get; } = "requestMerchantTransfer";

    /// <summary>The merchant that transfers.</summary>
    [JsonPropertyName("mchId")]
    public string MchId { get; }

    /// <summary>The app id of the transfer.</summary>
    [JsonPropertyName("appId")]
    public string AppId { get; }

    /// <summary>The <c>package_info</c> of the transfer's answer.</summary>
    [JsonPropertyName("package")]
    public string Package { get; }

    /// <summary>The user; null where it is left out.</summary>
    [JsonPropertyName("openId")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OpenId { get; }

    /// <summary>In partner mode the merchant for whom it is; otherwise null.</summary>
    [JsonPropertyName("subMchId")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SubMchId { get; }

    /// <summary>In partner mode that merchant's app id; otherwise null.</summary>
    [JsonPropertyName("subAppId")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SubAppId { get; }

    /// <summary>The object for mini programs and pages.</summary>
    public string ToJson() => InvocationJson.Write(Values());

    /// <summary>The <c>query</c> for <c>WXOpenBusinessView</c> in an app: percent-encoded, without a question mark.</summary>
    public string ToAppQuery() => FrontValues.ToQuery(Values());

    private IEnumerable<KeyValuePair<string, string>> Values()
    {
        yield return new("mchId", MchId);
        yield return new("appId", AppId);
        yield return new("package", Package);
        if (OpenId is not null)
            yield return new("openId", OpenId);
        if (SubMchId is not null)
            yield return new("subMchId", SubMchId);
        if (SubAppId is not null)
            yield return new("subAppId", SubAppId);
    }
}
