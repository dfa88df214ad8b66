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

    public V2Resource Pay => new(ResourceContext);
}

internal sealed class V2Resource(WeChatPayResourceContext context) : WeChatPayResource(context)
{
    private static readonly WeChatPayOperationDescriptor Order = new("POST", "/pay/unifiedorder") { Body = WeChatPayBodyKind.Xml, Echoes = ["mch_id"] };
    private static readonly WeChatPayOperationDescriptor Unsigned = new("POST", "/mmpaymkttransfers/sendredpack") { Body = WeChatPayBodyKind.Xml, IsAnswerUnsigned = true };
    private static readonly WeChatPayOperationDescriptor Refund = new("POST", "/secapi/pay/refund") { Body = WeChatPayBodyKind.Xml, RequiresClientCertificate = true };
    private static readonly WeChatPayOperationDescriptor Bill = new("POST", "/pay/downloadbill") { Body = WeChatPayBodyKind.Xml, IsAnswerUnsigned = true };

    public Task<V2OrderAnswer> OrderAsync(V2Members request, CancellationToken token) => SendForXmlAnswerAsync<V2OrderAnswer>(Order, request, null, token);

    public Task<V2OrderAnswer> UnsignedAsync(V2Members request, CancellationToken token) => SendForXmlAnswerAsync<V2OrderAnswer>(Unsigned, request, null, token);

    public Task<V2OrderAnswer> RefundAsync(V2Members request, CancellationToken token) => SendForXmlAnswerAsync<V2OrderAnswer>(Refund, request, null, token);

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

internal sealed class V2OrderAnswer : WeChatPayResponse, IXmlReadable<V2OrderAnswer>
{
    public string? PrepayId { get; init; }

    public string? CodeUrl { get; init; }

    public long? TotalFee { get; init; }

    public IReadOnlyList<long?>? CouponFeeList { get; init; }

    public IReadOnlyList<IReadOnlyList<string?>?>? RefundIdList { get; init; }

    public static V2OrderAnswer Read(XmlBodyReader r) => new()
    {
        PrepayId = r.Text("prepay_id"),
        CodeUrl = r.Text("code_url"),
        TotalFee = r.Integer("total_fee"),
        CouponFeeList = r.Integers("coupon_fee_$n"),
        RefundIdList = r.TextLists("coupon_refund_id_$n_$m"),
    };
}
