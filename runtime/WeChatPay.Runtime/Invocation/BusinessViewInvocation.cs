using System.Diagnostics;
using System.Text.Json.Serialization;
using WeChatPay.Invocation;

namespace WeChatPay;

/// <summary>
/// What opens one of WeChat Pay's own pages by its <c>businessType</c>. The values are the same everywhere, the carrier is not: a mini program takes
/// an object, pages and apps a text.
/// </summary>
[DebuggerDisplay("{BusinessType,nq}")]
public sealed class BusinessViewInvocation
{
    internal BusinessViewInvocation(string businessType, IReadOnlyList<KeyValuePair<string, string>> values)
        => (BusinessType, ExtraData, QueryString) = (businessType, new Dictionary<string, string>(values, StringComparer.Ordinal), FrontValues.ToQuery(values));

    /// <summary>Which page is opened.</summary>
    [JsonPropertyName("businessType")]
    public string BusinessType { get; }

    /// <summary>The values as a mini program passes them: raw.</summary>
    [JsonPropertyName("extraData")]
    public IReadOnlyDictionary<string, string> ExtraData { get; }

    /// <summary>The values as <c>queryString</c> of a page and as <c>query</c> of an app: percent-encoded, without a question mark.</summary>
    [JsonPropertyName("queryString")]
    public string QueryString { get; }

    /// <summary>
    /// The object for <c>wx.openBusinessView</c> in a mini program. Where that is missing, its <c>extraData</c> goes to <c>wx.navigateToMiniProgram</c>
    /// with the app id that the documents of the product name.
    /// </summary>
    public string ToMiniProgramJson() => InvocationJson.Write(json =>
    {
        json.WriteString("businessType", BusinessType);
        json.WriteStartObject("extraData");
        foreach (var (name, value) in ExtraData)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    });

    /// <summary>The object for <c>wx.invoke('openBusinessView', …)</c> in a page inside WeChat.</summary>
    public string ToJsapiJson() => InvocationJson.Write([new("businessType", BusinessType), new("queryString", QueryString)]);
}
