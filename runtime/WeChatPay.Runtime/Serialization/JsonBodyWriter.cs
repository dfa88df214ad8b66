using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WeChatPay.Serialization;

// One uniquely named method for each kind of member: overload resolution over thousands of generated calls is
// what makes a compiler slow. Null (and a default enumeration or time) is left out; the Required form throws.
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class JsonBodyWriter
{
    public void Text(ReadOnlySpan<byte> name, string? value) => throw new NotImplementedException();
    public void RequiredText(ReadOnlySpan<byte> name, string? value) => throw new NotImplementedException();
    public void Integer(ReadOnlySpan<byte> name, long? value) => throw new NotImplementedException();
    public void Unsigned(ReadOnlySpan<byte> name, ulong? value) => throw new NotImplementedException();
    public void Decimal(ReadOnlySpan<byte> name, decimal? value) => throw new NotImplementedException();
    public void Boolean(ReadOnlySpan<byte> name, bool? value) => throw new NotImplementedException();
    public void Json(ReadOnlySpan<byte> name, JsonElement? value) => throw new NotImplementedException();
    public void RequiredJson(ReadOnlySpan<byte> name, JsonElement value) => throw new NotImplementedException();
    public void Time(ReadOnlySpan<byte> name, WeChatPayTime? value, WeChatPayTimeFormat format) => throw new NotImplementedException();
    public void RequiredTime(ReadOnlySpan<byte> name, WeChatPayTime value, WeChatPayTimeFormat format) => throw new NotImplementedException();
    public void Date(ReadOnlySpan<byte> name, WeChatPayDate? value, WeChatPayTimeFormat format) => throw new NotImplementedException();
    public void RequiredDate(ReadOnlySpan<byte> name, WeChatPayDate value, WeChatPayTimeFormat format) => throw new NotImplementedException();
    public void TimeAsNumber(ReadOnlySpan<byte> name, WeChatPayTime? value, WeChatPayTimeFormat format) => throw new NotImplementedException();
    public void RequiredTimeAsNumber(ReadOnlySpan<byte> name, WeChatPayTime value, WeChatPayTimeFormat format) => throw new NotImplementedException();
    public void Enumeration<T>(ReadOnlySpan<byte> name, T? value) where T : struct, IOpenEnumeration<T> => throw new NotImplementedException();
    public void RequiredEnumeration<T>(ReadOnlySpan<byte> name, T value) where T : struct, IOpenEnumeration<T> => throw new NotImplementedException();
    public void Object(ReadOnlySpan<byte> name, IJsonWritable? value) => throw new NotImplementedException();
    public void RequiredObject(ReadOnlySpan<byte> name, IJsonWritable? value) => throw new NotImplementedException();
    public void Objects(ReadOnlySpan<byte> name, IReadOnlyList<IJsonWritable>? value) => throw new NotImplementedException();
    public void RequiredObjects(ReadOnlySpan<byte> name, IReadOnlyList<IJsonWritable>? value) => throw new NotImplementedException();
    public void Texts(ReadOnlySpan<byte> name, IReadOnlyList<string>? value) => throw new NotImplementedException();
    public void RequiredTexts(ReadOnlySpan<byte> name, IReadOnlyList<string>? value) => throw new NotImplementedException();
    public void Integers(ReadOnlySpan<byte> name, IReadOnlyList<long>? value) => throw new NotImplementedException();
    public void RequiredIntegers(ReadOnlySpan<byte> name, IReadOnlyList<long>? value) => throw new NotImplementedException();
    public void Decimals(ReadOnlySpan<byte> name, IReadOnlyList<decimal>? value) => throw new NotImplementedException();
    public void RequiredDecimals(ReadOnlySpan<byte> name, IReadOnlyList<decimal>? value) => throw new NotImplementedException();
    public void Booleans(ReadOnlySpan<byte> name, IReadOnlyList<bool>? value) => throw new NotImplementedException();
    public void RequiredBooleans(ReadOnlySpan<byte> name, IReadOnlyList<bool>? value) => throw new NotImplementedException();
    public void Times(ReadOnlySpan<byte> name, IReadOnlyList<WeChatPayTime>? value, WeChatPayTimeFormat format) => throw new NotImplementedException();
    public void RequiredTimes(ReadOnlySpan<byte> name, IReadOnlyList<WeChatPayTime>? value, WeChatPayTimeFormat format) => throw new NotImplementedException();
    public void Dates(ReadOnlySpan<byte> name, IReadOnlyList<WeChatPayDate>? value, WeChatPayTimeFormat format) => throw new NotImplementedException();
    public void RequiredDates(ReadOnlySpan<byte> name, IReadOnlyList<WeChatPayDate>? value, WeChatPayTimeFormat format) => throw new NotImplementedException();
    public void Enumerations<T>(ReadOnlySpan<byte> name, IReadOnlyList<T>? value) where T : struct, IOpenEnumeration<T> => throw new NotImplementedException();
    public void RequiredEnumerations<T>(ReadOnlySpan<byte> name, IReadOnlyList<T>? value) where T : struct, IOpenEnumeration<T> => throw new NotImplementedException();
    public void JsonList(ReadOnlySpan<byte> name, IReadOnlyList<JsonElement>? value) => throw new NotImplementedException();
    public void RequiredJsonList(ReadOnlySpan<byte> name, IReadOnlyList<JsonElement>? value) => throw new NotImplementedException();
    /// <summary>Encrypts with the platform key that the call has chosen. Null is left out, empty text is sent as it is.</summary>
    public void Encrypted(ReadOnlySpan<byte> name, string? value) => throw new NotImplementedException();
    public void RequiredEncrypted(ReadOnlySpan<byte> name, string? value) => throw new NotImplementedException();
    public void Encrypteds(ReadOnlySpan<byte> name, IReadOnlyList<string>? value) => throw new NotImplementedException();
    public void RequiredEncrypteds(ReadOnlySpan<byte> name, IReadOnlyList<string>? value) => throw new NotImplementedException();
    /// <summary>What the spec lacks; a name that was written already is an error.</summary>
    public void Extra(JsonObject? value) => throw new NotImplementedException();
}

[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class QueryWriter
{
    public void Text(string name, string? value) => throw new NotImplementedException();
    public void RequiredText(string name, string? value) => throw new NotImplementedException();
    public void Integer(string name, long? value) => throw new NotImplementedException();
    public void Unsigned(string name, ulong? value) => throw new NotImplementedException();
    public void Decimal(string name, decimal? value) => throw new NotImplementedException();
    public void Boolean(string name, bool? value) => throw new NotImplementedException();
    public void Time(string name, WeChatPayTime? value, WeChatPayTimeFormat format) => throw new NotImplementedException();
    public void RequiredTime(string name, WeChatPayTime value, WeChatPayTimeFormat format) => throw new NotImplementedException();
    public void Date(string name, WeChatPayDate? value, WeChatPayTimeFormat format) => throw new NotImplementedException();
    public void RequiredDate(string name, WeChatPayDate value, WeChatPayTimeFormat format) => throw new NotImplementedException();
    public void Enumeration<T>(string name, T? value) where T : struct, IOpenEnumeration<T> => throw new NotImplementedException();
    public void RequiredEnumeration<T>(string name, T value) where T : struct, IOpenEnumeration<T> => throw new NotImplementedException();
    /// <summary>A list repeats its name.</summary>
    public void Texts(string name, IReadOnlyList<string>? value) => throw new NotImplementedException();
    public void RequiredTexts(string name, IReadOnlyList<string>? value) => throw new NotImplementedException();
    public void Integers(string name, IReadOnlyList<long>? value) => throw new NotImplementedException();
    public void RequiredIntegers(string name, IReadOnlyList<long>? value) => throw new NotImplementedException();
    public void Enumerations<T>(string name, IReadOnlyList<T>? value) where T : struct, IOpenEnumeration<T> => throw new NotImplementedException();
    public void RequiredEnumerations<T>(string name, IReadOnlyList<T>? value) where T : struct, IOpenEnumeration<T> => throw new NotImplementedException();
    /// <summary>An object is serialised to JSON and then percent-encoded.</summary>
    public void Object(string name, IJsonWritable? value) => throw new NotImplementedException();
    public void RequiredObject(string name, IJsonWritable? value) => throw new NotImplementedException();
    public void Json(string name, JsonElement? value) => throw new NotImplementedException();
    /// <summary>Encrypted with the platform key, then percent-encoded.</summary>
    public void Encrypted(string name, string? value) => throw new NotImplementedException();
    public void RequiredEncrypted(string name, string? value) => throw new NotImplementedException();
}

[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class HeaderWriter
{
    public void Text(string name, string? value) => throw new NotImplementedException();
    public void RequiredText(string name, string? value) => throw new NotImplementedException();
    public void Integer(string name, long? value) => throw new NotImplementedException();
    public void Boolean(string name, bool? value) => throw new NotImplementedException();
    public void Enumeration<T>(string name, T? value) where T : struct, IOpenEnumeration<T> => throw new NotImplementedException();
    public void RequiredEnumeration<T>(string name, T value) where T : struct, IOpenEnumeration<T> => throw new NotImplementedException();
}
