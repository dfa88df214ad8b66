using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using WeChatPay.V2;

namespace WeChatPay.Serialization;

// Lists travel as numbered members (coupon_id_$n), everything else that is not flat as JSON text within one element.
public sealed partial class XmlBodyWriter
{
    /// <summary>An object, as JSON text.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Object(string name, IJsonWritable? value)
    {
        if (value is not null)
            Text(name, JsonOf(name, value));
    }

    /// <summary>An object, as JSON text; it must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The value is null.</exception>
    public void RequiredObject(string name, IJsonWritable? value)
    {
        if (value is null)
            MemberError.Throw(name, MemberError.NotSet);
        Object(name, value);
    }

    /// <summary>A list of objects, as JSON text.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The values; null is left out.</param>
    public void Objects(string name, IReadOnlyList<IJsonWritable>? value)
    {
        if (value is null)
            return;
        var text = new StringBuilder("[");
        for (var i = 0; i < value.Count; i++)
            text.Append(i == 0 ? "" : ",").Append(JsonOf(name, value[i]));
        Text(name, text.Append(']').ToString());
    }

    /// <summary>Texts.</summary>
    /// <param name="name">The wire name, a pattern for numbered members.</param>
    /// <param name="value">The values; a null in the list is left out.</param>
    public void Texts(string name, IReadOnlyList<string?>? value) => List(name, value, static item => item);

    /// <summary>Integers.</summary>
    /// <param name="name">The wire name, a pattern for numbered members.</param>
    /// <param name="value">The values; a null in the list is left out.</param>
    public void Integers(string name, IReadOnlyList<long?>? value) => List(name, value, static item => item?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Numbers that may have a fraction.</summary>
    /// <param name="name">The wire name, a pattern for numbered members.</param>
    /// <param name="value">The values; a null in the list is left out.</param>
    public void Decimals(string name, IReadOnlyList<decimal?>? value) => List(name, value, static item => item?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Enumerations.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="name">The wire name, a pattern for numbered members.</param>
    /// <param name="value">The values; a null in the list is left out.</param>
    public void Enumerations<T>(string name, IReadOnlyList<T?>? value)
        where T : WeChatPayEnumeration<T>, IOpenEnumeration<T>
        => List(name, value, static item => item?.Value);

    /// <summary>Texts with two numbers in their names.</summary>
    /// <param name="name">The pattern of the wire names.</param>
    /// <param name="value">The values; a null is left out.</param>
    public void TextLists(string name, IReadOnlyList<IReadOnlyList<string?>?>? value) => Lists(name, value, static item => item);

    /// <summary>Integers with two numbers in their names.</summary>
    /// <param name="name">The pattern of the wire names.</param>
    /// <param name="value">The values; a null is left out.</param>
    public void IntegerLists(string name, IReadOnlyList<IReadOnlyList<long?>?>? value)
        => Lists(name, value, static item => item?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Numbers that may have a fraction, with two numbers in their names.</summary>
    /// <param name="name">The pattern of the wire names.</param>
    /// <param name="value">The values; a null is left out.</param>
    public void DecimalLists(string name, IReadOnlyList<IReadOnlyList<decimal?>?>? value)
        => Lists(name, value, static item => item?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Enumerations with two numbers in their names.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="name">The pattern of the wire names.</param>
    /// <param name="value">The values; a null is left out.</param>
    public void EnumerationLists<T>(string name, IReadOnlyList<IReadOnlyList<T?>?>? value)
        where T : WeChatPayEnumeration<T>, IOpenEnumeration<T>
        => Lists(name, value, static item => item?.Value);

    /// <summary>Texts, each encrypted with the platform key.</summary>
    /// <param name="name">The wire name, a pattern for numbered members.</param>
    /// <param name="value">The plain texts; a null in the list is left out.</param>
    /// <exception cref="ArgumentException">A text is longer than the key can encrypt.</exception>
    public void Encrypteds(string name, IReadOnlyList<string?>? value) => List(name, value, item => Encrypt(name, item));

    /// <summary>Texts with two numbers in their names, each encrypted with the platform key.</summary>
    /// <param name="name">The pattern of the wire names.</param>
    /// <param name="value">The plain texts; a null is left out.</param>
    /// <exception cref="ArgumentException">A text is longer than the key can encrypt.</exception>
    public void EncryptedLists(string name, IReadOnlyList<IReadOnlyList<string?>?>? value) => Lists(name, value, item => Encrypt(name, item));

    private void List<T>(string name, IReadOnlyList<T>? values, Func<T, string?> text)
    {
        if (values is null)
            return;
        if (FamilyName.IsOne(name))
        {
            for (var i = 0; i < values.Count; i++)
                Text(FamilyName.Make(name, i, 0), text(values[i]));
            return;
        }

        var array = new JsonArray();
        foreach (var value in values)
        {
            if (text(value) is { } item)
                array.Add((JsonNode)JsonValue.Create(item)!);
        }

        Text(name, array.ToJsonString());
    }

    private void Lists<T>(string name, IReadOnlyList<IReadOnlyList<T>?>? values, Func<T, string?> text)
    {
        for (var i = 0; i < values?.Count; i++)
        {
            for (var j = 0; j < values[i]?.Count; j++)
                Text(FamilyName.Make(name, i, j), text(values[i]![j]));
        }
    }

    private string JsonOf(string name, IJsonWritable value)
    {
        var json = JsonBodyWriter.WriteObject(value, Encryptor, name);
        EncryptedWithSerial ??= json.EncryptedWithSerial;
        return Encoding.UTF8.GetString(json.Bytes.Span);
    }
}
