using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.Json;
using WeChatPay.Encryption;

namespace WeChatPay.Serialization;

/// <summary>Used by generated code: writes members where a list repeats its name and an object is JSON text: the query, parts of a multipart body.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class RepeatingWriter : ScalarWriter
{
    private protected RepeatingWriter(SensitiveEncryptor? encryptor)
        : base(encryptor)
    {
    }

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
    /// <exception cref="ArgumentException">An element is null.</exception>
    public void Enumerations<T>(string name, IReadOnlyList<T>? value)
        where T : WeChatPayEnumeration<T>, IOpenEnumeration<T>
    {
        for (var i = 0; i < value?.Count; i++)
            Element(name, i, value[i]?.Value);
    }

    /// <summary>A list repeats its name; it must be set.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The values.</param>
    /// <exception cref="ArgumentException">The list or an element is null.</exception>
    public void RequiredEnumerations<T>(string name, IReadOnlyList<T>? value)
        where T : WeChatPayEnumeration<T>, IOpenEnumeration<T>
    {
        Require(name, value);
        Enumerations(name, value);
    }

    /// <summary>An object, as JSON text.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Object(string name, IJsonWritable? value)
    {
        if (value is null)
            return;
        var json = JsonBodyWriter.WriteObject(value, Encryptor, name);
        EncryptedWithSerial ??= json.EncryptedWithSerial;
        Text(name, Encoding.UTF8.GetString(json.Bytes.Span));
    }

    /// <summary>An object, as JSON text; it must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The value is null.</exception>
    public void RequiredObject(string name, IJsonWritable? value)
    {
        Require(name, value);
        Object(name, value);
    }

    /// <summary>Any JSON value, as JSON text.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null, undefined and JSON null are left out.</param>
    public void Json(string name, JsonElement? value)
    {
        if (value is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } element)
            Text(name, element.GetRawText());
    }

    private void Element(string name, int index, string? value)
    {
        if (value is null)
            MemberError.Throw(string.Create(CultureInfo.InvariantCulture, $"{name}[{index}]"), MemberError.NullElement);
        Text(name, value);
    }
}
