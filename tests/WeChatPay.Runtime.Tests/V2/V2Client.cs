using System.Net.Http;
using WeChatPay.Serialization;

namespace WeChatPay.Runtime.Tests.V2;

/// <summary>An APIv2 client as the generator writes it.</summary>
internal sealed class V2Client : WeChatPayClientBase
{
    public V2Client(WeChatPayOptions options, HttpMessageHandler handler)
        : base(options, handler)
    {
    }

    public V2Client(WeChatPayOptions options)
        : base(options)
    {
    }

    public V2Client(WeChatPayCore core)
        : base(core)
    {
    }

    public V2Resource Pay => new(ResourceContext);
}

internal sealed class V2Resource(WeChatPayResourceContext context) : WeChatPayResource(context)
{
    private static readonly WeChatPayOperationDescriptor Order = new("POST", "/pay/unifiedorder") { Body = WeChatPayBodyKind.Xml, Echoes = ["mch_id"] };
    private static readonly WeChatPayOperationDescriptor Unsigned = new("POST", "/mmpaymkttransfers/sendredpack") { Body = WeChatPayBodyKind.Xml, IsAnswerUnsigned = true };
    private static readonly WeChatPayOperationDescriptor Refund = new("POST", "/secapi/pay/refund") { Body = WeChatPayBodyKind.Xml, RequiresClientCertificate = true };
    private static readonly WeChatPayOperationDescriptor Query = new("GET", "/appauth/query") { IsApiV2 = true, Echoes = ["openid"] };
    private static readonly WeChatPayOperationDescriptor UnsignedQuery = new("GET", "/appauth/getaccesstoken") { IsApiV2 = true, IsAnswerUnsigned = true, Echoes = ["openid"] };
    private static readonly WeChatPayOperationDescriptor V3Xml = new("GET", "/v3/sample");
    private static readonly WeChatPayOperationDescriptor V3Unsigned = new("GET", "/v3/sample") { IsAnswerUnsigned = true };
    private static readonly WeChatPayOperationDescriptor Page = new("GET", "/papay/entrustweb") { IsApiV2 = true };
    private static readonly WeChatPayOperationDescriptor ForeignPage = new("GET", "/papay/entrustweb") { IsApiV2 = true, Host = "host.example" };
    private static readonly WeChatPayOperationDescriptor Bill = new("POST", "/pay/downloadbill") { Body = WeChatPayBodyKind.Xml, IsAnswerUnsigned = true };

    public Task<V2OrderAnswer> OrderAsync(V2Members request, CancellationToken token) => SendForXmlAnswerAsync<V2OrderAnswer>(Order, request, null, token);

    public Task<V2OrderAnswer> UnsignedAsync(V2Members request, CancellationToken token) => SendForXmlAnswerAsync<V2OrderAnswer>(Unsigned, request, null, token);

    public Task<V2OrderAnswer> RefundAsync(V2Members request, CancellationToken token) => SendForXmlAnswerAsync<V2OrderAnswer>(Refund, request, null, token);

    public Task<V2OrderAnswer> QueryAsync(V2Parameters request, CancellationToken token) => SendForXmlAnswerAsync<V2OrderAnswer>(Query, request, null, token);

    public Task<V2OrderAnswer> UnsignedQueryAsync(V2Parameters request, CancellationToken token) => SendForXmlAnswerAsync<V2OrderAnswer>(UnsignedQuery, request, null, token);

    public Task<V2OrderAnswer> V3XmlAsync(bool isUnsigned, CancellationToken token) => SendForXmlAnswerAsync<V2OrderAnswer>(isUnsigned ? V3Unsigned : V3Xml, null, null, token);

    public Uri PageUri(V2Parameters request, bool isForeign = false) => CreateUri(isForeign ? ForeignPage : Page, request);

    public Task<WeChatPayDownload> BillAsync(V2Members request, CancellationToken token) => SendForStreamAsync(Bill, request, null, token);
}

/// <summary>Members in any order, as the vectors list them.</summary>
internal sealed class V2Members(params (string Name, string? Value)[] members) : IWeChatPayRequest
{
    void IWeChatPayRequest.WriteXml(XmlBodyWriter w)
    {
        foreach (var (name, value) in members)
        {
            w.Text(name, value);
        }
    }
}

/// <summary>Members that travel in the query.</summary>
internal sealed class V2Parameters(params (string Name, string? Value)[] members) : IWeChatPayRequest
{
    void IWeChatPayRequest.WriteQuery(QueryWriter w)
    {
        foreach (var (name, value) in members)
        {
            w.Text(name, value);
        }
    }
}

internal sealed class V2OrderAnswer : WeChatPayResponse, IXmlReadable<V2OrderAnswer>
{
    public string? PrepayId { get; init; }

    public string? CodeUrl { get; init; }

    public long? TotalFee { get; init; }

    public WeChatPayTime? TimeEnd { get; init; }

    public WeChatPayDate? BillDate { get; init; }

    public IReadOnlyList<long?>? CouponFeeList { get; init; }

    public IReadOnlyList<IReadOnlyList<string?>?>? RefundIdList { get; init; }

    public static V2OrderAnswer Read(XmlBodyReader r) => new()
    {
        PrepayId = r.Text("prepay_id"),
        CodeUrl = r.Text("code_url"),
        TotalFee = r.Integer("total_fee"),
        TimeEnd = r.Time("time_end"),
        BillDate = r.Date("bill_date"),
        CouponFeeList = r.Integers("coupon_fee_$n"),
        RefundIdList = r.TextLists("coupon_refund_id_$n_$m"),
    };
}
