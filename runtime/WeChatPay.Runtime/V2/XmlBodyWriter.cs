using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using WeChatPay.Signing;
using WeChatPay.V2;

namespace WeChatPay.Serialization;

/// <summary>
/// Used by generated code: writes the members of an APIv2 request, one XML element each, in their order. Null is left out; an empty text is
/// written and, by the protocol, not signed.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class XmlBodyWriter
{
    private readonly List<KeyValuePair<string, string>> _members = [];

    internal XmlBodyWriter()
    {
    }

    /// <summary>A text.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    /// <exception cref="ArgumentException">The value holds what XML or WeChat Pay does not take.</exception>
    public void Text(string name, string? value)
    {
        if (value is null)
            return;
        if (!MemberError.IsPlain(value))
            MemberError.Throw(name, MemberError.Supplementary);
        foreach (var c in value)
        {
            if (c is < ' ' and not ('\t' or '\n' or '\r') or '\uFFFE' or '\uFFFF')
                MemberError.Throw(name, "holds a control character, which XML cannot carry.");
        }

        _members.Add(new(name, value));
    }

    /// <summary>A text that must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The value is null.</exception>
    public void RequiredText(string name, string? value)
    {
        if (value is null)
            MemberError.Throw(name, MemberError.NotSet);
        Text(name, value);
    }

    /// <summary>An integer.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Integer(string name, long? value) => Text(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>An integer that is never negative.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Unsigned(string name, ulong? value) => Text(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number that may have a fraction.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Decimal(string name, decimal? value) => Text(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>A truth value, <c>true</c> or <c>false</c>.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Boolean(string name, bool? value) => Text(name, value is { } flag ? (flag ? "true" : "false") : null);

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

    /// <summary>Any JSON value, as text.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null and undefined are left out.</param>
    public void Json(string name, JsonElement? value)
    {
        if (value is { ValueKind: not JsonValueKind.Undefined } json)
            Text(name, json.ValueKind == JsonValueKind.String ? json.GetString() : json.GetRawText());
    }

    /// <summary>Any JSON value, as text; it must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The value is undefined.</exception>
    public void RequiredJson(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
            MemberError.Throw(name, MemberError.NotSet);
        Json(name, value);
    }

    /// <summary>The random text of this request, unless the caller gave one.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The caller's; null for one of the client's making.</param>
    public void Nonce(string name, string? value) => Text(name, string.IsNullOrEmpty(value) ? Signing.Nonce.Create() : value);

    /// <summary>The algorithm of the signature, unless the caller chose one.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The caller's choice, or null.</param>
    /// <param name="otherwise">What is used then.</param>
    public void SignType(string name, string? value, string otherwise) => Text(name, string.IsNullOrEmpty(value) ? otherwise : value);

    /// <summary>Members that the class lacks. Objects and lists are written as JSON text.</summary>
    /// <param name="members">The members; null for none.</param>
    /// <exception cref="ArgumentException">A name was written already, is the signature, or is no name of an element.</exception>
    public void Extra(JsonObject? members)
    {
        if (members is null)
            return;
        foreach (var (name, value) in members)
        {
            if (name == V2Signature.SignName || _members.Exists(member => member.Key == name))
                MemberError.Throw($"ExtraProperties.{name}", "is a member that the request sends already.");
            Text(name, value is JsonValue text && text.TryGetValue<string>(out var plain) ? plain : value?.ToJsonString());
        }
    }

    /// <summary>Signs what was written and makes the document of it.</summary>
    /// <exception cref="ArgumentException">The algorithm is unknown, or a name cannot be one of an element.</exception>
    internal (ReadOnlyMemory<byte> Body, V2Message Message) Sign(string key)
    {
        if (!V2Signature.TryParse(_members.Find(static member => member.Key == V2Signature.SignTypeName).Value, out var type))
            MemberError.Throw(V2Signature.SignTypeName, $"must be {V2Signature.Md5Name} or {V2Signature.HmacName}.");
        var text = new StringBuilder("<xml>");
        foreach (var (name, value) in _members)
            Element(text, name, value);
        Element(text, V2Signature.SignName, V2Signature.Compute(_members, key, type));
        return (Encoding.UTF8.GetBytes(text.Append("</xml>").ToString()), new(_members, key, type));
    }

    private static void Element(StringBuilder text, string name, string value)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (!XmlParser.IsNamePart(name[i], isFirst: i == 0))
                MemberError.Throw(name, "cannot be the name of an XML element.");
        }

        text.Append('<').Append(name).Append('>');
        foreach (var c in value)
        {
            _ = c switch
            {
                '&' => text.Append("&amp;"),
                '<' => text.Append("&lt;"),
                '>' => text.Append("&gt;"),

                // A parser folds line ends, after which the signature would not fit.
                '\r' => text.Append("&#13;"),
                _ => text.Append(c),
            };
        }

        text.Append("</").Append(name).Append('>');
    }
}
