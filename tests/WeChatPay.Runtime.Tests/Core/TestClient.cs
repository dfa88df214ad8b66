using System.Net.Http;
using WeChatPay.Serialization;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>A client as the generator writes it, small enough to be written by hand: orders, queries, refunds, a file.</summary>
internal sealed class TestClient : WeChatPayClientBase, IWeChatPayClient<TestClient>
{
    public TestClient(WeChatPayOptions options)
        : base(options)
    {
    }

    public TestClient(WeChatPayOptions options, HttpMessageHandler handler)
        : base(options, handler)
    {
    }

    public TestClient(WeChatPayOptions options, HttpClient client)
        : base(options, client)
    {
    }

    private TestClient(WeChatPayCore core)
        : base(core)
    {
    }

    public OrdersResource Orders => new(ResourceContext);

    public UploadsResource Uploads => new(ResourceContext);

    public HeadedResource Headed => new(ResourceContext);

    public static TestClient Create(WeChatPayCore core) => new(core);
}

internal sealed class OrdersResource(WeChatPayResourceContext context) : WeChatPayResource(context)
{
    public static readonly WeChatPayOperationDescriptor Post = new("POST", "/v3/pay/transactions/jsapi") { Body = WeChatPayBodyKind.Json };
    public static readonly WeChatPayOperationDescriptor Get =
        new("GET", "/v3/pay/transactions/out-trade-no/{out_trade_no}") { Echoes = ["out_trade_no", "mchid"] };

    public static readonly WeChatPayOperationDescriptor Close =
        new("POST", "/v3/pay/transactions/out-trade-no/{out_trade_no}/close") { Body = WeChatPayBodyKind.Json };

    public static readonly WeChatPayOperationDescriptor Refund =
        new("POST", "/v3/refund/domestic/refunds") { Body = WeChatPayBodyKind.Json, IdempotentBy = "out_refund_no", Echoes = ["out_refund_no"] };

    public Task<Order> PostAsync(OrderRequest request, WeChatPayRequestOptions? options = null, CancellationToken cancellationToken = default)
        => SendForAnswerAsync<Order>(Post, request, options, cancellationToken);

    public Task<Order> GetAsync(string outTradeNo, string? mchid = null, CancellationToken cancellationToken = default)
        => new OrdersResource(ResourceContext.WithText(outTradeNo, nameof(outTradeNo))).GetHereAsync(mchid, cancellationToken);

    public Task<WeChatPayResponse> CloseAsync(string outTradeNo, OrderRequest? request = null, CancellationToken cancellationToken = default)
        => new OrdersResource(ResourceContext.WithText(outTradeNo, nameof(outTradeNo))).CloseHereAsync(request, cancellationToken);

    public Task<Order> RefundAsync(OrderRequest request, CancellationToken cancellationToken = default)
        => SendForAnswerAsync<Order>(Refund, request, null, cancellationToken);

    public Task<WeChatPayDownload> FileAsync(CancellationToken cancellationToken = default)
        => SendForStreamAsync(new("GET", "/v3/billdownload/file") { IsAnswerUnsigned = true }, null, null, cancellationToken);

    private Task<Order> GetHereAsync(string? mchid, CancellationToken cancellationToken)
        => SendForAnswerAsync<Order>(Get, mchid is null ? null : new OrderQuery { Mchid = mchid }, null, cancellationToken);

    private Task<WeChatPayResponse> CloseHereAsync(OrderRequest? request, CancellationToken cancellationToken)
        => SendForNoContentAsync(Close, request, null, cancellationToken);
}

internal sealed class HeadedResource(WeChatPayResourceContext context) : WeChatPayResource(context)
{
    public Task<WeChatPayResponse> SendAsync(IWeChatPayRequest request, CancellationToken cancellationToken)
        => SendForNoContentAsync(new("GET", "/v3/x"), request, null, cancellationToken);
}

internal sealed class OrderQuery : IWeChatPayRequest
{
    public string? Mchid { get; set; }

    void IWeChatPayRequest.WriteQuery(QueryWriter w) => w.RequiredText("mchid", Mchid);
}

internal sealed class OrderRequest : IWeChatPayRequest
{
    public string? Mchid { get; set; }

    public string? OutTradeNo { get; set; }

    public string? OutRefundNo { get; set; }

    public string? Description { get; set; }

    public string? SecretName { get; set; }

    void IWeChatPayRequest.WriteBody(JsonBodyWriter w)
    {
        w.Text("mchid"u8, Mchid);
        w.Text("out_trade_no"u8, OutTradeNo);
        w.Text("out_refund_no"u8, OutRefundNo);
        w.Text("description"u8, Description);
        w.Encrypted("name"u8, SecretName);
    }
}

internal sealed class Order : WeChatPayResponse, IJsonReadable<Order>
{
    public string? PrepayId { get; init; }

    public string? OutTradeNo { get; init; }

    public long? Total { get; init; }

    public string? Name { get; init; }

    public static Order Read(ref JsonBodyReader r)
    {
        string? prepayId = null, outTradeNo = null, name = null;
        long? total = null;
        do
        {
            if (r.At("prepay_id"u8))
                prepayId = r.Text();
            if (r.At("out_trade_no"u8))
                outTradeNo = r.Text();
            if (r.At("total"u8))
                total = r.Integer();
            if (r.At("name"u8))
                name = r.Decrypted();
        }
        while (r.More());
        return new() { PrepayId = prepayId, OutTradeNo = outTradeNo, Total = total, Name = name };
    }
}
