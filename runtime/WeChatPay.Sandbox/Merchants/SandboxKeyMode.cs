namespace WeChatPay.Sandbox;

/// <summary>Which of WeChat Pay's own keys a merchant is on. Real merchants opened since late 2024 have the public key only.</summary>
public enum SandboxKeyMode
{
    /// <summary>Answers and notifications are signed with the WeChat Pay public key's private half; <c>GET /v3/certificates</c> answers 404.</summary>
    PublicKey,

    /// <summary>
    /// Answers and notifications are signed with a platform certificate, also when the request names the public key
    /// (a merchant that has the public key but has not started the migration).
    /// </summary>
    Certificate,

    /// <summary>
    /// During the migration: an answer follows the request's <c>Wechatpay-Serial</c> (absent: certificate), and a share of the notifications
    /// is signed with the public key (<see cref="SandboxMerchant.PublicKeyShare"/>).
    /// </summary>
    Migration,
}
