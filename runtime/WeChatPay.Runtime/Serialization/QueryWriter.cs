using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.Json;
using WeChatPay.Encryption;

namespace WeChatPay.Serialization;

/// <summary>Used by generated code: writes the members of a request that travel in the query, in their order, percent-encoded. Null is left out.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class QueryWriter
{
    private readonly SensitiveEncryptor? _encryptor;
    private readonly List<KeyValuePair<string, string>> _pairs = [];

    internal QueryWriter(SensitiveEncryptor? encryptor) => _encryptor = encryptor;

    /// <summary>Names and values as they were given, not encoded.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Pairs => _pairs;

    /// <summary>The serial of the platform key that encrypted a member, or null.</summary>
    internal string? EncryptedWithSerial { get; private set; }

    /// <summary>A text.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Text(string name, string? value)
    {
        if (value is null)
            return;
        if (!MemberError.IsPlain(value))
            MemberError.Throw(name, MemberError.Supplementary);
        Add(name, value);
    }

    /// <summary>A text that must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The value is null.</exception>
    public void RequiredText(string name, string? value)
    {
        Require(name, value);
        Text(name, value);
    }

    /// <summary>An integer.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Integer(string name, long? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>An integer that is never negative.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Unsigned(string name, ulong? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number that may have a fraction.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Decimal(string name, decimal? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>A truth value, <c>true</c> or <c>false</c>.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Boolean(string name, bool? value) => Add(name, value is { } flag ? (flag ? "true" : "false") : null);

    /// <summary>A time.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null and absent are left out.</param>
    /// <param name="format">How a time that was not given as text is written.</param>
    public void Time(string name, WeChatPayTime? value, WeChatPayTimeFormat format) => Text(name, value?.ToWire(format));

    /// <summary>A time that must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <param name="format">How a time that was not given as text is written.</param>
    /// <exception cref="ArgumentException">The value is absent.</exception>
    public void RequiredTime(string name, WeChatPayTime value, WeChatPayTimeFormat format) => RequiredText(name, value.ToWire(format));

    /// <summary>A date.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null and absent are left out.</param>
    /// <param name="format">How a date that was not given as text is written.</param>
    public void Date(string name, WeChatPayDate? value, WeChatPayTimeFormat format) => Text(name, value?.ToWire(format));

    /// <summary>A date that must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <param name="format">How a date that was not given as text is written.</param>
    /// <exception cref="ArgumentException">The value is absent.</exception>
    public void RequiredDate(string name, WeChatPayDate value, WeChatPayTimeFormat format) => RequiredText(name, value.ToWire(format));

    /// <summary>One of a set of texts.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null and default are left out.</param>
    public void Enumeration<T>(string name, T? value)
        where T : struct, IOpenEnumeration<T>
        => Text(name, value?.Value);

    /// <summary>One of a set of texts; it must be set.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The value is default.</exception>
    public void RequiredEnumeration<T>(string name, T value)
        where T : struct, IOpenEnumeration<T>
        => RequiredText(name, value.Value);

    /// <summary>A list repeats its name.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The values; null is left out.</param>
    /// <exception cref="ArgumentException">An element is null.</exception>
    public void Texts(string name, IReadOnlyList<string>? value)
    {
        for (var i = 0; i < value?.Count; i++)
            Element(name, i, value[i]);
    }

    /// <summary>A list repeats its name; it must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The values.</param>
    /// <exception cref="ArgumentException">The list or an element is null.</exception>
    public void RequiredTexts(string name, IReadOnlyList<string>? value)
    {
        Require(name, value);
        Texts(name, value);
    }

    /// <summary>A list repeats its name.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The values; null is left out.</param>
    public void Integers(string name, IReadOnlyList<long>? value)
    {
        for (var i = 0; i < value?.Count; i++)
            Integer(name, value[i]);
    }

    /// <summary>A list repeats its name; it must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The values.</param>
    /// <exception cref="ArgumentException">The list is null.</exception>
    public void RequiredIntegers(string name, IReadOnlyList<long>? value)
    {
        Require(name, value);
        Integers(name, value);
    }

    /// <summary>A list repeats its name.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The values; null is left out.</param>
    /// <exception cref="ArgumentException">An element is default.</exception>
    public void Enumerations<T>(string name, IReadOnlyList<T>? value)
        where T : struct, IOpenEnumeration<T>
    {
        for (var i = 0; i < value?.Count; i++)
            Element(name, i, value[i].Value);
    }

    /// <summary>A list repeats its name; it must be set.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The values.</param>
    /// <exception cref="ArgumentException">The list is null or an element default.</exception>
    public void RequiredEnumerations<T>(string name, IReadOnlyList<T>? value)
        where T : struct, IOpenEnumeration<T>
    {
        Require(name, value);
        Enumerations(name, value);
    }

    /// <summary>An object is serialised to JSON and then percent-encoded.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Object(string name, IJsonWritable? value)
    {
        if (value is null)
            return;
        var json = JsonBodyWriter.WriteObject(value, _encryptor, name);
        EncryptedWithSerial ??= json.EncryptedWithSerial;
        Add(name, Encoding.UTF8.GetString(json.Bytes.Span));
    }

    /// <summary>An object is serialised to JSON and then percent-encoded; it must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The value is null.</exception>
    public void RequiredObject(string name, IJsonWritable? value)
    {
        Require(name, value);
        Object(name, value);
    }

    /// <summary>Any JSON value, as JSON text and then percent-encoded.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null, undefined and JSON null are left out.</param>
    public void Json(string name, JsonElement? value)
    {
        if (value is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } element)
            Text(name, element.GetRawText());
    }

    /// <summary>Encrypted with the platform key, then percent-encoded.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The plain text; null is left out, empty text is sent as it is.</param>
    /// <exception cref="ArgumentException">The text is longer than the key can encrypt.</exception>
    public void Encrypted(string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            Add(name, value);
            return;
        }

        if (_encryptor is null)
            MemberError.Throw(name, MemberError.NoKey);
        if (!MemberError.IsWellFormed(value))
            MemberError.Throw(name, MemberError.HalfCharacter);
        Span<byte> ciphertext = stackalloc byte[SensitiveEncryptor.LargestCiphertext];
        if (!_encryptor.TryEncrypt(value, ciphertext, out var written))
            MemberError.Throw(name, _encryptor.TooLong);
        Add(name, Convert.ToBase64String(ciphertext[..written]));
        EncryptedWithSerial = _encryptor.Serial;
    }

    /// <summary>Encrypted with the platform key, then percent-encoded; it must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The plain text; empty text is sent as it is.</param>
    /// <exception cref="ArgumentException">The text is null, or longer than the key can encrypt.</exception>
    public void RequiredEncrypted(string name, string? value)
    {
        Require(name, value);
        Encrypted(name, value);
    }

    /// <summary>The query without the question mark, percent-encoded, in the order written; empty if there is none.</summary>
    public override string ToString()
    {
        if (_pairs.Count == 0)
            return "";
        var query = new StringBuilder();
        foreach (var (name, value) in _pairs)
        {
            if (query.Length > 0)
                query.Append('&');
            query.Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }

        return query.ToString();
    }

    private static void Require(string name, object? value)
    {
        if (value is null)
            MemberError.Throw(name, MemberError.NotSet);
    }

    private void Element(string name, int index, string? value)
    {
        if (value is null)
            MemberError.Throw(string.Create(CultureInfo.InvariantCulture, $"{name}[{index}]"), MemberError.NullElement);
        Text(name, value);
    }

    private void Add(string name, string? value)
    {
        if (value is not null)
            _pairs.Add(new(name, value));
    }
}
