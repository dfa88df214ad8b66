namespace WeChatPay;

/// <summary>A file that is being downloaded. Its bytes carry no signature; only a hash out of a verified answer proves them.</summary>
public sealed class WeChatPayDownload : IAsyncDisposable
{
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
