using System.ComponentModel;
using System.Globalization;
using System.Text;
using WeChatPay.Encryption;
using WeChatPay.Transport;
using WeChatPay.Uploads;

namespace WeChatPay.Serialization;

/// <summary>The inputs of an operation that sends a file. Implemented by generated request classes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IWeChatPayUploadRequest : IWeChatPayRequest
{
    /// <summary>Names the parts of the body; their form is the runtime's.</summary>
    void WriteUpload(UploadWriter w);
}

/// <summary>Used by generated code: takes the parts of a multipart body. Text that is null is left out.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class UploadWriter
{
    private readonly SensitiveEncryptor? _encryptor;
    private readonly List<KeyValuePair<string, string>> _texts = [];
    private string _metaPart = "meta";
    private ReadOnlyMemory<byte>? _meta;
    private (string? Name, string? Hash) _filled = ("filename", "sha256");
    private string? _filePart;
    private WeChatPayFile? _file;

    private UploadWriter(SensitiveEncryptor? encryptor) => _encryptor = encryptor;

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
            _meta = JsonBodyWriter.WriteObject(value, _encryptor, name).Bytes;
        _filled = (nameMember, hashMember);
    }

    /// <summary>The file.</summary>
    /// <param name="name">The part's name.</param>
    /// <param name="value">The file.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public void File(string name, WeChatPayFile? value)
    {
        if (value is null)
            MemberError.Throw(name, MemberError.NotSet);
        (_filePart, _file) = (CheckPart(name), value);
    }

    /// <summary>A part that is text. It is not covered by the signature.</summary>
    /// <param name="name">The part's name.</param>
    /// <param name="value">The value; null is left out.</param>
    /// <exception cref="ArgumentException">The value has characters that the API does not take.</exception>
    public void Text(string name, string? value)
    {
        if (value is null)
            return;
        if (!MemberError.IsPlain(value))
            MemberError.Throw(name, MemberError.Supplementary);
        _texts.Add(new(CheckPart(name), value));
    }

    /// <summary>A part that is text; it must be set.</summary>
    /// <param name="name">The part's name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The value is null or has characters that the API does not take.</exception>
    public void RequiredText(string name, string? value)
    {
        if (value is null)
            MemberError.Throw(name, MemberError.NotSet);
        Text(name, value);
    }

    /// <summary>A part that is an integer.</summary>
    /// <param name="name">The part's name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Integer(string name, long? value) => Text(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>A part that is a truth value, <c>true</c> or <c>false</c>.</summary>
    /// <param name="name">The part's name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Boolean(string name, bool? value) => Text(name, value is { } flag ? (flag ? "true" : "false") : null);

    /// <summary>A part that is one of a set of texts.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="name">The part's name.</param>
    /// <param name="value">The value; null and default are left out.</param>
    public void Enumeration<T>(string name, T? value)
        where T : struct, IOpenEnumeration<T>
        => Text(name, value?.Value);

    /// <summary>A part that is one of a set of texts; it must be set.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="name">The part's name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The value is default.</exception>
    public void RequiredEnumeration<T>(string name, T value)
        where T : struct, IOpenEnumeration<T>
        => RequiredText(name, value.Value);

    /// <summary>Takes the parts of a request.</summary>
    /// <exception cref="ArgumentException">There is no request or no file, or a value cannot be sent.</exception>
    internal static UploadBody Write(IWeChatPayRequest? request, SensitiveEncryptor? encryptor)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request is not IWeChatPayUploadRequest upload)
            throw new ArgumentException("The operation sends a file, and this request has none.", nameof(request));

        var writer = new UploadWriter(encryptor);
        upload.WriteUpload(writer);
        if (writer._file is null)
            throw new ArgumentException("The request names no file.", nameof(request));
        return new(writer._file, writer._filePart!, writer._metaPart)
        {
            OwnMeta = writer._meta,
            NameMember = writer._filled.Name,
            HashMember = writer._filled.Hash,
            Texts = writer._texts,
        };
    }

    private static string CheckPart(string name)
    {
        if (name.Length == 0 || name.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0 || name.AsSpan().ContainsAny('"', '\\'))
            throw new ArgumentException("The name of a part must be printable ASCII without quotes.", nameof(name));
        return name;
    }
}
