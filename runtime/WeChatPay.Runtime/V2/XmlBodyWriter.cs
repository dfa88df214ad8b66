using System.ComponentModel;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using WeChatPay.Encryption;
using WeChatPay.V2;

namespace WeChatPay.Serialization;

/// <summary>
/// Used by generated code: writes the members of an APIv2 request, one XML element each, in their order. Null is left out; an empty text is
/// written and, by the protocol, not signed.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class XmlBodyWriter : ScalarWriter
{
    private readonly List<KeyValuePair<string, string>> _members = [];

    internal XmlBodyWriter(SensitiveEncryptor? encryptor)
        : base(encryptor)
    {
    }

    /// <inheritdoc/>
    public override void Text(string name, string? value)
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
        var message = V2Message.Sign(_members, key, out var sign);
        var text = new StringBuilder("<xml>");
        foreach (var (name, value) in _members)
            Element(text, name, value);
        Element(text, V2Signature.SignName, sign);
        return (Encoding.UTF8.GetBytes(text.Append("</xml>").ToString()), message);
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
