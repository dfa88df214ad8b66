using WeChatPay.Invocation;
using WeChatPay.Keys;
using WeChatPay.Signing;
using WeChatPay.V2;

namespace WeChatPay;

/// <summary>
/// Makes what a page, a mini program or an app needs for orders of APIv2 and for coupons: signed with the APIv2 key
/// (<see cref="WeChatPayOptions.ApiV2Key"/>), which never leaves with the result. Thread-safe; needs no private key.
/// </summary>
public sealed class ApiV2Invocation
{
    private const string CouponPage = "https://action.weixin.qq.com/busifavor/getcouponinfo?";

    private readonly Func<MerchantCredentials> _credentials;
    private readonly Func<string> _nonce;

    internal ApiV2Invocation(Func<MerchantCredentials> credentials)
        : this(credentials, Nonce.Create)
    {
    }

    internal ApiV2Invocation(Func<MerchantCredentials> credentials, Func<string> nonce) => (_credentials, _nonce) = (credentials, nonce);

    /// <summary>Parameters for <c>WeixinJSBridge.invoke('getBrandWCPayRequest', …)</c> or <c>wx.chooseWXPay</c> in a page inside WeChat.</summary>
    /// <param name="appId">The app id the order was made with; in partner mode the one the user is in.</param>
    /// <param name="prepayId">The <c>prepay_id</c> of <c>pay/unifiedorder</c>.</param>
    /// <param name="signType">The algorithm that the order was signed with; the two have to agree.</param>
    /// <exception cref="ArgumentException">An argument is empty or holds characters that it cannot have.</exception>
    /// <exception cref="InvalidOperationException"><see cref="WeChatPayOptions.ApiV2Key"/> is not set.</exception>
    public JsapiInvocation Jsapi(string appId, string prepayId, ApiV2SignType signType)
    {
        var values = SignPage(appId, prepayId, signType, out var paySign);
        return new(values, paySign);
    }

    /// <summary>Parameters for <c>wx.requestPayment</c> in a mini program.</summary>
    /// <param name="appId">The mini program's app id: it is signed, and not passed on.</param>
    /// <param name="prepayId">The <c>prepay_id</c> of <c>pay/unifiedorder</c>.</param>
    /// <param name="signType">The algorithm that the order was signed with; the two have to agree.</param>
    /// <exception cref="ArgumentException">An argument is empty or holds characters that it cannot have.</exception>
    /// <exception cref="InvalidOperationException"><see cref="WeChatPayOptions.ApiV2Key"/> is not set.</exception>
    public MiniProgramInvocation MiniProgram(string appId, string prepayId, ApiV2SignType signType)
    {
        var values = SignPage(appId, prepayId, signType, out var paySign);
        return new(values, paySign);
    }

    /// <summary>Parameters for the <c>PayReq</c> of WeChat's SDK in an app.</summary>
    /// <param name="appId">The app id of the app on WeChat's open platform.</param>
    /// <param name="prepayId">The <c>prepay_id</c> of <c>pay/unifiedorder</c>.</param>
    /// <param name="signType">The algorithm that the order was signed with; the two have to agree. It is not passed on.</param>
    /// <param name="partnerId">The merchant id that the order belongs to, if it is not this client's.</param>
    /// <exception cref="ArgumentException">An argument is empty or holds characters that it cannot have.</exception>
    /// <exception cref="InvalidOperationException"><see cref="WeChatPayOptions.ApiV2Key"/> is not set.</exception>
    public AppInvocation App(string appId, string prepayId, ApiV2SignType signType, string? partnerId = null)
    {
        _ = FrontValues.NameOf(signType);
        var credentials = _credentials();
        KeyValuePair<string, string>[] values =
        [
            new("appid", FrontValues.RequireToken(appId, nameof(appId))),
            new("partnerid", partnerId is null ? credentials.MerchantId : FrontValues.RequireToken(partnerId, nameof(partnerId))),
            new("prepayid", FrontValues.RequireToken(prepayId, nameof(prepayId))),
            new("package", "Sign=WXPay"),
            new("noncestr", _nonce()),
            new("timestamp", FrontValues.Timestamp(credentials)),
        ];
        return new(values, FrontValues.Sign(credentials, values, signType));
    }

    /// <summary>
    /// What the coupon plugin of mini programs takes: <c>&lt;send-coupon send_coupon_params="…" sign="…" send_coupon_merchant="…"&gt;</c>. Always
    /// HMAC-SHA256.
    /// </summary>
    /// <param name="coupons">The coupons to hand out, in the order in which the plugin gets them.</param>
    /// <param name="sendCouponMerchant">The merchant that hands them out, if it is not this client's.</param>
    /// <exception cref="ArgumentException">There is none, or a value is empty or holds characters that it cannot have.</exception>
    /// <exception cref="InvalidOperationException"><see cref="WeChatPayOptions.ApiV2Key"/> is not set.</exception>
    public MiniProgramCouponInvocation MiniProgramCoupons(IEnumerable<CouponToSend> coupons, string? sendCouponMerchant = null)
    {
        ArgumentNullException.ThrowIfNull(coupons);
        CouponToSend[] list = [.. coupons];
        if (list.Length == 0)
        {
            throw new ArgumentException("At least one coupon is needed.", nameof(coupons));
        }

        var credentials = _credentials();
        var merchant = sendCouponMerchant is null ? credentials.MerchantId : FrontValues.Require(sendCouponMerchant, nameof(sendCouponMerchant));
        var values = new List<KeyValuePair<string, string>> { new("send_coupon_merchant", merchant) };
        for (var i = 0; i < list.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(list[i], nameof(coupons));
            values.Add(new($"stock_id{i}", FrontValues.Require(list[i].StockId, nameof(coupons))));
            values.Add(new($"out_request_no{i}", FrontValues.Require(list[i].OutRequestNo, nameof(coupons))));
            if (FrontValues.RequireOrNone(list[i].CouponCode, nameof(coupons)) is { } code)
            {
                values.Add(new($"coupon_code{i}", code));
            }
        }

        return new(list, merchant, FrontValues.Sign(credentials, values, ApiV2SignType.HmacSha256));
    }

    /// <summary>The address of the page inside WeChat where a user takes a coupon; redirect to it. Always HMAC-SHA256.</summary>
    /// <param name="coupon">The coupon to hand out.</param>
    /// <param name="openId">The user's <c>openid</c> under an app id of the merchant.</param>
    /// <param name="sendCouponMerchant">The merchant that hands it out, if it is not this client's.</param>
    /// <exception cref="ArgumentException">A value is empty or holds characters that it cannot have.</exception>
    /// <exception cref="InvalidOperationException"><see cref="WeChatPayOptions.ApiV2Key"/> is not set.</exception>
    public string H5Coupon(CouponToSend coupon, string openId, string? sendCouponMerchant = null)
    {
        ArgumentNullException.ThrowIfNull(coupon);
        var credentials = _credentials();
        var values = new List<KeyValuePair<string, string>>
        {
            new("stock_id", FrontValues.Require(coupon.StockId, nameof(coupon))),
            new("out_request_no", FrontValues.Require(coupon.OutRequestNo, nameof(coupon))),
            new("open_id", FrontValues.Require(openId, nameof(openId))),
            new("send_coupon_merchant", sendCouponMerchant is null ? credentials.MerchantId : FrontValues.Require(sendCouponMerchant, nameof(sendCouponMerchant))),
        };
        if (FrontValues.RequireOrNone(coupon.CouponCode, nameof(coupon)) is { } code)
        {
            values.Add(new("coupon_code", code));
        }

        values.Add(new(V2Signature.SignName, FrontValues.Sign(credentials, values, ApiV2SignType.HmacSha256)));

        // WeChat opens the page only with this fragment.
        return CouponPage + FrontValues.ToQuery(values) + "#wechat_redirect";
    }

    /// <summary>
    /// Signs values for a front end that has no method here, such as the sign plan page of <c>papay</c> in a mini program: sorted by name, empty ones
    /// left out, the APIv2 key at the end.
    /// </summary>
    /// <param name="values">Names and raw values, not percent-encoded, with <c>timestamp</c>, <c>nonce_str</c> and <c>sign_type</c> where the page takes them; without <c>sign</c>.</param>
    /// <param name="signType">The algorithm.</param>
    /// <returns>The signature in upper-case hex, which goes along as <c>sign</c>.</returns>
    /// <exception cref="ArgumentException">A name is empty or doubled, or is <c>sign</c>.</exception>
    /// <exception cref="InvalidOperationException"><see cref="WeChatPayOptions.ApiV2Key"/> is not set.</exception>
    public string Sign(IEnumerable<KeyValuePair<string, string>> values, ApiV2SignType signType)
    {
        ArgumentNullException.ThrowIfNull(values);
        _ = FrontValues.NameOf(signType);
        var names = new HashSet<string>(StringComparer.Ordinal);
        KeyValuePair<string, string>[] list = [.. values];
        foreach (var (name, value) in list)
        {
            if (string.IsNullOrEmpty(name) || name == V2Signature.SignName || !names.Add(name))
            {
                throw new ArgumentException("Names are unique and not empty, and 'sign' is what this makes.", nameof(values));
            }

            ArgumentNullException.ThrowIfNull(value, nameof(values));
        }

        return FrontValues.Sign(_credentials(), list, signType);
    }

    private FrontPage SignPage(string appId, string prepayId, ApiV2SignType signType, out string paySign)
    {
        var credentials = _credentials();
        var page = new FrontPage(
            FrontValues.RequireToken(appId, nameof(appId)),
            FrontValues.Timestamp(credentials),
            _nonce(),
            "prepay_id=" + FrontValues.RequireToken(prepayId, nameof(prepayId)),
            FrontValues.NameOf(signType));
        paySign = FrontValues.Sign(
            credentials,
            [new("appId", page.AppId), new("timeStamp", page.TimeStamp), new("nonceStr", page.NonceStr), new("package", page.Package), new("signType", page.SignType)],
            signType);
        return page;
    }
}
