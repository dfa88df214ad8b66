namespace WeChatPay.Transport;

/// <summary>One attempt of several took longer than <see cref="WeChatPayOptions.AttemptTimeout"/>. Never leaves the pipeline.</summary>
internal sealed class AttemptTimeoutException(TimeSpan limit, OperationCanceledException cause)
    : Exception($"No complete answer came within the {limit.TotalSeconds:0.###} s of an attempt.", cause);
