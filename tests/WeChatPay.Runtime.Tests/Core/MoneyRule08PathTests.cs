using System.Net.Http;
using CsCheck;
using WeChatPay.Transport;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Rule 8: a path value is refused or sent as one segment, and signed as it is sent.</summary>
public class MoneyRule08PathTests
{
    private const string Template = "/v3/pay/transactions/out-trade-no/{out_trade_no}/close";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a\nb")]
    [InlineData("a\r\nHost: evil")]
    [InlineData("\0")]
    [InlineData("\u007f")]
    [InlineData("\u0085")]
    public async Task Values_that_are_no_segment_are_refused_before_anything_is_signed(string? value)
    {
        var api = new FakeApi("{}");
        using var client = new TestClient(TestMerchant.Options(), api);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.Orders.GetAsync(value!, null, Ct));
        Assert.Empty(api.Requests);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused()
    {
        // Not as inline data: metadata would replace it.
        foreach (var value in new[] { "\ud800", "a\udc00", "\udc00\ud800", "\ud83d\ude00\ud83d" })
        {
            Assert.Throws<ArgumentException>(() => RequestPath.CheckValue(value, "value"));
        }
    }

    [Theory]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("a%2Fb", "a%252Fb")]
    [InlineData("../../certificates", "..%2F..%2Fcertificates")]
    [InlineData("%2e%2e", "%252e%252e")]
    [InlineData("...", "...")]
    [InlineData("a\\b", "a%5Cb")]
    [InlineData("订单1", "%E8%AE%A2%E5%8D%951")]
    [InlineData("a b", "a%20b")]
    [InlineData("a+b", "a%2Bb")]
    [InlineData("a?b=c#d", "a%3Fb%3Dc%23d")]
    [InlineData("@evil.example", "%40evil.example")]
    [InlineData("TESTONLY-1_2*3", "TESTONLY-1_2%2A3")]
    [InlineData("~", "~")]
    [InlineData(" ", "%20")]
    public async Task Any_other_value_is_one_segment_and_signed_as_sent(string value, string segment)
    {
        var api = new FakeApi("{}");
        using var client = new TestClient(TestMerchant.Options(), api);
        await client.Orders.CloseAsync(value, cancellationToken: Ct);
        var request = Assert.Single(api.Requests);
        Assert.Equal($"/v3/pay/transactions/out-trade-no/{segment}/close", request.Address.PathAndQuery);
        Assert.Equal("api.mch.weixin.qq.com", request.Address.Host);
        SignedCallTests.AssertSigned(request);
    }

    [Fact]
    public void Random_values_keep_the_template()
    {
        var piece = Gen.OneOf(
            Gen.Const("."), Gen.Const(".."), Gen.Const("/"), Gen.Const("%2F"), Gen.Const("%2f"), Gen.Const("%2e"), Gen.Const("\\"), Gen.Const("?"), Gen.Const("#"),
            Gen.Const("订单"), Gen.Const(" "), Gen.Const("{x}"), Gen.Const("}{"), Gen.Const(":"), Gen.Const("//"), Gen.Const("\ud83d\ude00"), Gen.String, Gen.String[Gen.Char.AlphaNumeric, 0, 5]);
        piece.Array[0, 5].Select(string.Concat).Sample(
            value =>
            {
                string path;
                try
                {
                    path = RequestPath.Fill(Template, [RequestPath.CheckValue(value, "value")]);
                }
                catch (ArgumentException)
                {
                    return value is "" or "." or ".." || value.Any(char.IsControl) || HasHalfPair(value);
                }

                var address = RequestPath.Resolve("https://api.mch.weixin.qq.com", path, "", Template);
                var segments = address.AbsolutePath.Split('/');
                return segments.Length == Template.Split('/').Length
                    && segments[^1] == "close"
                    && Uri.UnescapeDataString(segments[^2]) == value
                    && address.PathAndQuery == path
                    && address.Host == "api.mch.weixin.qq.com"
                    && address.Fragment.Length == 0;
            },
            iter: 20_000);
    }

    [Theory]
    [InlineData("v3/certificates")]
    [InlineData("https://evil.example/v3")]
    [InlineData("@evil.example/")]
    [InlineData("")]
    [InlineData("/v3/../v2/x")]
    [InlineData("/v3/%2e%2e/x")]
    [InlineData("/v3/./x")]
    [InlineData("/v3/x/.")]
    [InlineData("/v3/x/%2E")]
    [InlineData("/v3/x/.?a=b")]
    [InlineData("/v3\\x")]
    [InlineData("/v3/x#y")]
    [InlineData("/v3/x\ny")]
    public async Task A_raw_path_that_would_be_rewritten_is_refused(string pathAndQuery)
    {
        var api = new FakeApi("{}");
        using var client = new TestClient(TestMerchant.Options(), api);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.SendAsync(HttpMethod.Get, pathAndQuery, cancellationToken: Ct));
        Assert.Empty(api.Requests);
    }

    [Fact]
    public async Task A_GET_with_a_body_is_refused()
    {
        using var client = new TestClient(TestMerchant.Options(), new FakeApi("{}"));
        await Assert.ThrowsAsync<ArgumentException>(() => client.SendAsync(HttpMethod.Get, "/v3/x", "{}"u8.ToArray(), cancellationToken: Ct));
    }

    private static bool HasHalfPair(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsSurrogate(value[i]) && !(i + 1 < value.Length && char.IsSurrogatePair(value[i], value[++i])))
            {
                return true;
            }
        }

        return false;
    }
}
