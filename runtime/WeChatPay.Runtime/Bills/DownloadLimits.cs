namespace WeChatPay.Bills;

/// <summary>How long and how large downloads of a client may be.</summary>
/// <param name="IdleTimeout">The longest time in which no byte comes.</param>
/// <param name="MaxLength">The most that is transferred, in bytes.</param>
/// <param name="MaxUnpackedLength">The most that a packed file becomes, in bytes.</param>
internal sealed record DownloadLimits(TimeSpan IdleTimeout, long MaxLength, long MaxUnpackedLength);
