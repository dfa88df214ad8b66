using System.IO;
using WeChatPay.Transport;

namespace WeChatPay.Uploads;

/// <summary>The content of an upload, streamed from its file and of known length, so that nothing on the way has to buffer it.</summary>
internal sealed class UploadContent : SignedContent
{
    private readonly UploadBody _body;

    public UploadContent(UploadBody body, SendState state)
        : base(default, state, onlyOnce: true)
    {
        _body = body;
        Headers.TryAddWithoutValidation("Content-Type", body.ContentType);
    }

    protected override long Length => _body.Length;

    protected override Task WriteAsync(Stream stream, CancellationToken cancellationToken) => _body.WriteToAsync(stream, cancellationToken);

    protected override void Write(Stream stream)
        => throw new NotSupportedException("An upload is sent asynchronously only; a handler of the host asked for it synchronously.");
}
