using System.Text.Json;
using WeChatPay.Keys;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.Runtime.Tests.Models;

/// <summary>The rows of vectors/06 that are signed with the APIv2 key, through the public methods.</summary>
public sealed class ApiV2InvocationVectorTests
{
    private static readonly JsonElement Rows = InvocationVectorTests.Load();
    private static readonly string ApiV2Key = VectorMerchant.Config.Text("apiv2_key");
    private static readonly JsonElement Recorded = Rows.GetProperty("v2_app_md5").GetProperty("params");
    private static readonly string AppId = Recorded.Text("appid");
    private static readonly string PrepayId = Recorded.Text("prepayid");
    private static readonly string FixedNonce = Recorded.Text("noncestr");
    private static readonly MerchantCredentials Merchant = Credentials(ApiV2Key);
    private static readonly ApiV2Invocation ApiV2 = new(() => Merchant, () => FixedNonce);
    private static readonly PayScoreInvocation PayScore = new(() => Merchant, () => FixedNonce);

    [Theory]
    [VectorRows("06-client-invocation.json")]
    [InlineData("v2_jsapi_md5", ApiV2SignType.Md5)]
    [InlineData("v2_jsapi_hmac", ApiV2SignType.HmacSha256)]
    public void Jsapi_row(string name, ApiV2SignType signType)
    {
        var row = Rows.GetProperty(name);
        var jsapi = ApiV2.Jsapi(AppId, PrepayId, signType);
        Assert.Equal([.. Params(row), ("paySign", row.Text("paySign"))], InvocationVectorTests.Members(jsapi.ToJson()));
        Assert.Equal(InvocationVectorTests.Members(jsapi.ToJson()), InvocationVectorTests.Members(JsonSerializer.Serialize(jsapi)));

        // A mini program passes the same on, without the app id.
        var mini = ApiV2.MiniProgram(AppId, PrepayId, signType);
        Assert.Equal(InvocationVectorTests.Members(jsapi.ToJson())[1..], InvocationVectorTests.Members(mini.ToJson()));
    }

    [Theory]
    [VectorRows("06-client-invocation.json")]
    [InlineData("v2_app_md5")]
    public void App_row(string name)
    {
        var row = Rows.GetProperty(name);
        var app = ApiV2.App(AppId, PrepayId, ApiV2SignType.Md5);
        Assert.Equal([.. Params(row), ("sign", row.Text("sign"))], InvocationVectorTests.Members(app.ToJson()));
        Assert.Equal("1900000009", ApiV2.App(AppId, PrepayId, ApiV2SignType.Md5, "1900000009").Partnerid);
        Assert.Matches("^[0-9A-F]{64}$", ApiV2.App(AppId, PrepayId, ApiV2SignType.HmacSha256).Sign);
    }

    [Theory]
    [VectorRows("06-client-invocation.json")]
    [InlineData("mini_coupon")]
    public void Mini_coupon_row(string name)
    {
        var row = Rows.GetProperty(name);
        var coupons = row.GetProperty("plugin").GetProperty("send_coupon_params").EnumerateArray()
            .Select(coupon => new CouponToSend(coupon.Text("stock_id"), coupon.Text("out_request_no"), coupon.TryGetProperty("coupon_code", out var code) ? code.GetString() : null)).ToArray();
        var invocation = ApiV2.MiniProgramCoupons(coupons);
        Assert.Equal(row.Text("sign"), invocation.Sign);
        foreach (var json in (string[])[invocation.ToJson(), JsonSerializer.Serialize(invocation)])
        {
            using var document = JsonDocument.Parse(json);
            var plugin = row.GetProperty("plugin");
            Assert.True(JsonElement.DeepEquals(plugin.GetProperty("send_coupon_params"), document.RootElement.GetProperty("send_coupon_params")));
            Assert.Equal(plugin.Text("send_coupon_merchant"), document.RootElement.Text("send_coupon_merchant"));
            Assert.Equal(row.Text("sign"), document.RootElement.Text("sign"));
        }

        Assert.NotEqual(invocation.Sign, ApiV2.MiniProgramCoupons(coupons, "1900000009").Sign);
    }

    [Theory]
    [VectorRows("06-client-invocation.json")]
    [InlineData("h5_coupon")]
    public void H5_coupon_row(string name)
    {
        var row = Rows.GetProperty(name);
        Assert.Equal(row.Text("url"), ApiV2.H5Coupon(new(row.GetProperty("params").Text("stock_id"), row.GetProperty("params").Text("out_request_no")), row.GetProperty("params").Text("open_id")));
    }

    [Fact]
    public void An_H5_coupon_is_signed_raw_and_encoded_in_the_address_only()
    {
        var url = ApiV2.H5Coupon(new("1200000001", "T+1/2", "C=1"), "o1", "1900000009");
        var sign = ApiV2.Sign(
            [new("stock_id", "1200000001"), new("out_request_no", "T+1/2"), new("coupon_code", "C=1"), new("open_id", "o1"), new("send_coupon_merchant", "1900000009")],
            ApiV2SignType.HmacSha256);
        Assert.Equal(
            "https://action.weixin.qq.com/busifavor/getcouponinfo?stock_id=1200000001&out_request_no=T%2B1%2F2&open_id=o1&send_coupon_merchant=1900000009&coupon_code=C%3D1&sign="
                + sign + "#wechat_redirect",
            url);
    }

    [Theory]
    [VectorRows("06-client-invocation.json")]
    [InlineData("payscore_detail")]
    public void Payscore_detail_row(string name)
    {
        var row = Rows.GetProperty(name);
        var detail = PayScore.Detail(row.GetProperty("params").Text("service_id"), row.GetProperty("params").Text("out_order_no"));
        Assert.Equal("wxpayScoreDetail", detail.BusinessType);
        Assert.Equal([.. Params(row), ("sign", row.Text("sign"))], ExtraData(detail));
    }

    [Theory]
    [VectorRows("06-client-invocation.json")]
    [InlineData("payscore_use_old_style")]
    public void Payscore_use_old_style_row(string name)
    {
        var row = Rows.GetProperty(name);
        var package = row.GetProperty("params").Text("package");
        var use = PayScore.UseSigned(package);
        Assert.Equal("wxpayScoreUse", use.BusinessType);
        Assert.Equal([.. Params(row), ("sign", row.Text("sign"))], ExtraData(use));

        // Raw in the signature and for a mini program, encoded as text of a page or an app.
        Assert.Contains($"&package={Uri.EscapeDataString(package)}&", use.QueryString, StringComparison.Ordinal);
        Assert.Contains($"&sign={row.Text("sign")}", use.QueryString, StringComparison.Ordinal);
        Assert.Equal([("businessType", "wxpayScoreUse"), ("queryString", use.QueryString)], InvocationVectorTests.Members(use.ToJsapiJson()));
    }

    [Fact]
    public void What_pay_score_takes_unsigned_needs_no_key()
    {
        var without = Credentials(null);
        var payScore = new PayScoreInvocation(() => without);
        Assert.Equal(("wxpayScoreEnable", "apply_permissions_token=a%3D"), Of(payScore.Enable("a=")));
        Assert.Equal(("wxpayScoreUse", "package=a%3D"), Of(payScore.Use("a=")));
        Assert.Equal(("wxpayScorePlan", "package=a%3D"), Of(payScore.Plan("a=")));
        Assert.Contains("ApiV2Key", Assert.Throws<InvalidOperationException>(() => payScore.UseSigned("a=")).Message, StringComparison.Ordinal);

        static (string, string) Of(BusinessViewInvocation view) => (view.BusinessType, view.QueryString);
    }

    [Fact]
    public void Values_that_would_read_as_others_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ApiV2.Jsapi(AppId, "wx1&signType=MD5", ApiV2SignType.HmacSha256));
        Assert.Throws<ArgumentException>(() => ApiV2.MiniProgram("", PrepayId, ApiV2SignType.HmacSha256));
        Assert.Throws<ArgumentException>(() => ApiV2.App(AppId, "a=b", ApiV2SignType.HmacSha256));
        Assert.Throws<ArgumentException>(() => ApiV2.App(AppId, PrepayId, ApiV2SignType.HmacSha256, "1 2"));
        Assert.Throws<ArgumentException>(() => ApiV2.MiniProgramCoupons([]));
        Assert.Throws<ArgumentException>(() => ApiV2.MiniProgramCoupons([new("1", "2&stock_id1=3")]));
        Assert.Throws<ArgumentException>(() => ApiV2.H5Coupon(new("1", "2"), "o\n1"));
        Assert.Throws<ArgumentException>(() => PayScore.Detail("500001", "1&out_order_no=2"));
        Assert.Throws<ArgumentException>(() => PayScore.Use(""));
        Assert.Throws<ArgumentOutOfRangeException>(() => ApiV2.Jsapi(AppId, PrepayId, (ApiV2SignType)7));
        Assert.Throws<ArgumentException>(() => ApiV2.Sign([new("a", "1"), new("a", "2")], ApiV2SignType.Md5));
        Assert.Throws<ArgumentException>(() => ApiV2.Sign([new("sign", "1")], ApiV2SignType.Md5));
    }

    /// <summary>The mistake would be to hand the page what was signed, which ends with the key.</summary>
    [Fact]
    public void The_key_is_in_nothing_that_leaves()
    {
        string[] texts =
        [
            ApiV2.Jsapi(AppId, PrepayId, ApiV2SignType.Md5).ToJson(),
            ApiV2.MiniProgram(AppId, PrepayId, ApiV2SignType.Md5).ToJson(),
            ApiV2.App(AppId, PrepayId, ApiV2SignType.HmacSha256).ToJson(),
            ApiV2.MiniProgramCoupons([new("1", "2")]).ToJson(),
            ApiV2.H5Coupon(new("1", "2"), "o1"),
            PayScore.Detail("1", "2").ToMiniProgramJson(),
            PayScore.UseSigned("p").ToJsapiJson(),
            JsonSerializer.Serialize(PayScore.UseSigned("p")),
        ];
        Assert.All(texts, text => Assert.DoesNotContain(ApiV2Key, text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_client_has_all_of_it_under_its_invocation()
    {
        var options = VectorMerchant.ApiV2Options();
        using var client = new TestClient(options, new FakeApi("{}"));
        var (first, second) = (client.Invocation.ApiV2.Jsapi(AppId, PrepayId, ApiV2SignType.HmacSha256), client.Invocation.ApiV2.Jsapi(AppId, PrepayId, ApiV2SignType.HmacSha256));
        Assert.NotEqual(first.NonceStr, second.NonceStr);
        Assert.Equal("wxpayScoreDetail", client.Invocation.PayScore.Detail("1", "2").BusinessType);
    }

    private static List<(string Name, string? Value)> Params(JsonElement row) => InvocationVectorTests.Members(row.GetProperty("params").GetRawText());

    private static List<(string Name, string? Value)> ExtraData(BusinessViewInvocation view)
    {
        using var document = JsonDocument.Parse(view.ToMiniProgramJson());
        Assert.Equal(view.BusinessType, document.RootElement.Text("businessType"));
        return InvocationVectorTests.Members(document.RootElement.GetProperty("extraData").GetRawText());
    }

    private static MerchantCredentials Credentials(string? apiV2Key)
    {
        var options = VectorMerchant.Options();
        options.ApiV2Key = apiV2Key;
        return MerchantCredentials.Create(options);
    }
}
