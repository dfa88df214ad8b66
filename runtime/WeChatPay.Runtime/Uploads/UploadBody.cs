using System.Buffers;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using WeChatPay.Signing;
using WeChatPay.Transport;

namespace WeChatPay.Uploads;

/// <summary>
/// The multipart body of an upload, written by hand: the text of <c>meta</c> is what is signed, so it has to leave exactly as it is here, and
/// the content classes of the base library write headers that the server does not read.
/// </summary>
internal sealed class UploadBody(WeChatPayFile file, string filePart, string metaPart) : IAsyncDisposable
{
    private byte[] _head = [];
    private byte[] _tail = [];
    private byte[] _hash = [];
    private long _fileLength;
    private FileContent? _content;

    public string Boundary { get; init; } = "WeChatPay" + Nonce.Create();

    /// <summary>The caller's own meta, or null.</summary>
    public ReadOnlyMemory<byte>? OwnMeta { get; init; }

    /// <summary>The member of meta that holds the file's name, if the caller left it out; null for none.</summary>
    public string? NameMember { get; init; }

    /// <summary>The member of meta that holds the file's SHA-256, if the caller left it out; null for none.</summary>
    public string? HashMember { get; init; }

    /// <summary>Further parts that are text.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Texts { get; init; } = [];

    /// <summary>The text of the meta part, which is what is signed. Empty before <see cref="PrepareAsync"/>.</summary>
    public ReadOnlyMemory<byte> Meta { get; private set; }

    public string ContentType => "multipart/form-data; boundary=" + Boundary;

    public long Length => _head.Length + _fileLength + _tail.Length;

    /// <summary>Opens the file, computes its hash, and makes everything around it.</summary>
    public async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            _content = await file.OpenAsync(cancellationToken).ConfigureAwait(false);
            (_fileLength, _hash) = await _content.MeasureAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (WeChatPayTransportException e)
        {
            e.SetOutcome(WeChatPayOutcome.NotSent);
            throw;
        }

        Meta = MakeMeta();
        _head = MakeHead();
        _tail = Encoding.ASCII.GetBytes($"\r\n--{Boundary}--\r\n");
    }

    public async Task WriteToAsync(Stream target, CancellationToken cancellationToken)
    {
        await target.WriteAsync(_head, cancellationToken).ConfigureAwait(false);
        await _content!.CopyToAsync(target, _fileLength, _hash, cancellationToken).ConfigureAwait(false);
        await target.WriteAsync(_tail, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _content?.DisposeAsync() ?? default;

    private ReadOnlyMemory<byte> MakeMeta()
    {
        var own = OwnMeta ?? "{}"u8.ToArray();
        var name = NameMember is not null && TopLevelJson.Find(own.Span, NameMember) is null ? NameMember : null;
        var hash = HashMember is not null && TopLevelJson.Find(own.Span, HashMember) is null ? HashMember : null;
        if (name is null && hash is null)
        {
            return own;
        }

        var buffer = new ArrayBufferWriter<byte>(own.Length + 160);
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (name is not null)
            {
                json.WriteString(name, file.FileName);
            }

            if (hash is not null)
            {
                json.WriteString(hash, FileContent.Hex(_hash));
            }

            json.WriteEndObject();
        }

        // Both are objects without white space at their ends: {"a":1} and {"b":2} are {"a":1,"b":2}.
        return own.Length == 2 ? buffer.WrittenMemory : (byte[])[.. own.Span[..^1], (byte)',', .. buffer.WrittenSpan[1..]];
    }

    private byte[] MakeHead()
    {
        var head = new ArrayBufferWriter<byte>(512 + Meta.Length);
        Add(head, $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{metaPart}\"\r\nContent-Type: application/json\r\n\r\n");
        head.Write(Meta.Span);
        foreach (var (name, value) in Texts)
        {
            Add(head, $"\r\n--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}");
        }

        Add(head, $"\r\n--{Boundary}\r\nContent-Disposition: form-data; name=\"{filePart}\"; filename=\"{file.FileName}\"\r\nContent-Type: {file.ContentType}\r\n\r\n");
        return head.WrittenSpan.ToArray();
    }

    private static void Add(ArrayBufferWriter<byte> head, string text) => Encoding.UTF8.GetBytes(text, head);
}
