using System.Buffers;
using System.Diagnostics;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using WeChatPay.Signing;
using WeChatPay.Transport;
using WeChatPay.V2;

namespace WeChatPay.Uploads;

/// <summary>
/// The multipart body of an upload, written by hand: what is signed of it has to leave exactly as it is here, and the content classes of the base
/// library write headers that the server does not read.
/// </summary>
/// <param name="files">The files with the names of their parts.</param>
/// <param name="metaPart">The name of the part that APIv3 signs; null: the parts of text are signed, as in APIv2.</param>
internal sealed class UploadBody(IReadOnlyList<(string Part, WeChatPayFile File)> files, string? metaPart) : IAsyncDisposable
{
    private readonly List<Piece> _pieces = [];
    private byte[] _head = [];
    private byte[] _tail = [];

    public string Boundary { get; init; } = "WeChatPay" + Nonce.Create();

    /// <summary>The caller's own meta, or null.</summary>
    public ReadOnlyMemory<byte>? OwnMeta { get; init; }

    /// <summary>The member of meta that holds the file's name, if the caller left it out; null for none.</summary>
    public string? NameMember { get; init; }

    /// <summary>The member of meta that holds the file's SHA-256, if the caller left it out; null for none.</summary>
    public string? HashMember { get; init; }

    /// <summary>The part that holds the file's MD5; null for none.</summary>
    public string? Md5Part { get; init; }

    /// <summary>Further parts that are text.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Texts { get; init; } = [];

    /// <summary>The key that signs the parts of text; null: the meta part is signed, by the caller of this class.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? V2Key { get; init; }

    /// <summary>The text of the meta part, which is what APIv3 signs. Empty before <see cref="PrepareAsync"/> and in APIv2.</summary>
    public ReadOnlyMemory<byte> Meta { get; private set; }

    /// <summary>What APIv2 signed. Null before <see cref="PrepareAsync"/> and in APIv3.</summary>
    public V2Message? Message { get; private set; }

    public string ContentType => "multipart/form-data; boundary=" + Boundary;

    public long Length { get; private set; }

    /// <summary>Opens the files, computes their hashes, and makes everything around them.</summary>
    public async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        string? md5 = null;
        using var md5Hash = Md5Part is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        try
        {
            foreach (var (part, file) in files)
            {
                var piece = new Piece(part, file, await file.OpenAsync(cancellationToken).ConfigureAwait(false));
                _pieces.Add(piece);
                (piece.Length, piece.Hash) = await piece.Content.MeasureAsync(md5Hash, cancellationToken).ConfigureAwait(false);
                md5 = md5Hash is null ? null : FileContent.Hex(md5Hash.GetHashAndReset());
            }
        }
        catch (WeChatPayTransportException e)
        {
            e.SetOutcome(WeChatPayOutcome.NotSent);
            throw;
        }

        Meta = metaPart is null ? default : MakeMeta();
        _head = MakeHead(md5);
        _tail = Encoding.ASCII.GetBytes($"\r\n--{Boundary}--\r\n");
        Length = _head.Length + _tail.Length;
        foreach (var piece in _pieces)
        {
            piece.Head = Encoding.UTF8.GetBytes(
                $"\r\n--{Boundary}\r\nContent-Disposition: form-data; name=\"{piece.Part}\"; filename=\"{piece.File.FileName}\"\r\nContent-Type: {piece.File.ContentType}\r\n\r\n");
            Length += piece.Head.Length + piece.Length;
        }
    }

    public async Task WriteToAsync(Stream target, CancellationToken cancellationToken)
    {
        await target.WriteAsync(_head, cancellationToken).ConfigureAwait(false);
        foreach (var piece in _pieces)
        {
            await target.WriteAsync(piece.Head, cancellationToken).ConfigureAwait(false);
            await piece.Content.CopyToAsync(target, piece.Length, piece.Hash, cancellationToken).ConfigureAwait(false);
        }

        await target.WriteAsync(_tail, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var piece in _pieces)
        {
            await piece.Content.DisposeAsync().ConfigureAwait(false);
        }
    }

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
                json.WriteString(name, _pieces[0].File.FileName);
            }

            if (hash is not null)
            {
                json.WriteString(hash, FileContent.Hex(_pieces[0].Hash));
            }

            json.WriteEndObject();
        }

        // Both are objects without white space at their ends: {"a":1} and {"b":2} are {"a":1,"b":2}.
        return own.Length == 2 ? buffer.WrittenMemory : (byte[])[.. own.Span[..^1], (byte)',', .. buffer.WrittenSpan[1..]];
    }

    /// <summary>Everything before the files. The first boundary has no line before it.</summary>
    private byte[] MakeHead(string? md5)
    {
        var head = new ArrayBufferWriter<byte>(512 + Meta.Length);
        if (metaPart is not null)
        {
            Add(head, $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{metaPart}\"\r\nContent-Type: application/json\r\n\r\n");
            head.Write(Meta.Span);
        }

        foreach (var (name, value) in AllTexts(md5))
        {
            Add(head, $"{(head.WrittenCount == 0 ? "" : "\r\n")}--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}");
        }

        return head.WrittenSpan.ToArray();
    }

    private List<KeyValuePair<string, string>> AllTexts(string? md5)
    {
        var texts = new List<KeyValuePair<string, string>>(Texts);
        if (md5 is not null)
        {
            texts.Add(new(Md5Part!, md5));
        }

        if (V2Key is not null)
        {
            Message = V2Message.Sign([.. texts], V2Key, out var sign);
            texts.Add(new(V2Signature.SignName, sign));
        }

        return texts;
    }

    private static void Add(ArrayBufferWriter<byte> head, string text) => Encoding.UTF8.GetBytes(text, head);

    /// <summary>A file and what is before it.</summary>
    private sealed class Piece(string part, WeChatPayFile file, FileContent content)
    {
        public string Part => part;

        public WeChatPayFile File => file;

        public FileContent Content => content;

        public byte[] Head { get; set; } = [];

        public long Length { get; set; }

        public byte[] Hash { get; set; } = [];
    }
}
