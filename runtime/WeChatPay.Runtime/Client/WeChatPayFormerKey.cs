using System.Diagnostics;

namespace WeChatPay;

/// <summary>
/// A private key of the merchant that was replaced. It still opens what was encrypted for it, until a date; it never signs, and a platform key that
/// equals it is not trusted. See <see cref="WeChatPayOptions.FormerMerchantKeys"/>.
/// </summary>
[DebuggerDisplay("until {Until}")]
public sealed class WeChatPayFormerMerchantKey
{
    /// <summary>The key as text, in the forms of <see cref="WeChatPayOptions.MerchantPrivateKey"/>. Instead of it <see cref="Key"/> may be set.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? PrivateKey { get; set; }

    /// <summary>The password of <see cref="PrivateKey"/>, if it is encrypted.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? PrivateKeyPassword { get; set; }

    /// <summary>A key outside of this process, or one made by <see cref="WeChatPayMerchantKey"/>; instead of <see cref="PrivateKey"/>.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IMerchantKey? Key { get; set; }

    /// <summary>When it opens nothing any more; has to be set. A date that has passed is no mistake.</summary>
    public DateTimeOffset? Until { get; set; }
}

/// <summary>
/// An APIv3 key that was replaced. It still opens notifications that were sealed with it, until a date; never a list of platform certificates, which
/// trust begins with. See <see cref="WeChatPayOptions.FormerApiV3Keys"/>.
/// </summary>
[DebuggerDisplay("until {Until}")]
public sealed class WeChatPayFormerApiV3Key
{
    /// <summary>The key: 32 ASCII characters.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Key { get; set; }

    /// <summary>When it opens nothing any more; has to be set. A date that has passed is no mistake.</summary>
    public DateTimeOffset? Until { get; set; }
}
