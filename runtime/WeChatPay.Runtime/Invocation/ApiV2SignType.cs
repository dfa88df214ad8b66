namespace WeChatPay;

/// <summary>The algorithm of a signature with the APIv2 key. Where an order comes first, it has to be that of the order.</summary>
public enum ApiV2SignType
{
    /// <summary><c>HMAC-SHA256</c>.</summary>
    HmacSha256,

    /// <summary><c>MD5</c>, the protocol's older algorithm and what an order without <c>sign_type</c> has.</summary>
    Md5,
}
