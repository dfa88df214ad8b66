using System.Net.Http;
using System.Text;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Rule 16: the merchant's signature goes to hosts of the API only, and a file is a stream that nobody has proven.</summary>
public class MoneyRule16DownloadTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://api.mch.weixin.qq.com/v3/billdownload/file?token=abc%2Bdef%3D&tartype=gzip")]
    [InlineData("https://api2.mch.weixin.qq.com/v3/billdownload/file?token=x")]
    [InlineData("https://api.wechatpay.cn/v3/billdownload/file?token=x")]
    [InlineData("https://API.mch.weixin.qq.com:443/v3/billdownload/file")]
    public async Task A_host_of_the_API_gets_a_signed_request(string address)
    {
        var api = new FakeApi(_ => FakeApi.Unsigned("file", 200));
        using var core = WeChatPayCore.Create(TestMerchant.Options(), api);
        await using var download = await core.DownloadAsync(new(address), null, Ct);
        using var reader = new System.IO.StreamReader(download.UnverifiedStream);
        Assert.Equal("file", await reader.ReadToEndAsync(Ct));
        var request = Assert.Single(api.Requests);
        Assert.Equal(new Uri(address).PathAndQuery, request.Address.PathAndQuery);
        Assert.Equal("*/*", request.Header("Accept"));
        Assert.Null(request.Header("Accept-Encoding"));
        SignedCallTests.AssertSigned(request);
    }

    [Theory]
    [InlineData("https://evil.example/v3/billdownload/file")]
    [InlineData("https://api.mch.weixin.qq.com.evil.example/v3/billdownload/file")]
    [InlineData("https://evil-api.mch.weixin.qq.com/x")]
    [InlineData("https://mch.weixin.qq.com/x")]
    [InlineData("https://api.mch.weixin.qq.com@evil.example/x")]
    [InlineData("https://user@api.mch.weixin.qq.com/x")]
    [InlineData("https://api.mch.weixin.qq.com:8443/x")]
    [InlineData("https://api.mch.weixin.qq.com./x")]
    [InlineData("http://api.mch.weixin.qq.com/x")]
    [InlineData("http://127.0.0.1/x")]
    [InlineData("https://apihk.mch.weixin.qq.com/x")]
    [InlineData("ftp://api.mch.weixin.qq.com/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/v3/billdownload/file")]
    public async Task Any_other_address_gets_nothing(string address)
    {
        var api = new FakeApi(_ => FakeApi.Unsigned("file", 200));
        using var core = WeChatPayCore.Create(TestMerchant.Options(), api);
        await Assert.ThrowsAsync<ArgumentException>(() => core.DownloadAsync(new(address, UriKind.RelativeOrAbsolute), null, Ct));
        Assert.Empty(api.Requests);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000/file", true)]
    [InlineData("http://127.0.0.1:5001/file", false)]
    [InlineData("https://127.0.0.1:5000/file", false)]
    [InlineData("http://localhost:5000/file", false)]
    [InlineData("https://api.mch.weixin.qq.com/file", false)]
    public async Task A_sandbox_on_this_machine_serves_files_at_its_own_authority_only(string address, bool accepted)
    {
        var options = TestMerchant.Options();
        options.BaseAddress = new("http://127.0.0.1:5000/");
        using var core = WeChatPayCore.Create(options, new FakeApi(_ => FakeApi.Unsigned("file", 200)));
        var failure = await Record.ExceptionAsync(async () => await (await core.DownloadAsync(new(address), null, Ct)).DisposeAsync());
        Assert.Equal(accepted, failure is null);
    }

    [Fact]
    public async Task A_redirect_a_202_an_encoding_and_an_error_are_no_files()
    {
        foreach (var (status, encoding) in new[] { (302, ""), (202, ""), (200, "gzip"), (404, "") })
        {
            using var core = WeChatPayCore.Create(TestMerchant.Options(), new FakeApi(_ =>
            {
                var answer = FakeApi.Unsigned("""{"code":"NO_STATEMENT_EXIST"}""", status);
                if (encoding.Length > 0)
                {
                    answer.Content.Headers.ContentEncoding.Add(encoding);
                }

                return answer;
            }));
            await Assert.ThrowsAnyAsync<WeChatPayException>(() => core.DownloadAsync(new("https://api.mch.weixin.qq.com/v3/billdownload/file"), null, Ct));
        }
    }

    [Fact]
    public async Task A_download_does_not_go_to_the_backup_address()
    {
        var wire = new FailingToConnect();
        using var core = WeChatPayCore.Create(TestMerchant.Options(), wire);
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => core.DownloadAsync(new("https://api.mch.weixin.qq.com/f"), null, Ct));
        Assert.Equal(WeChatPayOutcome.NotSent, failure.Outcome);
        Assert.Equal(1, wire.Attempts);
    }

    [Fact]
    public async Task A_typed_stream_operation_is_signed_and_not_verified()
    {
        var api = new FakeApi(_ => FakeApi.Unsigned(Encoding.UTF8.GetBytes("file"), 200));
        using var client = new TestClient(TestMerchant.Options(), api);
        await using var download = await client.Orders.FileAsync(Ct);
        using var reader = new System.IO.StreamReader(download.UnverifiedStream);
        Assert.Equal("file", await reader.ReadToEndAsync(Ct));
        SignedCallTests.AssertSigned(Assert.Single(api.Requests));
    }

    private sealed class FailingToConnect : HttpMessageHandler
    {
        public int Attempts { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Attempts++;
            return Task.FromException<HttpResponseMessage>(new HttpRequestException(HttpRequestError.ConnectionError, "no"));
        }
    }
}
