using System.Text.Json;
using WeChatPay.V2;

namespace WeChatPay.Serialization;

// In lists of numbered members the place in the list is the number in the name: lists of one answer belong together by it, so a number
// that is left out leaves a null.
public sealed partial class XmlBodyReader
{
    /// <summary>Texts.</summary>
    /// <param name="name">The wire name, a pattern for numbered members.</param>
    public IReadOnlyList<string?>? Texts(string name) => List(name, static (_, text) => text);

    /// <summary>Integers.</summary>
    /// <param name="name">The wire name, a pattern for numbered members.</param>
    public IReadOnlyList<long?>? Integers(string name) => List(name, ToInteger);

    /// <summary>Numbers that may have a fraction.</summary>
    /// <param name="name">The wire name, a pattern for numbered members.</param>
    public IReadOnlyList<decimal?>? Decimals(string name) => List(name, ToDecimal);

    /// <summary>Enumerations.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="name">The wire name, a pattern for numbered members.</param>
    public IReadOnlyList<T?>? Enumerations<T>(string name)
        where T : WeChatPayEnumeration<T>, IOpenEnumeration<T>
        => List(name, static (_, text) => WeChatPayEnumeration<T>.FromWire(text));

    /// <summary>Texts with two numbers in their names.</summary>
    /// <param name="name">The pattern of the wire names.</param>
    public IReadOnlyList<IReadOnlyList<string?>?>? TextLists(string name) => Lists(name, static (_, text) => text);

    /// <summary>Integers with two numbers in their names.</summary>
    /// <param name="name">The pattern of the wire names.</param>
    public IReadOnlyList<IReadOnlyList<long?>?>? IntegerLists(string name) => Lists(name, ToInteger);

    /// <summary>Numbers that may have a fraction, with two numbers in their names.</summary>
    /// <param name="name">The pattern of the wire names.</param>
    public IReadOnlyList<IReadOnlyList<decimal?>?>? DecimalLists(string name) => Lists(name, ToDecimal);

    /// <summary>Enumerations with two numbers in their names.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="name">The pattern of the wire names.</param>
    public IReadOnlyList<IReadOnlyList<T?>?>? EnumerationLists<T>(string name)
        where T : WeChatPayEnumeration<T>, IOpenEnumeration<T>
        => Lists(name, static (_, text) => WeChatPayEnumeration<T>.FromWire(text));

    /// <summary>Texts that are encrypted for the merchant.</summary>
    /// <param name="name">The wire name, a pattern for numbered members.</param>
    public IReadOnlyList<string?>? Decrypteds(string name) => List(name, Decrypt);

    /// <summary>Texts that are encrypted for the merchant, with two numbers in their names.</summary>
    /// <param name="name">The pattern of the wire names.</param>
    public IReadOnlyList<IReadOnlyList<string?>?>? DecryptedLists(string name) => Lists(name, Decrypt);

    /// <summary>Objects: a JSON list within the text, or nested elements, one for each object.</summary>
    /// <typeparam name="T">Their class.</typeparam>
    /// <param name="name">The wire name.</param>
    public IReadOnlyList<T>? Objects<T>(string name)
        where T : class, IJsonReadable<T>
    {
        if (Find(name) is not { } node || IsBlank(node))
            return null;
        var result = new List<T>();
        foreach (var json in Elements(name, node))
            result.Add(Read<T>($"{name}[{result.Count}]", json));
        return result;
    }

    private static List<ReadOnlyMemory<byte>> Elements(string name, XmlNode node)
    {
        var result = new List<ReadOnlyMemory<byte>>();
        if (node.Children is { } children)
        {
            foreach (var child in children)
                result.Add(XmlToJson.Convert(child));
            return result;
        }

        try
        {
            using var document = JsonDocument.Parse(XmlToJson.Convert(node));
            if (document.RootElement.ValueKind == JsonValueKind.Array)
            {
                foreach (var element in document.RootElement.EnumerateArray())
                    result.Add(XmlToJson.Utf8(element.GetRawText()));
                return result;
            }
        }
        catch (JsonException)
        {
            // Its message would quote the text.
        }

        throw new JsonBodyException(name, "is no list in JSON.");
    }

    private List<T>? List<T>(string name, Func<string, string?, T> convert)
    {
        if (!FamilyName.IsOne(name))
            return Plain(name, convert);
        var family = new FamilyName(name);
        List<T>? result = null;
        foreach (var member in _members)
        {
            if (family.TryMatch(member.Name, out var index, out _))
                Put(result ??= [], index, convert(member.Name, member.Text));
        }

        return result;
    }

    private List<IReadOnlyList<T>?>? Lists<T>(string name, Func<string, string?, T> convert)
    {
        var family = new FamilyName(name);
        List<IReadOnlyList<T>?>? result = null;
        foreach (var member in _members)
        {
            if (!family.TryMatch(member.Name, out var outer, out var inner))
                continue;
            result ??= [];
            if (outer >= result.Count || result[outer] is null)
                Put(result, outer, new List<T>());
            Put((List<T>)result[outer]!, inner, convert(member.Name, member.Text));
        }

        return result;
    }

    private static void Put<T>(List<T> list, int index, T value)
    {
        while (list.Count <= index)
            list.Add(default!);
        list[index] = value;
    }

    /// <summary>A list in one element: a JSON list of scalars, nested elements, or one value.</summary>
    private List<T>? Plain<T>(string name, Func<string, string?, T> convert)
    {
        if (Find(name) is not { } node || IsBlank(node))
            return null;
        var result = new List<T>();
        if (node.Children is { } children)
        {
            foreach (var child in children)
                result.Add(convert(name, child.Text));
            return result;
        }

        if (node.Text.AsSpan().TrimStart() is ['[', ..])
        {
            foreach (var json in Elements(name, node))
            {
                using var document = JsonDocument.Parse(json);
                result.Add(convert(name, document.RootElement.ValueKind == JsonValueKind.String ? document.RootElement.GetString() : document.RootElement.GetRawText()));
            }

            return result;
        }

        result.Add(convert(name, node.Text));
        return result;
    }
}
