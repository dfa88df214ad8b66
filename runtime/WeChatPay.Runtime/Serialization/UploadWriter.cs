using System.ComponentModel;
using System.Text;
using WeChatPay.Encryption;
using WeChatPay.Transport;
using WeChatPay.Uploads;
using WeChatPay.V2;

namespace WeChatPay.Serialization;

/// <summary>The inputs of an operation that sends a file. Implemented by generated request classes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IWeChatPayUploadRequest : IWeChatPayRequest
{
    /// <summary>Names the parts of the body; their form is the runtime's.</summary>
    void WriteUpload(UploadWriter w);
}

/// <summary>
/// Used by generated code: takes the parts of a multipart body. Text that is null is left out. In APIv3 only the meta part is covered by the signature, in
/// APIv2 all parts of text are.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class UploadWriter : RepeatingWriter
{
    private readonly List<KeyValuePair<string, string>> _texts = [];
    private readonly List<(string Part, WeChatPayFile File)> _files = [];
    private string _metaPart = "meta";
    private ReadOnlyMemory<byte>? _meta;
    private (string? Name, string? Hash) _filled = ("filename", "sha256");
    private string? _md5Part;
    private bool _takesFiles;

    private UploadWriter(SensitiveEncryptor? encryptor)
        : base(encryptor)
    {
    }

    /// <summary>The meta part as text of the caller's, which is signed and sent as it is.</summary>
    /// <param name="name">The part's name.</param>
    /// <param name="json">A JSON object; null: name and SHA-256 of the file, <c>{"filename":…,"sha256":…}</c>.</param>
    /// <exception cref="ArgumentException">The text is no JSON object, or has characters that the API does not take.</exception>
    public void Meta(string name, string? json)
    {
        _metaPart = CheckPart(name);
        if (json is null)
            return;
        if (!MemberError.IsPlain(json))
            MemberError.Throw(name, MemberError.Supplementary);
        var bytes = Encoding.UTF8.GetBytes(json);
        if (!TopLevelJson.IsObject(bytes))
            MemberError.Throw(name, "must be a JSON object, or null for the usual one.");
        _meta = bytes;
        _filled = default;
    }

    /// <summary>The meta part as an object.</summary>
    /// <param name="name">The part's name.</param>
    /// <param name="value">Its members; null: none.</param>
    /// <param name="nameMember">The member that takes the file's name where the caller left it out, or null.</param>
    /// <param name="hashMember">The member that takes the file's SHA-256 where the caller left it out, or null.</param>
    /// <exception cref="ArgumentException">A required member is not set, or a value cannot be sent.</exception>
    public void MetaObject(string name, IJsonWritable? value, string? nameMember, string? hashMember)
    {
        _metaPart = CheckPart(name);
        if (value is not null)
        {
            var json = JsonBodyWriter.WriteObject(value, Encryptor, name);
            _meta = json.Bytes;
            EncryptedWithSerial ??= json.EncryptedWithSerial;
        }

        _filled = (nameMember, hashMember);
    }

    /// <summary>The file.</summary>
    /// <param name="name">The part's name.</param>
    /// <param name="value">The file.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public void File(string name, WeChatPayFile? value)
    {
        Require(name, value);
        OptionalFile(name, value);
    }

    /// <summary>One of several files, of which at least one is sent.</summary>
    /// <param name="name">The part's name.</param>
    /// <param name="value">The file; null is left out.</param>
    public void OptionalFile(string name, WeChatPayFile? value)
    {
        _takesFiles = true;
        if (value is not null)
            _files.Add((CheckPart(name), value));
    }

    /// <summary>A part that is the MD5 of the file as lower-case hex, unless the caller gave it.</summary>
    /// <param name="name">The part's name.</param>
    /// <param name="value">The caller's, or null.</param>
    public void FileMd5(string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
            _md5Part = CheckPart(name);
        else
            Text(name, value);
    }

    /// <inheritdoc/>
    public override void Text(string name, string? value)
    {
        if (value is null)
            return;
        if (!MemberError.IsPlain(value))
            MemberError.Throw(name, MemberError.Supplementary);
        _texts.Add(new(CheckPart(name), value));
    }

    /// <summary>Takes the parts of a request.</summary>
    /// <param name="request">The caller's request.</param>
    /// <param name="encryptor">For members that are sent encrypted; null if there is no platform key.</param>
    /// <param name="v2Key">The APIv2 key, which signs the parts; null: the meta part is signed in a header.</param>
    /// <param name="isEncrypted">A member was encrypted with the platform key.</param>
    /// <exception cref="ArgumentException">There is no request or no file, or a value cannot be sent.</exception>
    internal static UploadBody Write(IWeChatPayRequest? request, SensitiveEncryptor? encryptor, string? v2Key, out bool isEncrypted)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request is not IWeChatPayUploadRequest upload)
            throw new ArgumentException("The operation sends a file, and this request has none.", nameof(request));

        var writer = new UploadWriter(encryptor);
        upload.WriteUpload(writer);
        if (writer._takesFiles && writer._files.Count == 0)
            throw new ArgumentException("The request names no file.", nameof(request));
        isEncrypted = writer.EncryptedWithSerial is not null;

        // With several files nothing says which of them a hash is of; the caller does.
        var isSingle = writer._files.Count == 1;
        if (writer._md5Part is { } md5Part && !isSingle)
            MemberError.Throw(md5Part, MemberError.NotSet);

        // What could not be signed later is an error of the caller's, told before the file is opened.
        if (v2Key is not null)
            V2Message.Sign(writer._texts, v2Key, out _);
        return new(writer._files, v2Key is null ? writer._metaPart : null)
        {
            OwnMeta = writer._meta,
            NameMember = isSingle ? writer._filled.Name : null,
            HashMember = isSingle ? writer._filled.Hash : null,
            Md5Part = writer._md5Part,
            Texts = writer._texts,
            V2Key = v2Key,
        };
    }

    private static string CheckPart(string name)
    {
        if (name.Length == 0 || name.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0 || name.AsSpan().ContainsAny('"', '\\'))
            throw new ArgumentException("The name of a part must be printable ASCII without quotes.", nameof(name));
        return name;
    }
}
