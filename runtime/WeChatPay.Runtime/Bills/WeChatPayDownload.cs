using System.IO;
using System.Net.Http;

namespace WeChatPay;

/// <summary>A file that is being downloaded. Its bytes carry no signature; only a hash out of a verified answer proves them.</summary>
public sealed class WeChatPayDownload : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;

    internal WeChatPayDownload(HttpResponseMessage response, Stream stream, string operation)
    {
        _response = response;
        UnverifiedStream = stream;
        Operation = operation;
    }

    /// <summary>The bytes as they come. Nothing has proven them yet.</summary>
    public Stream UnverifiedStream { get; }

    internal string Operation { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await UnverifiedStream.DisposeAsync().ConfigureAwait(false);
        _response.Dispose();
    }
}
