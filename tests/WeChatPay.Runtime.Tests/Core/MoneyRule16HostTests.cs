using System.Net.Http;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Rule 16: the signature goes to the hosts of the configured environment only, also when a spec names a host.</summary>
public class MoneyRule16HostTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://api.mch.weixin.qq.com/", "fraud.mch.weixin.qq.com", "https://fraud.mch.weixin.qq.com/v3/service")]
    [InlineData("https://api2.wechatpay.cn/", "payapp.weixin.qq.com", "https://payapp.weixin.qq.com/v3/service")]
    [InlineData("https://api.mch.weixin.qq.com/", "api.wechatpay.cn", "https://api.mch.weixin.qq.com/v3/service")]
    [InlineData("https://apius.mch.weixin.qq.com/", "apihk.mch.weixin.qq.com", "https://apius.mch.weixin.qq.com/v3/service")]
    [InlineData("http://127.0.0.1:5999/", "fraud.mch.weixin.qq.com", "http://127.0.0.1:5999/v3/service")]
    [InlineData("http://localhost:5999/", "evil.example", "http://localhost:5999/v3/service")]
    [InlineData("https://gateway.example/", "fraud.mch.weixin.qq.com", "https://gateway.example/v3/service")]
    public async Task A_host_of_its_own_is_gone_to_within_the_environment_only(string baseAddress, string host, string address)
    {
        var api = new FakeApi("{}");
        using var client = new TestClient(Options(baseAddress), api);
        await client.Uploads.AtAsync(host, cancellationToken: Ct);
        var request = Assert.Single(api.Requests);
        Assert.Equal(address, request.Address.AbsoluteUri);
        SignedCallTests.AssertSigned(request);
    }

    [Theory]
    [InlineData("https://api.mch.weixin.qq.com/", "evil.example")]
    [InlineData("https://api.mch.weixin.qq.com/", "fraud.mch.weixin.qq.com.evil.example")]
    [InlineData("https://api.mch.weixin.qq.com/", "127.0.0.1")]
    [InlineData("https://api.mch.weixin.qq.com/", "apihk.mch.weixin.qq.com")]
    [InlineData("https://apihk.mch.weixin.qq.com/", "api.mch.weixin.qq.com")]
    [InlineData("https://apihk.mch.weixin.qq.com/", "fraud.mch.weixin.qq.com")]
    public async Task Any_other_host_is_refused_before_anything_is_sent(string baseAddress, string host)
    {
        var api = new FakeApi("{}");
        using var client = new TestClient(Options(baseAddress), api);
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => client.Uploads.AtAsync(host, cancellationToken: Ct));
        Assert.Equal((WeChatPayTransportFailure.HostRefused, WeChatPayOutcome.NotSent), (failure.Reason, failure.Outcome));
        Assert.Equal("GET /v3/service", failure.Operation);
        Assert.Empty(api.Requests);
    }

    [Fact]
    public async Task The_backup_address_does_not_stand_in_for_a_host_of_its_own()
    {
        var hosts = new List<string>();
        using var client = new TestClient(TestMerchant.Options(), new NoConnection(hosts));
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => client.Uploads.AtAsync("fraud.mch.weixin.qq.com", "POST", Ct));
        Assert.Equal(WeChatPayTransportFailure.ConnectFailed, failure.Reason);
        Assert.Equal(["fraud.mch.weixin.qq.com"], hosts);
    }

    private static WeChatPayOptions Options(string baseAddress)
    {
        var options = TestMerchant.Options();
        (options.BaseAddress, options.BackupBaseAddress) = (new(baseAddress), null);
        return options;
    }

    private sealed class NoConnection(List<string> hosts) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            hosts.Add(request.RequestUri!.Host);
            return Task.FromException<HttpResponseMessage>(new HttpRequestException(HttpRequestError.ConnectionError, "no"));
        }
    }
}
