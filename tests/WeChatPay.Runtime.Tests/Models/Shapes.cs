using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using WeChatPay.Serialization;

namespace WeChatPay.Runtime.Tests.Models;

// Models in the form in which they are generated.

[JsonConverter(typeof(RequestJsonConverter<OrderRequest>))]
public sealed partial class OrderRequest : IWeChatPayRequest
{
    public required string Appid { get; set; }

    public required OrderRequestAmount Amount { get; set; }

    public WeChatPayTime? TimeExpire { get; set; }

    public IReadOnlyList<OrderRequestGoods>? GoodsDetail { get; set; }

    public IReadOnlyList<string>? Tags { get; set; }

    public IReadOnlyList<TradeState>? LimitPay { get; set; }

    public bool? SupportFapiao { get; set; }

    public string? PayerName { get; set; }

    public IReadOnlyList<string>? OtherNames { get; set; }

    public JsonElement? SceneInfo { get; set; }

    public JsonObject? ExtraProperties { get; set; }

    void IWeChatPayRequest.WriteBody(JsonBodyWriter w)
    {
        w.RequiredText("appid"u8, Appid);
        w.Time("time_expire"u8, TimeExpire, WeChatPayTimeFormat.DateTime);
        w.RequiredObject("amount"u8, Amount);
        w.Objects("goods_detail"u8, GoodsDetail);
        w.Texts("tags"u8, Tags);
        w.Enumerations("limit_pay"u8, LimitPay);
        w.Boolean("support_fapiao"u8, SupportFapiao);
        w.Encrypted("payer_name"u8, PayerName);
        w.Encrypteds("other_names"u8, OtherNames);
        w.Json("scene_info"u8, SceneInfo);
        w.Extra(ExtraProperties);
    }
}

public sealed partial class OrderRequestAmount : IJsonWritable
{
    public required long? Total { get; set; }

    public string? Currency { get; set; }

    void IJsonWritable.Write(JsonBodyWriter w)
    {
        w.Integer("total"u8, Total);
        w.RequiredText("currency"u8, Currency);
    }
}

public sealed partial class OrderRequestGoods : IJsonWritable
{
    public string? GoodsId { get; set; }

    public string? Name { get; set; }

    public OrderRequestGoods? Part { get; set; }

    void IJsonWritable.Write(JsonBodyWriter w)
    {
        w.Text("goods_id"u8, GoodsId);
        w.RequiredText("name"u8, Name);
        w.Object("part"u8, Part);
    }
}

public sealed partial class TradeState(string value) : WeChatPayEnumeration<TradeState>(value), IOpenEnumeration<TradeState>
{
    public const string Success = "SUCCESS";

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator TradeState?(string? value) => value is null ? null : new(value);
}

[JsonConverter(typeof(AnswerJsonConverter<OrderAnswer>))]
public sealed partial class OrderAnswer : WeChatPayResponse, IJsonReadable<OrderAnswer>
{
    public OrderAnswer()
    {
    }

    internal OrderAnswer(ref JsonBodyReader r)
    {
        do
        {
            if (r.At("out_trade_no"u8)) OutTradeNo = r.Text();
            if (r.At("trade_state"u8)) TradeState = r.Enumeration<TradeState>();
            if (r.At("success_time"u8)) SuccessTime = r.Time();
            if (r.At("bill_date"u8)) BillDate = r.Date();
            if (r.At("amount"u8)) Amount = r.Object<OrderAnswerAmount>();
            if (r.At("goods_detail"u8)) GoodsDetail = r.Objects<OrderAnswerGoods>();
            if (r.At("tags"u8)) Tags = r.Texts();
            if (r.At("numbers"u8)) Numbers = r.Integers();
            if (r.At("states"u8)) States = r.Enumerations<TradeState>();
            if (r.At("rate"u8)) Rate = r.Decimal();
            if (r.At("count"u8)) Count = r.Unsigned();
            if (r.At("closed"u8)) Closed = r.Boolean();
            if (r.At("scene_info"u8)) SceneInfo = r.Json();
            if (r.At("payer_name"u8)) PayerName = r.Decrypted();
            if (r.At("other_names"u8)) OtherNames = r.Decrypteds();
        }
        while (r.More());
    }

    static OrderAnswer IJsonReadable<OrderAnswer>.Read(ref JsonBodyReader r) => new(ref r);

    public string? OutTradeNo { get; init; }

    public TradeState? TradeState { get; init; }

    public WeChatPayTime? SuccessTime { get; init; }

    public WeChatPayDate? BillDate { get; init; }

    public OrderAnswerAmount? Amount { get; init; }

    public IReadOnlyList<OrderAnswerGoods>? GoodsDetail { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public IReadOnlyList<long>? Numbers { get; init; }

    public IReadOnlyList<TradeState>? States { get; init; }

    public decimal? Rate { get; init; }

    public ulong? Count { get; init; }

    public bool? Closed { get; init; }

    public JsonElement? SceneInfo { get; init; }

    public string? PayerName { get; init; }

    public IReadOnlyList<string>? OtherNames { get; init; }
}

public sealed partial class OrderAnswerAmount : IJsonReadable<OrderAnswerAmount>
{
    internal OrderAnswerAmount(ref JsonBodyReader r)
    {
        do
        {
            if (r.At("total"u8)) Total = r.Integer();
            if (r.At("currency"u8)) Currency = r.Text();
        }
        while (r.More());
    }

    static OrderAnswerAmount IJsonReadable<OrderAnswerAmount>.Read(ref JsonBodyReader r) => new(ref r);

    public long? Total { get; init; }

    public string? Currency { get; init; }
}

public sealed partial class OrderAnswerGoods : IJsonReadable<OrderAnswerGoods>
{
    internal OrderAnswerGoods(ref JsonBodyReader r)
    {
        do
        {
            if (r.At("goods_id"u8)) GoodsId = r.Text();
            if (r.At("price"u8)) Price = r.Integer();
            if (r.At("parts"u8)) Parts = r.Objects<OrderAnswerGoods>();
        }
        while (r.More());
    }

    static OrderAnswerGoods IJsonReadable<OrderAnswerGoods>.Read(ref JsonBodyReader r) => new(ref r);

    public string? GoodsId { get; init; }

    public long? Price { get; init; }

    public IReadOnlyList<OrderAnswerGoods>? Parts { get; init; }
}
