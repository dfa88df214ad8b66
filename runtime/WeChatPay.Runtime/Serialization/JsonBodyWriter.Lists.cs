using System.Text.Json;

namespace WeChatPay.Serialization;

// Lists: null is left out, an empty list is written, an element that is null is an error with its index.
public sealed partial class JsonBodyWriter
{
    /// <summary>A list of objects.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    /// <exception cref="ArgumentException">An element is null.</exception>
    public void Objects(ReadOnlySpan<byte> name, IReadOnlyList<IJsonWritable>? value)
    {
        if (value is null)
            return;
        if (_json.CurrentDepth >= MaxDepth)
            Fail(name, MemberError.TooDeep);
        _json.WriteStartArray(name);
        for (var i = 0; i < value.Count; i++)
        {
            if (value[i] is not { } element)
            {
                Fail(MemberError.NullElement);
                return;
            }

            _json.WriteStartObject();
            element.Write(this);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    /// <summary>A list of objects that must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The list or an element is null.</exception>
    public void RequiredObjects(ReadOnlySpan<byte> name, IReadOnlyList<IJsonWritable>? value)
    {
        RequireList(name, value);
        Objects(name, value);
    }

    /// <summary>A list of texts.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    /// <exception cref="ArgumentException">An element is null.</exception>
    public void Texts(ReadOnlySpan<byte> name, IReadOnlyList<string>? value)
    {
        if (value is null)
            return;
        _json.WriteStartArray(name);
        for (var i = 0; i < value.Count; i++)
            TextElement(value[i]);
        _json.WriteEndArray();
    }

    /// <summary>A list of texts that must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The list or an element is null.</exception>
    public void RequiredTexts(ReadOnlySpan<byte> name, IReadOnlyList<string>? value)
    {
        RequireList(name, value);
        Texts(name, value);
    }

    /// <summary>A list of integers.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Integers(ReadOnlySpan<byte> name, IReadOnlyList<long>? value)
    {
        if (value is null)
            return;
        _json.WriteStartArray(name);
        for (var i = 0; i < value.Count; i++)
            _json.WriteNumberValue(value[i]);
        _json.WriteEndArray();
    }

    /// <summary>A list of integers that must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The list is null.</exception>
    public void RequiredIntegers(ReadOnlySpan<byte> name, IReadOnlyList<long>? value)
    {
        RequireList(name, value);
        Integers(name, value);
    }

    /// <summary>A list of numbers that may have fractions.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Decimals(ReadOnlySpan<byte> name, IReadOnlyList<decimal>? value)
    {
        if (value is null)
            return;
        _json.WriteStartArray(name);
        for (var i = 0; i < value.Count; i++)
            _json.WriteNumberValue(value[i]);
        _json.WriteEndArray();
    }

    /// <summary>A list of numbers that may have fractions; it must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The list is null.</exception>
    public void RequiredDecimals(ReadOnlySpan<byte> name, IReadOnlyList<decimal>? value)
    {
        RequireList(name, value);
        Decimals(name, value);
    }

    /// <summary>A list of truth values.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Booleans(ReadOnlySpan<byte> name, IReadOnlyList<bool>? value)
    {
        if (value is null)
            return;
        _json.WriteStartArray(name);
        for (var i = 0; i < value.Count; i++)
            _json.WriteBooleanValue(value[i]);
        _json.WriteEndArray();
    }

    /// <summary>A list of truth values that must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The list is null.</exception>
    public void RequiredBooleans(ReadOnlySpan<byte> name, IReadOnlyList<bool>? value)
    {
        RequireList(name, value);
        Booleans(name, value);
    }

    /// <summary>A list of times, as texts.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    /// <param name="format">How a time that was not given as text is written.</param>
    /// <exception cref="ArgumentException">An element is absent.</exception>
    public void Times(ReadOnlySpan<byte> name, IReadOnlyList<WeChatPayTime>? value, WeChatPayTimeFormat format)
    {
        if (value is null)
            return;
        _json.WriteStartArray(name);
        for (var i = 0; i < value.Count; i++)
            TextElement(value[i].ToWire(format));
        _json.WriteEndArray();
    }

    /// <summary>A list of times, as texts; it must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <param name="format">How a time that was not given as text is written.</param>
    /// <exception cref="ArgumentException">The list is null or an element absent.</exception>
    public void RequiredTimes(ReadOnlySpan<byte> name, IReadOnlyList<WeChatPayTime>? value, WeChatPayTimeFormat format)
    {
        RequireList(name, value);
        Times(name, value, format);
    }

    /// <summary>A list of dates, as texts.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    /// <param name="format">How a date that was not given as text is written.</param>
    /// <exception cref="ArgumentException">An element is absent.</exception>
    public void Dates(ReadOnlySpan<byte> name, IReadOnlyList<WeChatPayDate>? value, WeChatPayTimeFormat format)
    {
        if (value is null)
            return;
        _json.WriteStartArray(name);
        for (var i = 0; i < value.Count; i++)
            TextElement(value[i].ToWire(format));
        _json.WriteEndArray();
    }

    /// <summary>A list of dates, as texts; it must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <param name="format">How a date that was not given as text is written.</param>
    /// <exception cref="ArgumentException">The list is null or an element absent.</exception>
    public void RequiredDates(ReadOnlySpan<byte> name, IReadOnlyList<WeChatPayDate>? value, WeChatPayTimeFormat format)
    {
        RequireList(name, value);
        Dates(name, value, format);
    }

    /// <summary>A list of enumeration values.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    /// <exception cref="ArgumentException">An element is null.</exception>
    public void Enumerations<T>(ReadOnlySpan<byte> name, IReadOnlyList<T>? value)
        where T : WeChatPayEnumeration<T>, IOpenEnumeration<T>
    {
        if (value is null)
            return;
        _json.WriteStartArray(name);
        for (var i = 0; i < value.Count; i++)
            TextElement(value[i]?.Value);
        _json.WriteEndArray();
    }

    /// <summary>A list of enumeration values that must be set.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The list or an element is null.</exception>
    public void RequiredEnumerations<T>(ReadOnlySpan<byte> name, IReadOnlyList<T>? value)
        where T : WeChatPayEnumeration<T>, IOpenEnumeration<T>
    {
        RequireList(name, value);
        Enumerations(name, value);
    }

    /// <summary>A list of any JSON values.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    /// <exception cref="ArgumentException">An element is undefined or JSON null.</exception>
    public void JsonList(ReadOnlySpan<byte> name, IReadOnlyList<JsonElement>? value)
    {
        if (value is null)
            return;
        _json.WriteStartArray(name);
        for (var i = 0; i < value.Count; i++)
        {
            if (value[i].ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
                Fail(MemberError.NullElement);
            var start = BeginRaw();
            value[i].WriteTo(_json);
            EndRaw(start);
        }

        _json.WriteEndArray();
    }

    /// <summary>A list of any JSON values; it must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The list is null, or an element undefined or JSON null.</exception>
    public void RequiredJsonList(ReadOnlySpan<byte> name, IReadOnlyList<JsonElement>? value)
    {
        RequireList(name, value);
        JsonList(name, value);
    }

    /// <summary>A list of texts, each encrypted with the platform key that the call has chosen; empty text is sent as it is.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The plain texts; null is left out.</param>
    /// <exception cref="ArgumentException">An element is null or longer than the key can encrypt.</exception>
    public void Encrypteds(ReadOnlySpan<byte> name, IReadOnlyList<string>? value)
    {
        if (value is null)
            return;
        _json.WriteStartArray(name);
        for (var i = 0; i < value.Count; i++)
        {
            if (string.IsNullOrEmpty(value[i]))
                TextElement(value[i]);
            else
                EncryptedValue(value[i]);
        }

        _json.WriteEndArray();
    }

    /// <summary>A list of texts, each encrypted with the platform key that the call has chosen; the list must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The plain texts.</param>
    /// <exception cref="ArgumentException">The list or an element is null, or an element is longer than the key can encrypt.</exception>
    public void RequiredEncrypteds(ReadOnlySpan<byte> name, IReadOnlyList<string>? value)
    {
        RequireList(name, value);
        Encrypteds(name, value);
    }

    private void TextElement(string? value)
    {
        if (value is null)
            Fail(MemberError.NullElement);
        if (!MemberError.IsPlain(value))
            Fail(MemberError.Supplementary);
        _json.WriteStringValue(value);
    }

    private void RequireList(ReadOnlySpan<byte> name, object? value)
    {
        if (value is null)
            Fail(name, MemberError.NotSet);
    }
}
