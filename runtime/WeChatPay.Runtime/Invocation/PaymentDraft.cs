using System.Text;
using WeChatPay.Keys;
using WeChatPay.Signing;

namespace WeChatPay.Invocation;

/// <summary>The values of an invocation before they are signed: four lines, each with its line feed, RSA-SHA256 with the merchant's key.</summary>
internal sealed class PaymentDraft
{
    private readonly string _fourthLine;
    private readonly IMerchantKey _key;

    internal PaymentDraft(string appId, string prepayId, string partnerId, string package, string fourthLine, MerchantCredentials credentials)
    {
        AppId = appId;
        PrepayId = prepayId;
        PartnerId = partnerId;
        Package = package;
        _fourthLine = fourthLine;
        _key = RequireRsa(credentials.RequireApiV3("opening a payment of APIv3 (for orders of APIv2: Invocation.ApiV2)").Key);
        Timestamp = FrontValues.Timestamp(credentials);
    }

    public string AppId { get; }

    public string PrepayId { get; }

    public string PartnerId { get; }

    public string Package { get; }

    public string Timestamp { get; }

    public string NonceText { get; init; } = Nonce.Create();

    public string Message => $"{AppId}\n{Timestamp}\n{NonceText}\n{_fourthLine}\n";

    public static PaymentDraft ForJsapi(
        string appId, string prepayId, IEnumerable<KeyValuePair<string, string>>? packageParameters, MerchantCredentials credentials, string? nonce = null)
    {
        FrontValues.RequireToken(appId, nameof(appId));
        FrontValues.RequireToken(prepayId, nameof(prepayId));
        var package = new StringBuilder("prepay_id=").Append(prepayId);
        foreach (var (name, value) in packageParameters ?? [])
        {
            FrontValues.RequireToken(name, nameof(packageParameters));
            FrontValues.RequireToken(value, nameof(packageParameters));
            package.Append('&').Append(name).Append('=').Append(value);
        }

        var text = package.ToString();
        return new(appId, prepayId, credentials.MerchantId, text, text, credentials) { NonceText = nonce ?? Nonce.Create() };
    }

    // Not package, but the bare prepay id is what the fourth line holds for apps.
    public static PaymentDraft ForApp(string appId, string prepayId, string? partnerId, MerchantCredentials credentials, string? nonce = null)
    {
        FrontValues.RequireToken(appId, nameof(appId));
        FrontValues.RequireToken(prepayId, nameof(prepayId));
        if (partnerId is not null)
            FrontValues.RequireToken(partnerId, nameof(partnerId));
        return new(appId, prepayId, partnerId ?? credentials.MerchantId, "Sign=WXPay", prepayId, credentials) { NonceText = nonce ?? Nonce.Create() };
    }

    public string Sign()
    {
        if (_key is not ILocalMerchantKey local)
        {
            throw new NotSupportedException(
                "The merchant's private key is outside of this process, so signing takes waiting: use the method of the same name that ends in Async.");
        }

        return Convert.ToBase64String(local.Sign(Encoding.UTF8.GetBytes(Message)));
    }

    public async ValueTask<string> SignAsync(CancellationToken cancellationToken)
        => Convert.ToBase64String(await _key.SignAsync(Encoding.UTF8.GetBytes(Message), cancellationToken).ConfigureAwait(false));

    // Pages and apps are told the algorithm by signType, and its documented values know RSA only.
    private static IMerchantKey RequireRsa(IMerchantKey key) => key.Scheme == SignatureScheme.Rsa
        ? key
        : throw new NotSupportedException(
            $"The merchant's key signs with {key.Scheme}, and WeChat documents RSA alone for opening a payment: use the Invocation of a client with the merchant's RSA key.");
}
