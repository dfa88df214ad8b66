using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.Json;
using WeChatPay.Encryption;
using WeChatPay.V2;

namespace WeChatPay.Serialization;

/// <summary>
/// Used by generated code: reads the members of an APIv2 document. A member that is missing or empty where a value is needed is null, never 0.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class XmlBodyReader
{
    private readonly List<XmlNode> _members;
    private readonly SensitiveDecryptor? _decryptor;
    private int _next;

    private XmlBodyReader(List<XmlNode> members, SensitiveDecryptor? decryptor)
    {
        _members = members;
        _decryptor = decryptor;
    }

    /// <summary>A text.</summary>
    /// <param name="name">The wire name.</param>
    public string? Text(string name) => Find(name)?.Text;

    /// <summary>A text that is encrypted for the merchant.</summary>
    /// <param name="name">The wire name.</param>
    public string? Decrypted(string name) => Decrypt(name, Text(name));

    /// <summary>An integer.</summary>
    /// <param name="name">The wire name.</param>
    public long? Integer(string name) => ToInteger(name, Text(name));

    /// <summary>An integer that is never negative.</summary>
    /// <param name="name">The wire name.</param>
    public ulong? Unsigned(string name) => Text(name) is not { Length: > 0 } text ? null
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
        : throw new JsonBodyException(name, "is no integer from 0 to 18446744073709551615.");

    /// <summary>A number that may have a fraction.</summary>
    /// <param name="name">The wire name.</param>
    public decimal? Decimal(string name) => ToDecimal(name, Text(name));

    /// <summary>A truth value.</summary>
    /// <param name="name">The wire name.</param>
    public bool? Boolean(string name) => Text(name) switch
    {
        null or "" => null,
        "true" or "TRUE" or "True" or "1" or "Y" => true,
        "false" or "FALSE" or "False" or "0" or "N" => false,
        _ => throw new JsonBodyException(name, "is neither true nor false."),
    };

    /// <summary>A time.</summary>
    /// <param name="name">The wire name.</param>
    public WeChatPayTime? Time(string name)
    {
        // Not by "?:", which would convert the null as a text: a time that is there and has none.
        if (Text(name) is { } text)
            return new WeChatPayTime(text);
        return null;
    }

    /// <summary>A date.</summary>
    /// <param name="name">The wire name.</param>
    public WeChatPayDate? Date(string name)
    {
        if (Text(name) is { } text)
            return new WeChatPayDate(text);
        return null;
    }

    /// <summary>One of a set of texts.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="name">The wire name.</param>
    public T? Enumeration<T>(string name)
        where T : WeChatPayEnumeration<T>, IOpenEnumeration<T>
        => WeChatPayEnumeration<T>.FromWire(Text(name));

    /// <summary>JSON within the text; a text that is no JSON comes as a JSON string.</summary>
    /// <param name="name">The wire name.</param>
    public JsonElement? Json(string name)
    {
        if (Find(name) is not { } node)
            return null;
        try
        {
            using var document = JsonDocument.Parse(XmlToJson.Convert(node));
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            using var document = JsonDocument.Parse(XmlToJson.ToJsonString(node.Text));
            return document.RootElement.Clone();
        }
    }

    /// <summary>An object: JSON within the text, or nested elements.</summary>
    /// <typeparam name="T">Its class.</typeparam>
    /// <param name="name">The wire name.</param>
    public T? Object<T>(string name)
        where T : class, IJsonReadable<T>
        => Find(name) is { } node && !IsBlank(node) ? Read<T>(name, XmlToJson.Convert(node)) : null;

    /// <summary>A document.</summary>
    /// <exception cref="JsonBodyException">A member has a form that its class does not take.</exception>
    internal static T Read<T>(XmlNode root, SensitiveDecryptor? decryptor = null)
        where T : class, IXmlReadable<T>
        => T.Read(new(root.Children ?? [], decryptor));

    private T Read<T>(string name, ReadOnlyMemory<byte> json)
        where T : class, IJsonReadable<T>
    {
        try
        {
            return JsonBody.Read<T>(json, _decryptor);
        }
        catch (JsonBodyException e)
        {
            throw new JsonBodyException(e.Path.Length == 0 ? name : $"{name}.{e.Path}", e.Problem, e.IsDecryption, e.InnerException);
        }
    }

    private string? Decrypt(string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return text;
        if (_decryptor is null)
            throw new JsonBodyException(name, "is encrypted for the merchant, and there is no key to decrypt it with here.", isDecryption: true);
        return _decryptor.Decrypt(Encoding.UTF8.GetBytes(text))
            ?? throw new JsonBodyException(name, "cannot be decrypted with the merchant's private key.", isDecryption: true, _decryptor.KeyFailure);
    }

    private static bool IsBlank(XmlNode node) => node.Children is null && string.IsNullOrWhiteSpace(node.Text);

    private static long? ToInteger(string name, string? text) => string.IsNullOrEmpty(text) ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
        : throw new JsonBodyException(name, "is no integer of 64 bits.");

    private static decimal? ToDecimal(string name, string? text) => string.IsNullOrEmpty(text) ? null
        : DecimalText.TryParse(Encoding.UTF8.GetBytes(text), out var value) ? value
        : throw new JsonBodyException(name, "is no number, or one of too many digits.");

    // Answers come mostly in the order of the document, so the search begins behind what was found last.
    private XmlNode? Find(string name)
    {
        for (var i = 0; i < _members.Count; i++)
        {
            var at = _next + i;
            at = at < _members.Count ? at : at - _members.Count;
            if (_members[at].Name == name)
            {
                _next = at + 1 < _members.Count ? at + 1 : 0;
                return _members[at];
            }
        }

        return null;
    }
}
