using System.Diagnostics;
using System.Text.Json.Serialization;
using WeChatPay.Invocation;

namespace WeChatPay;

/// <summary>What a page inside WeChat passes to <c>getBrandWCPayRequest</c>. Every value is text, the time too.</summary>
[DebuggerDisplay("{Package,nq}")]
public sealed class JsapiInvocation
{
    internal JsapiInvocation(PaymentDraft draft, string signature)
    {
        AppId = draft.AppId;
        TimeStamp = draft.Timestamp;
        NonceStr = draft.NonceText;
        Package = draft.Package;
        SignType = "RSA";
        PaySign = signature;
    }

    internal JsapiInvocation(in FrontPage page, string signature)
        => (AppId, TimeStamp, NonceStr, Package, SignType, PaySign) = (page.AppId, page.TimeStamp, page.NonceStr, page.Package, page.SignType, signature);

    /// <summary>The app id.</summary>
    [JsonPropertyName("appId")]
    public string AppId { get; }

    /// <summary>Seconds since 1970, as text.</summary>
    [JsonPropertyName("timeStamp")]
    public string TimeStamp { get; }

    /// <summary>Random text.</summary>
    [JsonPropertyName("nonceStr")]
    public string NonceStr { get; }

    /// <summary><c>prepay_id=…</c>, perhaps with further parameters.</summary>
    [JsonPropertyName("package")]
    public string Package { get; }

    /// <summary><c>RSA</c>, where it is not part of what is signed; of APIv2 orders <c>MD5</c> or <c>HMAC-SHA256</c>, where it is.</summary>
    [JsonPropertyName("signType")]
    public string SignType { get; }

    /// <summary>The signature: base64, or the upper-case hex of APIv2.</summary>
    [JsonPropertyName("paySign")]
    public string PaySign { get; }

    /// <summary>The object as the page passes it on.</summary>
    public string ToJson() => InvocationJson.Write(
        [new("appId", AppId), new("timeStamp", TimeStamp), new("nonceStr", NonceStr), new("package", Package), new("signType", SignType), new("paySign", PaySign)]);
}
