using System.Diagnostics.CodeAnalysis;
using WeChatPay.Invocation;
using WeChatPay.Keys;
using WeChatPay.Signing;
using WeChatPay.V2;

namespace WeChatPay;

/// <summary>
/// Makes what opens the pages of pay score: <c>wx.openBusinessView</c> in a mini program (app id <c>wxd8f3793ea3b935b8</c> for
/// <c>wx.navigateToMiniProgram</c>), <c>wx.invoke('openBusinessView', …)</c> in a page, <c>WXOpenBusinessView</c> in an app. Thread-safe.
/// </summary>
[SuppressMessage("Performance", "CA1822", Justification = "What is not signed stands beside what is; which of them that is changed before.")]
public sealed class PayScoreInvocation
{
    private readonly Func<MerchantCredentials> _credentials;
    private readonly Func<string> _nonce;

    internal PayScoreInvocation(Func<MerchantCredentials> credentials)
        : this(credentials, Nonce.Create)
    {
    }

    internal PayScoreInvocation(Func<MerchantCredentials> credentials, Func<string> nonce) => (_credentials, _nonce) = (credentials, nonce);

    /// <summary><c>wxpayScoreEnable</c>: the user permits the service. Not signed.</summary>
    /// <param name="applyPermissionsToken">The <c>apply_permissions_token</c> of the pre-permission's answer.</param>
    /// <exception cref="ArgumentException">It is empty or holds characters that it cannot have.</exception>
    public BusinessViewInvocation Enable(string applyPermissionsToken)
        => new("wxpayScoreEnable", [new("apply_permissions_token", FrontValues.Require(applyPermissionsToken, nameof(applyPermissionsToken)))]);

    /// <summary><c>wxpayScoreUse</c>: the user confirms an order. Not signed any more; <see cref="UseSigned"/> is the older form.</summary>
    /// <param name="package">The <c>package</c> of the order's answer, as it came.</param>
    /// <exception cref="ArgumentException">It is empty or holds characters that it cannot have.</exception>
    public BusinessViewInvocation Use(string package) => new("wxpayScoreUse", [new("package", FrontValues.Require(package, nameof(package)))]);

    /// <summary><c>wxpayScoreUse</c> in the form of before 2025 and of overseas merchants: signed with the APIv2 key, HMAC-SHA256.</summary>
    /// <param name="package">The <c>package</c> of the order's answer, as it came: it is signed raw.</param>
    /// <exception cref="ArgumentException">It is empty or holds characters that it cannot have.</exception>
    /// <exception cref="InvalidOperationException"><see cref="WeChatPayOptions.ApiV2Key"/> is not set.</exception>
    public BusinessViewInvocation UseSigned(string package) => Signed("wxpayScoreUse", [new("package", FrontValues.Require(package, nameof(package)))]);

    /// <summary><c>wxpayScoreDetail</c>: the user looks at an order. Signed with the APIv2 key, HMAC-SHA256.</summary>
    /// <param name="serviceId">The <c>service_id</c> of the order.</param>
    /// <param name="outOrderNo">The merchant's number of the order.</param>
    /// <exception cref="ArgumentException">One of them is empty or holds characters that it cannot have.</exception>
    /// <exception cref="InvalidOperationException"><see cref="WeChatPayOptions.ApiV2Key"/> is not set.</exception>
    public BusinessViewInvocation Detail(string serviceId, string outOrderNo) => Signed(
        "wxpayScoreDetail",
        [new("service_id", FrontValues.Require(serviceId, nameof(serviceId))), new("out_order_no", FrontValues.Require(outOrderNo, nameof(outOrderNo)))]);

    /// <summary><c>wxpayScorePlan</c>: the user signs a plan. Not signed.</summary>
    /// <param name="package">The <c>package</c> of the sign plan's answer, as it came.</param>
    /// <exception cref="ArgumentException">It is empty or holds characters that it cannot have.</exception>
    public BusinessViewInvocation Plan(string package) => new("wxpayScorePlan", [new("package", FrontValues.Require(package, nameof(package)))]);

    private BusinessViewInvocation Signed(string businessType, ReadOnlySpan<KeyValuePair<string, string>> own)
    {
        var credentials = _credentials();
        List<KeyValuePair<string, string>> values =
        [
            new("mch_id", credentials.MerchantId),
            .. own,
            new("timestamp", FrontValues.Timestamp(credentials)),
            new("nonce_str", _nonce()),
            new(V2Signature.SignTypeName, V2Signature.HmacName),
        ];
        values.Add(new(V2Signature.SignName, FrontValues.Sign(credentials, values, ApiV2SignType.HmacSha256)));
        return new(businessType, values);
    }
}
