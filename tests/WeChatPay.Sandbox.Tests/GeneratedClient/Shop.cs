using WeChatPay.V3.Pay.Transactions;

namespace WeChatPay.Sandbox.Tests.GeneratedClient;

/// <summary>The generated client against a gateway over real HTTP.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private Shop(SandboxGateway gateway, WeChatPayClient client)
    {
        Gateway = gateway;
        Client = client;
    }

    public SandboxGateway Gateway { get; }

    public WeChatPayClient Client { get; }

    public static async Task<Shop> OpenAsync(SandboxMerchant? merchant = null, Action<WeChatPayOptions>? configure = null, SandboxOptions? sandbox = null)
    {
        merchant ??= TestMerchants.First;
        sandbox ??= new SandboxOptions();
        sandbox.Merchants.Add(merchant);
        var gateway = await SandboxGateway.StartAsync(sandbox, TestContext.Current.CancellationToken);
        var options = new WeChatPayOptions
        {
            MerchantId = merchant.MerchantId,
            MerchantCertificateSerialNumber = merchant.CertificateSerialNumber,
            MerchantPrivateKey = merchant.PrivateKey,
            ApiV3Key = merchant.ApiV3Key,
            PublicKeyId = merchant.PublicKeyId,
            PublicKey = merchant.PublicKey,
            BaseAddress = gateway.BaseAddress,
            TimeProvider = sandbox.TimeProvider,
        };
        SecretWatch.OfAssembly.Secrets.AddPem("a merchant's key", merchant.PrivateKey);
        SecretWatch.OfAssembly.Secrets.AddKey("an APIv3 key", System.Text.Encoding.ASCII.GetBytes(merchant.ApiV3Key));
        configure?.Invoke(options);
        return new Shop(gateway, new WeChatPayClient(options));
    }

    public JsapiPostRequest Order(string outTradeNo, long total = 100) => new()
    {
        Appid = Gateway.Merchant.AppId,
        Mchid = Gateway.Merchant.MerchantId,
        Description = "茶叶 Tea",
        OutTradeNo = outTradeNo,
        NotifyUrl = "http://127.0.0.1:9/notify",
        Amount = new() { Total = total },
        Payer = new() { Openid = "oTESTONLY0000000000000000001" },
    };

    public Task<JsapiPostResponse> OrderAsync(string outTradeNo, long total = 100)
        => Client.V3.Pay.Transactions.Jsapi.PostAsync(Order(outTradeNo, total), cancellationToken: TestContext.Current.CancellationToken);

    public Task<OutTradeNoByOutTradeNoGetResponse> QueryAsync(string outTradeNo, WeChatPayRequestOptions? options = null)
        => Client.V3.Pay.Transactions.OutTradeNo.ByOutTradeNo(outTradeNo)
            .GetAsync(new() { Mchid = Gateway.Merchant.MerchantId }, options, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Gateway.DisposeAsync();
    }
}
