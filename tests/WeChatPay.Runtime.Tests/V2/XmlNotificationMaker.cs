using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using WeChatPay.Runtime.Tests.Core;
using WeChatPay.Serialization;

namespace WeChatPay.Runtime.Tests.V2;

/// <summary>Makes APIv2 notifications as WeChat Pay does. Signs with code of its own, not with that of the runtime.</summary>
internal static class XmlNotificationMaker
{
    public const string Key = "TESTONLYapiv2key0123456789ABCDEF";

    public static readonly (string Name, string Value)[] Payment =
    [
        ("appid", "wx0000000000000001"), ("mch_id", TestMerchant.MerchantId), ("nonce_str", "N1"), ("return_code", "SUCCESS"), ("result_code", "SUCCESS"),
        ("out_trade_no", "A1"), ("transaction_id", "4200000000"), ("total_fee", "100"), ("coupon_id_0", "c0"), ("coupon_id_2", "c2"), ("new_field", "新 & <b>"), ("attach", ""),
    ];

    public static readonly (string Name, string Value)[] Refund =
    [
        ("out_refund_no", "R1"), ("out_trade_no", "A1"), ("refund_id", "5000"), ("refund_fee", "100"), ("refund_status", "SUCCESS"),
    ];

    public static (string Name, string Value)[] With(this (string Name, string Value)[] members, string name, string? value)
        => [.. members.Where(member => member.Name != name), .. value is null ? [] : new[] { (name, value) }];

    /// <summary>With a signature, as HMAC-SHA256 or MD5.</summary>
    public static (string Name, string Value)[] Signed(this (string Name, string Value)[] members, bool isHmac = true, string key = Key)
        => members.With("sign", Sign(members, isHmac, key));

    public static WeChatPayNotificationMessage Message(this (string Name, string Value)[] members) => Message(Xml(members));

    public static WeChatPayNotificationMessage Message(string xml) => Message(Encoding.UTF8.GetBytes(xml));

    public static WeChatPayNotificationMessage Message(byte[] xml) => new(static name => name == "Request-ID" ? ["08TEST-2"] : [], xml);

    public static string Xml((string Name, string Value)[] members, string root = "xml")
        => $"<{root}>{string.Concat(members.Select(member => $"<{member.Name}><![CDATA[{member.Value}]]></{member.Name}>\n"))}</{root}>";

    /// <summary>The refund notification: what it tells is in <c>req_info</c>, and nothing is signed.</summary>
    public static (string Name, string Value)[] RefundOf((string Name, string Value)[] content, string key = Key) => RefundOf(Xml(content, "root"), key);

    [SuppressMessage("Security", "CA5351", Justification = "The protocol's.")]
    [SuppressMessage("Security", "CA5358", Justification = "The protocol's.")]
    public static (string Name, string Value)[] RefundOf(string content, string key = Key)
    {
        using var aes = Aes.Create();
        aes.Key = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(key))));
        return
        [
            ("return_code", "SUCCESS"), ("appid", "wx0000000000000001"), ("mch_id", TestMerchant.MerchantId), ("nonce_str", "x"),
            ("req_info", Convert.ToBase64String(aes.EncryptEcb(Encoding.UTF8.GetBytes(content), PaddingMode.PKCS7))),
        ];
    }

    /// <summary>The envelope of pay score and parking, not yet signed.</summary>
    public static (string Name, string Value)[] Sealed(string eventType, (string Name, string Value)[] content, string apiV3Key = TestMerchant.ApiV3Key)
    {
        const string Nonce = "TESTnonce012";
        var plain = Encoding.UTF8.GetBytes(Xml(content));
        var bytes = new byte[plain.Length + 16];
        using (var aes = new AesGcm(Encoding.UTF8.GetBytes(apiV3Key), 16))
            aes.Encrypt(Encoding.UTF8.GetBytes(Nonce), plain, bytes.AsSpan(0, plain.Length), bytes.AsSpan(plain.Length), "wxpayscore"u8);
        return
        [
            ("mch_id", TestMerchant.MerchantId), ("appid", "wx0000000000000001"), ("algorithm", "HMAC-SHA256"), ("nonce_str", "N1"), ("event_id", "EV-2"),
            ("event_create_time", "20251009165320"), ("event_type", eventType), ("event_algorithm", "AEAD_AES_256_GCM"), ("event_nonce", Nonce),
            ("event_associated_data", "wxpayscore"), ("event_ciphertext", Convert.ToBase64String(bytes)),
        ];
    }

    [SuppressMessage("Security", "CA5351", Justification = "The protocol's older algorithm.")]
    private static string Sign((string Name, string Value)[] members, bool isHmac, string key)
    {
        var signed = members.Where(member => member.Name != "sign" && member.Value.Length > 0).OrderBy(member => member.Name, StringComparer.Ordinal);
        var message = Encoding.UTF8.GetBytes(string.Concat(signed.Select(member => $"{member.Name}={member.Value}&")) + "key=" + key);
        return Convert.ToHexString(isHmac ? HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), message) : MD5.HashData(message));
    }
}

[JsonConverter(typeof(XmlNotificationJsonConverter<XmlPayment>))]
internal sealed class XmlPayment : IXmlNotification<XmlPayment>
{
    public XmlPayment()
    {
    }

    private XmlPayment(XmlBodyReader r)
    {
        OutTradeNo = r.Text("out_trade_no");
        TransactionId = r.Text("transaction_id");
        TotalFee = r.Integer("total_fee");
        CouponIds = r.Texts("coupon_id_$n");
        Attach = r.Text("attach");
        CashFee = r.Integer("cash_fee");
    }

    public static string EventType => "PAYMENT.SUCCESS";

    public static XmlNotificationForm Form => XmlNotificationForm.Signed;

    public static IReadOnlyList<string> TellingMembers { get; } = ["out_trade_no"];

    public string? OutTradeNo { get; init; }

    public string? TransactionId { get; init; }

    public long? TotalFee { get; init; }

    public IReadOnlyList<string?>? CouponIds { get; init; }

    public string? Attach { get; init; }

    public long? CashFee { get; init; }

    static XmlPayment IXmlReadable<XmlPayment>.Read(XmlBodyReader r) => new(r);
}

/// <summary>Told by the value of a member.</summary>
internal sealed class XmlContractAdded : IXmlNotification<XmlContractAdded>
{
    private XmlContractAdded(XmlBodyReader r) => ContractId = r.Text("contract_id");

    public static string EventType => "CONTRACT.ADDED";

    public static XmlNotificationForm Form => XmlNotificationForm.Signed;

    public static IReadOnlyList<string> TellingMembers { get; } = ["contract_id", "change_type=ADD"];

    public string? ContractId { get; }

    static XmlContractAdded IXmlReadable<XmlContractAdded>.Read(XmlBodyReader r) => new(r);
}

/// <summary>A spec that names nothing by which its notifications are known.</summary>
internal sealed class XmlUntold : IXmlNotification<XmlUntold>
{
    private XmlUntold(XmlBodyReader r) => Plate = r.Text("plate");

    public static string EventType => "VEHICLE.CHANGED";

    public static XmlNotificationForm Form => XmlNotificationForm.Signed;

    public static IReadOnlyList<string> TellingMembers { get; } = [];

    public string? Plate { get; }

    static XmlUntold IXmlReadable<XmlUntold>.Read(XmlBodyReader r) => new(r);
}

internal sealed class XmlRefund : IXmlNotification<XmlRefund>
{
    private XmlRefund(XmlBodyReader r)
    {
        OutRefundNo = r.Text("out_refund_no");
        RefundFee = r.Integer("refund_fee");
        RefundStatus = r.Text("refund_status");
        SuccessTime = r.Time("success_time");
    }

    public static string EventType => "REFUND.SUCCESS";

    public static XmlNotificationForm Form => XmlNotificationForm.RequestInfo;

    public static IReadOnlyList<string> TellingMembers { get; } = [];

    public string? OutRefundNo { get; }

    public long? RefundFee { get; }

    public string? RefundStatus { get; }

    public WeChatPayTime? SuccessTime { get; }

    static XmlRefund IXmlReadable<XmlRefund>.Read(XmlBodyReader r) => new(r);
}

/// <summary>Has the name of an APIv3 event.</summary>
internal sealed class XmlScore : IXmlNotification<XmlScore>
{
    private XmlScore(XmlBodyReader r)
    {
        OutOrderNo = r.Text("out_order_no");
        TotalAmount = r.Integer("total_amount");
    }

    public static string EventType => "TRANSACTION.SUCCESS";

    public static XmlNotificationForm Form => XmlNotificationForm.SignedCiphertext;

    public static IReadOnlyList<string> TellingMembers { get; } = [];

    public string? OutOrderNo { get; }

    public long? TotalAmount { get; }

    static XmlScore IXmlReadable<XmlScore>.Read(XmlBodyReader r) => new(r);
}
