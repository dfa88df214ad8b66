using System.Net.Http;
using WeChatPay.Serialization;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>What every request says of its sender and of what it takes.</summary>
public sealed class RequestHeaderTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_names_the_library_and_takes_JSON()
    {
        var api = new FakeApi("{}");
        using var client = new TestClient(TestMerchant.Options(), api);
        await client.Orders.PostAsync(new(), cancellationToken: Ct);
        await client.Orders.GetAsync("T1", null, Ct);
        await client.SendAsync(HttpMethod.Get, "/v3/x", cancellationToken: Ct);
        Assert.All(api.Requests, request =>
        {
            Assert.Matches(@"^WeChatPay\.Generated/[0-9.]+ \((windows|linux|macos|other)\) \.NET/", request.Header("User-Agent"));
            Assert.Equal("application/json", request.Header("Accept"));
            Assert.Null(request.Header("Accept-Language"));
            Assert.Null(request.Header("Accept-Encoding"));
            Assert.Equal(request.Method == "POST" ? "application/json" : null, request.Header("Content-Type"));
        });
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-HK,zh;q=0.8")]
    public async Task The_language_of_messages_is_an_option(string language)
    {
        var options = TestMerchant.Options();
        options.AcceptLanguage = language;
        var api = new FakeApi("{}");
        using var client = new TestClient(options, api);
        await client.Orders.PostAsync(new(), cancellationToken: Ct);
        Assert.Equal(language, Assert.Single(api.Requests).Header("Accept-Language"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("en\r\nX-Other: 1")]
    [InlineData("中文")]
    public void A_language_that_is_none_is_refused(string language)
    {
        var options = TestMerchant.Options();
        options.AcceptLanguage = language;
        Assert.Contains("AcceptLanguage", Assert.Throws<ArgumentException>(() => new TestClient(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_request_declares_stands_instead_of_the_client_s_Accept_and_beside_its_User_Agent()
    {
        var api = new FakeApi("{}");
        using var client = new TestClient(TestMerchant.Options(), api);
        await client.Headed.SendAsync(new Headers(), Ct);
        var request = Assert.Single(api.Requests);
        Assert.Equal("application/pdf", request.Header("Accept"));
        Assert.Matches(@"^WeChatPay\.Generated/.* Shop/1\.0$", request.Header("User-Agent"));
    }

    private sealed class Headers : IWeChatPayRequest
    {
        void IWeChatPayRequest.WriteHeaders(HeaderWriter w)
        {
            w.Text("accept", "application/pdf");
            w.Text("User-Agent", "Shop/1.0");
        }
    }
}
