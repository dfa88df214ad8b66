using System.Diagnostics;
using System.Text.Json.Serialization;
using WeChatPay.Invocation;

namespace WeChatPay;

/// <summary>A coupon of a stock that is to be handed out.</summary>
[DebuggerDisplay("{StockId,nq} {OutRequestNo,nq}")]
public sealed class CouponToSend
{
    /// <summary>Names the coupon.</summary>
    /// <param name="stockId">The <c>stock_id</c> of the stock.</param>
    /// <param name="outRequestNo">The merchant's number of this hand-out; the same number hands out once.</param>
    /// <param name="couponCode">The code of the coupon, where the stock takes the merchant's own codes.</param>
    public CouponToSend(string stockId, string outRequestNo, string? couponCode = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(stockId);
        ArgumentException.ThrowIfNullOrEmpty(outRequestNo);
        (StockId, OutRequestNo, CouponCode) = (stockId, outRequestNo, couponCode);
    }

    /// <summary>The stock.</summary>
    [JsonPropertyName("stock_id")]
    public string StockId { get; }

    /// <summary>The merchant's number of this hand-out.</summary>
    [JsonPropertyName("out_request_no")]
    public string OutRequestNo { get; }

    /// <summary>The coupon's code; null where WeChat Pay makes it.</summary>
    [JsonPropertyName("coupon_code")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CouponCode { get; }
}

/// <summary>What the coupon plugin of a mini program takes as its three properties.</summary>
[DebuggerDisplay("{SendCouponParams.Count} coupons")]
public sealed class MiniProgramCouponInvocation
{
    internal MiniProgramCouponInvocation(IReadOnlyList<CouponToSend> coupons, string merchant, string sign)
        => (SendCouponParams, SendCouponMerchant, Sign) = (coupons, merchant, sign);

    /// <summary>The coupons.</summary>
    [JsonPropertyName("send_coupon_params")]
    public IReadOnlyList<CouponToSend> SendCouponParams { get; }

    /// <summary>The merchant that hands them out.</summary>
    [JsonPropertyName("send_coupon_merchant")]
    public string SendCouponMerchant { get; }

    /// <summary>The signature, upper-case hex of HMAC-SHA256.</summary>
    [JsonPropertyName("sign")]
    public string Sign { get; }

    /// <summary>One object with the names of the plugin's properties.</summary>
    public string ToJson() => InvocationJson.Write(json =>
    {
        json.WriteStartArray("send_coupon_params");
        foreach (var coupon in SendCouponParams)
        {
            json.WriteStartObject();
            json.WriteString("stock_id", coupon.StockId);
            json.WriteString("out_request_no", coupon.OutRequestNo);
            if (coupon.CouponCode is not null)
            {
                json.WriteString("coupon_code", coupon.CouponCode);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("send_coupon_merchant", SendCouponMerchant);
        json.WriteString("sign", Sign);
    });
}
