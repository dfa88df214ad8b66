namespace WeChatPay.Keys;

/// <summary>How the refresh of platform certificates has gone, as one value: it is read while it changes.</summary>
/// <param name="Since">When the client was made.</param>
/// <param name="Succeeded">When WeChat Pay last said which certificates there are, be it none; null: never yet.</param>
/// <param name="Failures">So many attempts failed since.</param>
internal sealed record RefreshState(DateTimeOffset Since, DateTimeOffset? Succeeded = null, int Failures = 0);
