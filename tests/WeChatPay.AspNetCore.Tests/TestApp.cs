using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WeChatPay.Runtime.Tests.Core;
using WeChatPay.Runtime.Tests.Models;

namespace WeChatPay.AspNetCore.Tests;

/// <summary>A real web application on loopback, with the merchant of the vectors.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private TestApp(WebApplication app, HttpClient http)
    {
        _app = app;
        _http = http;
    }

    public WebApplication App => _app;

    public HttpClient Http => _http;

    public static async Task<TestApp> StartAsync(
        Action<WebApplication> map, Action<IServiceCollection>? services = null, Action<WeChatPayOptions>? options = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(SecretWatch.OfAssembly);
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddWeChatPay<TestClient>(o =>
        {
            CopyTo(o);
            options?.Invoke(o);
        });
        services?.Invoke(builder.Services);
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return new(app, new HttpClient { BaseAddress = new Uri(app.Urls.Single()) });
    }

    public async Task<HttpResponseMessage> PostAsync(NotificationMaker maker, string path = "/wechatpay/notify")
    {
        using var request = Request(maker, path);
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static HttpRequestMessage Request(NotificationMaker maker, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(maker.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in maker.Headers)
        {
            if (value is not null)
                request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    /// <summary>Gives options the values of the merchant of the vectors.</summary>
    public static void CopyTo(WeChatPayOptions target)
    {
        var source = TestMerchant.Options();
        (target.MerchantId, target.MerchantCertificateSerialNumber, target.MerchantPrivateKey) = (source.MerchantId, source.MerchantCertificateSerialNumber, source.MerchantPrivateKey);
        (target.ApiV3Key, target.PublicKeyId, target.PublicKey, target.TimeProvider) = (source.ApiV3Key, source.PublicKeyId, source.PublicKey, source.TimeProvider);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }
}

internal sealed class TestClient : WeChatPayClientBase, IWeChatPayClient<TestClient>
{
    private TestClient(WeChatPayCore core)
        : base(core)
    {
    }

    public static TestClient Create(WeChatPayCore core) => new(core);
}
