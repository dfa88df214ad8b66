using System.Buffers;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using WeChatPay.Encryption;

namespace WeChatPay.Serialization;

// One uniquely named method for each kind of member: overload resolution over thousands of generated calls is what makes a
// compiler slow. Null, and a default enumeration, time or date, is left out, because the API takes no JSON null; the Required
// form throws an ArgumentException that names the whole path. An empty text or list was set and is written.
//
// WeChat Pay takes characters of the Basic Multilingual Plane only. An emoji in an order's description is refused here, with the
// member's path, rather than sent: what the platform would make of it is not documented, and a text that was cut or replaced on
// the way must not be what a customer pays for.

/// <summary>Used by generated code: writes the members of a request's JSON body.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1001", Justification = "A Utf8JsonWriter over a buffer holds nothing that has to be released.")]
public sealed partial class JsonBodyWriter
{
    private const int MaxDepth = 64;
    private const int LargestKept = 64 * 1024;

    [ThreadStatic]
    private static JsonBodyWriter? s_spare;

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json;
    private SensitiveEncryptor? _encryptor;
    private bool _encrypted;
    private string? _pathPrefix;

    private JsonBodyWriter()
        => _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>A text.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Text(ReadOnlySpan<byte> name, string? value)
    {
        if (value is null)
            return;
        if (!MemberError.IsPlain(value))
            Fail(name, MemberError.Supplementary);
        _json.WriteString(name, value);
    }

    /// <summary>A text that must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The value is null.</exception>
    public void RequiredText(ReadOnlySpan<byte> name, string? value)
    {
        if (value is null)
            Fail(name, MemberError.NotSet);
        Text(name, value);
    }

    /// <summary>An integer.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Integer(ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
            _json.WriteNumber(name, number);
    }

    /// <summary>An integer that is never negative.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Unsigned(ReadOnlySpan<byte> name, ulong? value)
    {
        if (value is { } number)
            _json.WriteNumber(name, number);
    }

    /// <summary>A number that may have a fraction.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Decimal(ReadOnlySpan<byte> name, decimal? value)
    {
        if (value is { } number)
            _json.WriteNumber(name, number);
    }

    /// <summary>A truth value.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Boolean(ReadOnlySpan<byte> name, bool? value)
    {
        if (value is { } flag)
            _json.WriteBoolean(name, flag);
    }

    /// <summary>Any JSON value.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null, undefined and JSON null are left out.</param>
    public void Json(ReadOnlySpan<byte> name, JsonElement? value)
    {
        if (value is not { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } element)
            return;
        _json.WritePropertyName(name);
        var start = BeginRaw();
        element.WriteTo(_json);
        EndRaw(start);
    }

    /// <summary>Any JSON value; it must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The value is undefined or JSON null.</exception>
    public void RequiredJson(ReadOnlySpan<byte> name, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            Fail(name, MemberError.NotSet);
        Json(name, value);
    }

    /// <summary>A time, as text.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null and absent are left out.</param>
    /// <param name="format">How a time that was not given as text is written.</param>
    public void Time(ReadOnlySpan<byte> name, WeChatPayTime? value, WeChatPayTimeFormat format) => Text(name, value?.ToWire(format));

    /// <summary>A time, as text; it must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <param name="format">How a time that was not given as text is written.</param>
    /// <exception cref="ArgumentException">The value is absent.</exception>
    public void RequiredTime(ReadOnlySpan<byte> name, WeChatPayTime value, WeChatPayTimeFormat format) => RequiredText(name, value.ToWire(format));

    /// <summary>A date, as text.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null and absent are left out.</param>
    /// <param name="format">How a date that was not given as text is written.</param>
    public void Date(ReadOnlySpan<byte> name, WeChatPayDate? value, WeChatPayTimeFormat format) => Text(name, value?.ToWire(format));

    /// <summary>A date, as text; it must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <param name="format">How a date that was not given as text is written.</param>
    /// <exception cref="ArgumentException">The value is absent.</exception>
    public void RequiredDate(ReadOnlySpan<byte> name, WeChatPayDate value, WeChatPayTimeFormat format) => RequiredText(name, value.ToWire(format));

    /// <summary>A time, as a JSON number.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null and absent are left out.</param>
    /// <param name="format">How a time that was not given as text is written.</param>
    /// <exception cref="ArgumentException">The value is a text that is no integer.</exception>
    public void TimeAsNumber(ReadOnlySpan<byte> name, WeChatPayTime? value, WeChatPayTimeFormat format)
    {
        if (value?.ToWire(format) is not { } text)
            return;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            Fail(name, "is sent as a number, and its text is none.");
        _json.WriteNumber(name, number);
    }

    /// <summary>A time, as a JSON number; it must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <param name="format">How a time that was not given as text is written.</param>
    /// <exception cref="ArgumentException">The value is absent, or a text that is no integer.</exception>
    public void RequiredTimeAsNumber(ReadOnlySpan<byte> name, WeChatPayTime value, WeChatPayTimeFormat format)
    {
        if (value.IsAbsent)
            Fail(name, MemberError.NotSet);
        TimeAsNumber(name, value, format);
    }

    /// <summary>One of a set of texts.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Enumeration<T>(ReadOnlySpan<byte> name, T? value)
        where T : WeChatPayEnumeration<T>, IOpenEnumeration<T>
        => Text(name, value?.Value);

    /// <summary>One of a set of texts; it must be set.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The value is null.</exception>
    public void RequiredEnumeration<T>(ReadOnlySpan<byte> name, T? value)
        where T : WeChatPayEnumeration<T>, IOpenEnumeration<T>
        => RequiredText(name, value?.Value);

    /// <summary>A nested object.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Object(ReadOnlySpan<byte> name, IJsonWritable? value)
    {
        if (value is null)
            return;
        if (_json.CurrentDepth >= MaxDepth)
            Fail(name, MemberError.TooDeep);
        _json.WriteStartObject(name);
        value.Write(this);
        _json.WriteEndObject();
    }

    /// <summary>A nested object that must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The value is null.</exception>
    public void RequiredObject(ReadOnlySpan<byte> name, IJsonWritable? value)
    {
        if (value is null)
            Fail(name, MemberError.NotSet);
        Object(name, value);
    }

    /// <summary>Encrypts with the platform key that the call has chosen. Null is left out, empty text is sent as it is.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The plain text.</param>
    /// <exception cref="ArgumentException">The text is longer than the key can encrypt.</exception>
    public void Encrypted(ReadOnlySpan<byte> name, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            Text(name, value);
            return;
        }

        _json.WritePropertyName(name);
        EncryptedValue(value);
    }

    /// <summary>Encrypts with the platform key that the call has chosen; the text must be set, empty text is sent as it is.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The plain text.</param>
    /// <exception cref="ArgumentException">The text is null, or longer than the key can encrypt.</exception>
    public void RequiredEncrypted(ReadOnlySpan<byte> name, string? value)
    {
        if (value is null)
            Fail(name, MemberError.NotSet);
        Encrypted(name, value);
    }

    /// <summary>What the spec lacks, at the root of the body. Members that are null are left out.</summary>
    /// <param name="value">Further members, or null.</param>
    /// <exception cref="ArgumentException">A name was written already.</exception>
    public void Extra(JsonObject? value)
    {
        if (value is null || value.Count == 0)
            return;
        _json.Flush();
        var names = NamesAtRoot(_buffer.WrittenSpan);
        foreach (var (name, node) in value)
        {
            if (node is null)
                continue;
            if (!names.Add(name))
                MemberError.Throw(_pathPrefix + name, "is given twice: as a member and in ExtraProperties.");
            var start = BeginRaw();
            _json.WritePropertyName(name);
            node.WriteTo(_json);
            EndRaw(start, name);
        }
    }

    private static HashSet<string> NamesAtRoot(ReadOnlySpan<byte> beginning)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(beginning, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = 1000 }));
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
                names.Add(reader.GetString()!);
        }

        return names;
    }

    private void EncryptedValue(string value)
    {
        if (_encryptor is null)
            Fail(MemberError.NoKey);
        // In a name a rare character is legitimate, and what travels is base64; half a character is no text.
        if (!MemberError.IsWellFormed(value))
            Fail(MemberError.HalfCharacter);
        Span<byte> ciphertext = stackalloc byte[SensitiveEncryptor.LargestCiphertext];
        if (!_encryptor.TryEncrypt(value, ciphertext, out var written))
            Fail(_encryptor.TooLong);
        _json.WriteBase64StringValue(ciphertext[..written]);
        _encrypted = true;
    }

    // A value that the caller brings as JSON: its bytes are looked through once they are written.
    private int BeginRaw()
    {
        _json.Flush();
        return _buffer.WrittenCount;
    }

    private void EndRaw(int start, string? name = null)
    {
        _json.Flush();
        var json = _buffer.WrittenSpan;
        if (!MemberError.IsPlainJson(json[start..]))
            MemberError.Throw(_pathPrefix + JsonPath.After(json[..start], name), MemberError.Supplementary);
    }

    [DoesNotReturn]
    private void Fail(ReadOnlySpan<byte> name, string problem)
    {
        _json.Flush();
        MemberError.Throw(_pathPrefix + JsonPath.After(_buffer.WrittenSpan, Encoding.UTF8.GetString(name)), problem);
    }

    [DoesNotReturn]
    private void Fail(string problem)
    {
        _json.Flush();
        MemberError.Throw(_pathPrefix + JsonPath.After(_buffer.WrittenSpan), problem);
    }
}
