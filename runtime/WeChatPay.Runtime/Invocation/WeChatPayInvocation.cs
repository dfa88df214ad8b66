using System.Diagnostics.CodeAnalysis;
using WeChatPay.Invocation;
using WeChatPay.Keys;

namespace WeChatPay;

/// <summary>
/// Makes the parameters with which a page, a mini program or an app opens the payment: signed with the merchant's key, valid as long as
/// the <c>prepay_id</c> (2 hours). Thread-safe.
/// </summary>
/// <remarks>
/// Native payment needs nothing of this: show <c>code_url</c> as a QR code. Neither does medical insurance: its page takes the <c>mix_trade_no</c> of the
/// order's answer. The methods without <c>Async</c> need a private key in memory; with one in a vault or HSM use those with it.
/// </remarks>
public sealed class WeChatPayInvocation
{
    private readonly Func<MerchantCredentials> _credentials;

    internal WeChatPayInvocation(Func<MerchantCredentials> credentials)
    {
        _credentials = credentials;
        ApiV2 = new(credentials);
        PayScore = new(credentials);
    }

    /// <summary>The same for orders of APIv2, and coupons: signed with the APIv2 key.</summary>
    public ApiV2Invocation ApiV2 { get; }

    /// <summary>What opens the pages of pay score.</summary>
    public PayScoreInvocation PayScore { get; }

    /// <summary>Parameters for <c>WeixinJSBridge.invoke('getBrandWCPayRequest', …)</c> or <c>wx.chooseWXPay</c> in a page inside WeChat.</summary>
    /// <param name="appId">The app id the order was made with; in partner mode the one the user is in.</param>
    /// <param name="prepayId">The <c>prepay_id</c> of the order's answer.</param>
    /// <param name="packageParameters">Further parameters of <c>package</c>, in their order, e.g. for instalments.</param>
    /// <exception cref="ArgumentException">An argument is empty or holds characters that it cannot have.</exception>
    /// <exception cref="NotSupportedException">The private key is not in memory.</exception>
    public JsapiInvocation Jsapi(string appId, string prepayId, IEnumerable<KeyValuePair<string, string>>? packageParameters = null)
    {
        var draft = PaymentDraft.ForJsapi(appId, prepayId, packageParameters, _credentials());
        return new(draft, draft.Sign());
    }

    /// <inheritdoc cref="Jsapi"/>
    /// <param name="appId">The app id the order was made with; in partner mode the one the user is in.</param>
    /// <param name="prepayId">The <c>prepay_id</c> of the order's answer.</param>
    /// <param name="packageParameters">Further parameters of <c>package</c>, in their order, e.g. for instalments.</param>
    /// <param name="cancellationToken">Ends waiting for the key.</param>
    public async ValueTask<JsapiInvocation> JsapiAsync(
        string appId, string prepayId, IEnumerable<KeyValuePair<string, string>>? packageParameters = null, CancellationToken cancellationToken = default)
    {
        var draft = PaymentDraft.ForJsapi(appId, prepayId, packageParameters, _credentials());
        return new(draft, await draft.SignAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Parameters for <c>wx.requestPayment</c> in a mini program.</summary>
    /// <param name="appId">The mini program's app id: it is signed, and not passed on.</param>
    /// <param name="prepayId">The <c>prepay_id</c> of the order's answer.</param>
    /// <param name="packageParameters">Further parameters of <c>package</c>, in their order, e.g. for instalments.</param>
    /// <exception cref="ArgumentException">An argument is empty or holds characters that it cannot have.</exception>
    /// <exception cref="NotSupportedException">The private key is not in memory.</exception>
    public MiniProgramInvocation MiniProgram(string appId, string prepayId, IEnumerable<KeyValuePair<string, string>>? packageParameters = null)
    {
        var draft = PaymentDraft.ForJsapi(appId, prepayId, packageParameters, _credentials());
        return new(draft, draft.Sign());
    }

    /// <inheritdoc cref="MiniProgram"/>
    /// <param name="appId">The mini program's app id: it is signed, and not passed on.</param>
    /// <param name="prepayId">The <c>prepay_id</c> of the order's answer.</param>
    /// <param name="packageParameters">Further parameters of <c>package</c>, in their order, e.g. for instalments.</param>
    /// <param name="cancellationToken">Ends waiting for the key.</param>
    public async ValueTask<MiniProgramInvocation> MiniProgramAsync(
        string appId, string prepayId, IEnumerable<KeyValuePair<string, string>>? packageParameters = null, CancellationToken cancellationToken = default)
    {
        var draft = PaymentDraft.ForJsapi(appId, prepayId, packageParameters, _credentials());
        return new(draft, await draft.SignAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Parameters for the <c>PayReq</c> of WeChat's SDK in an app.</summary>
    /// <param name="appId">The app id of the app on WeChat's open platform.</param>
    /// <param name="prepayId">The <c>prepay_id</c> of the order's answer.</param>
    /// <param name="partnerId">The merchant id that the order belongs to, if it is not this client's: for combined orders the combining merchant.</param>
    /// <exception cref="ArgumentException">An argument is empty or holds characters that it cannot have.</exception>
    /// <exception cref="NotSupportedException">The private key is not in memory.</exception>
    public AppInvocation App(string appId, string prepayId, string? partnerId = null)
    {
        var draft = PaymentDraft.ForApp(appId, prepayId, partnerId, _credentials());
        return new(draft, draft.Sign());
    }

    /// <inheritdoc cref="App"/>
    /// <param name="appId">The app id of the app on WeChat's open platform.</param>
    /// <param name="prepayId">The <c>prepay_id</c> of the order's answer.</param>
    /// <param name="partnerId">The merchant id that the order belongs to, if it is not this client's: for combined orders the combining merchant.</param>
    /// <param name="cancellationToken">Ends waiting for the key.</param>
    public async ValueTask<AppInvocation> AppAsync(string appId, string prepayId, string? partnerId = null, CancellationToken cancellationToken = default)
    {
        var draft = PaymentDraft.ForApp(appId, prepayId, partnerId, _credentials());
        return new(draft, await draft.SignAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The address to which a browser outside of WeChat is sent to pay, and which leads back to the merchant's page afterwards.</summary>
    /// <param name="h5Url">The <c>h5_url</c> of the order's answer, valid 5 minutes.</param>
    /// <param name="redirectUrl">The page to come back to, on the domain that is registered for H5 payment. Coming back does not mean that it was paid: query.</param>
    /// <exception cref="ArgumentException">One of them is no absolute http or https address.</exception>
    [SuppressMessage("Performance", "CA1822", Justification = "It stands beside the other kinds of payment, where whoever writes client.Invocation looks for it.")]
    public string H5(string h5Url, string redirectUrl)
    {
        RequireWebAddress(h5Url, nameof(h5Url));
        RequireWebAddress(redirectUrl, nameof(redirectUrl));
        return h5Url + (h5Url.Contains('?', StringComparison.Ordinal) ? '&' : '?') + "redirect_url=" + Uri.EscapeDataString(redirectUrl);
    }

    /// <summary>
    /// What lets the user take a transfer (<c>requestMerchantTransfer</c>). Only for a transfer in state <c>WAIT_USER_CONFIRM</c>. What the page reports back
    /// does not mean that the user took it: query the transfer, or wait for its notification.
    /// </summary>
    /// <param name="appId">The app id that the transfer was made with.</param>
    /// <param name="packageInfo">The <c>package_info</c> of the transfer's answer, as it came.</param>
    /// <param name="openId">The user, where the page is to hold it against who is there; null to leave it out.</param>
    /// <param name="subMchId">In partner mode the merchant for whom it is; otherwise null.</param>
    /// <param name="subAppId">In partner mode that merchant's app id; otherwise null.</param>
    /// <exception cref="ArgumentException">A value is empty or holds characters that it cannot have.</exception>
    public MerchantTransferInvocation MerchantTransfer(string appId, string packageInfo, string? openId = null, string? subMchId = null, string? subAppId = null) => new(
        _credentials().MerchantId,
        FrontValues.RequireToken(appId, nameof(appId)),
        FrontValues.Require(packageInfo, nameof(packageInfo)),
        FrontValues.RequireOrNone(openId, nameof(openId)),
        FrontValues.RequireOrNone(subMchId, nameof(subMchId)),
        FrontValues.RequireOrNone(subAppId, nameof(subAppId)));

    private static void RequireWebAddress(string url, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(url, name);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
            throw new ArgumentException("An absolute http or https address is needed.", name);
    }
}
