using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using WeChatPay.Runtime.Tests.Core;
using WeChatPay.Serialization;

namespace WeChatPay.Runtime.Tests.Models;

/// <summary>Makes notifications as WeChat Pay does, and single parts of them wrong.</summary>
internal sealed partial class NotificationMaker
{
    public const string Payment = """{"mchid":"1900000001","out_trade_no":"A1","trade_state":"SUCCESS","amount":{"total":100,"currency":"CNY"}}""";

    private static int s_made;

    public Dictionary<string, string?> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public byte[] Body { get; set; } = [];

    public static NotificationMaker Make(
        string resource = Payment, string eventType = "TRANSACTION.SUCCESS", string? originalType = "transaction", string apiV3Key = TestMerchant.ApiV3Key,
        string? id = null)
    {
        const string Nonce = "TESTnonce012";
        var plain = Encoding.UTF8.GetBytes(resource);
        var sealedBytes = new byte[plain.Length + 16];
        using (var aes = new AesGcm(Encoding.UTF8.GetBytes(apiV3Key), 16))
            aes.Encrypt(Encoding.UTF8.GetBytes(Nonce), plain, sealedBytes.AsSpan(0, plain.Length), sealedBytes.AsSpan(plain.Length), "transaction"u8);
        var original = originalType is null ? "" : $"\"original_type\":\"{originalType}\",";
        id ??= $"EV-{Interlocked.Increment(ref s_made)}";
        var body = $$$"""
            {"id":"{{{id}}}","create_time":"2025-10-09T16:53:20+08:00","resource_type":"encrypt-resource","event_type":"{{{eventType}}}","summary":"支付成功",
            "resource":{{{{original}}}"algorithm":"AEAD_AES_256_GCM","ciphertext":"{{{Convert.ToBase64String(sealedBytes)}}}","associated_data":"transaction","nonce":"{{{Nonce}}}"}}
            """;
        return new NotificationMaker { Body = Encoding.UTF8.GetBytes(body) }.Sign();
    }

    /// <summary>Signs it, at another time than that of the vectors if one is given.</summary>
    public NotificationMaker Sign(DateTimeOffset? now = null)
    {
        var timestamp = (now ?? TestMerchant.Now).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        Headers["Wechatpay-Timestamp"] = timestamp;
        Headers["Wechatpay-Nonce"] = "TESTCALLBACKNONCE";
        Headers["Wechatpay-Serial"] = TestMerchant.PublicKeyId;
        Headers["Wechatpay-Signature-Type"] = "WECHATPAY2-SHA256-RSA2048";
        Headers["Request-ID"] = "08TEST-0";
        Headers["Wechatpay-Signature"] = TestMerchant.Sign(timestamp, "TESTCALLBACKNONCE", Body);
        return this;
    }

    public NotificationMaker With(string header, string? value)
    {
        Headers[header] = value;
        return this;
    }

    public WeChatPayNotificationMessage Message() => new(name => Headers.GetValueOrDefault(name) is { } value ? [value] : [], Body);
}

[JsonConverter(typeof(NotificationJsonConverter<PaymentResource>))]
internal sealed class PaymentResource : INotificationResource<PaymentResource>
{
    public PaymentResource()
    {
    }

    private PaymentResource(ref JsonBodyReader r)
    {
        do
        {
            if (r.At("mchid"u8)) Mchid = r.Text();
            if (r.At("out_trade_no"u8)) OutTradeNo = r.Text();
            if (r.At("trade_state"u8)) TradeState = r.Enumeration<TradeState>();
            if (r.At("amount"u8)) Amount = r.Object<OrderAnswerAmount>();
            if (r.At("user_name"u8)) UserName = r.Decrypted();
        }
        while (r.More());
    }

    public static string EventType => "TRANSACTION.SUCCESS";

    public static string? OriginalType => "transaction";

    public string? Mchid { get; init; }

    public string? OutTradeNo { get; init; }

    public TradeState? TradeState { get; init; }

    public OrderAnswerAmount? Amount { get; init; }

    public string? UserName { get; init; }

    static PaymentResource IJsonReadable<PaymentResource>.Read(ref JsonBodyReader r) => new(ref r);
}

/// <summary>Shares event and original type with <see cref="PaymentResource"/>, and has another shape of <c>amount</c>.</summary>
internal sealed class CombinedPaymentResource : INotificationResource<CombinedPaymentResource>
{
    private CombinedPaymentResource(ref JsonBodyReader r)
    {
        do
        {
            if (r.At("combine_mchid"u8)) CombineMchid = r.Text();
            if (r.At("combine_out_trade_no"u8)) CombineOutTradeNo = r.Text();
            if (r.At("amount"u8)) Amount = r.Integer();
        }
        while (r.More());
    }

    public static string EventType => "TRANSACTION.SUCCESS";

    public static string? OriginalType => "transaction";

    public string? CombineMchid { get; init; }

    public string? CombineOutTradeNo { get; init; }

    public long? Amount { get; init; }

    static CombinedPaymentResource IJsonReadable<CombinedPaymentResource>.Read(ref JsonBodyReader r) => new(ref r);
}

/// <summary>The same event again, with an original type of its own.</summary>
internal sealed class SharingResource : INotificationResource<SharingResource>
{
    private SharingResource(ref JsonBodyReader r)
    {
        do
        {
            if (r.At("order_id"u8)) OrderId = r.Text();
        }
        while (r.More());
    }

    public static string EventType => "TRANSACTION.SUCCESS";

    public static string? OriginalType => "profitsharing";

    public string? OrderId { get; init; }

    static SharingResource IJsonReadable<SharingResource>.Read(ref JsonBodyReader r) => new(ref r);
}

/// <summary>An event whose documents name no original type.</summary>
internal sealed class UntypedResource : INotificationResource<UntypedResource>
{
    private UntypedResource(ref JsonBodyReader r)
    {
        do
        {
            if (r.At("order_id"u8)) OrderId = r.Text();
        }
        while (r.More());
    }

    public static string EventType => "TRANSACTION.SUCCESS";

    public static string? OriginalType => null;

    public string? OrderId { get; init; }

    static UntypedResource IJsonReadable<UntypedResource>.Read(ref JsonBodyReader r) => new(ref r);
}
