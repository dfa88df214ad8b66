using System.Text.Json;

namespace WeChatPay.Serialization;

// Lists. A null element is left out: the lists of a model never hold null, and the raw body still has it.
public ref partial struct JsonBodyReader
{
    /// <summary>A list of objects.</summary>
    /// <typeparam name="T">Their class.</typeparam>
    public IReadOnlyList<T>? Objects<T>()
        where T : class, IJsonReadable<T>
    {
        if (!EnterList())
            return null;
        var list = new List<T>();
        while (NextElement())
        {
            if (ObjectHere<T>() is { } value)
                list.Add(value);
        }

        return list;
    }

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string>? Texts()
    {
        if (!EnterList())
            return null;
        var list = new List<string>();
        while (NextElement())
        {
            if (TextHere() is { } value)
                list.Add(value);
        }

        return list;
    }

    /// <summary>A list of integers.</summary>
    public IReadOnlyList<long>? Integers()
    {
        if (!EnterList())
            return null;
        var list = new List<long>();
        while (NextElement())
        {
            if (IntegerHere() is { } value)
                list.Add(value);
        }

        return list;
    }

    /// <summary>A list of numbers that may have fractions.</summary>
    public IReadOnlyList<decimal>? Decimals()
    {
        if (!EnterList())
            return null;
        var list = new List<decimal>();
        while (NextElement())
        {
            if (DecimalHere() is { } value)
                list.Add(value);
        }

        return list;
    }

    /// <summary>A list of truth values.</summary>
    public IReadOnlyList<bool>? Booleans()
    {
        if (!EnterList())
            return null;
        var list = new List<bool>();
        while (NextElement())
        {
            if (BooleanHere() is { } value)
                list.Add(value);
        }

        return list;
    }

    /// <summary>A list of times.</summary>
    public IReadOnlyList<WeChatPayTime>? Times()
    {
        if (!EnterList())
            return null;
        var list = new List<WeChatPayTime>();
        while (NextElement())
        {
            if (TextHere() is { } value)
                list.Add(new WeChatPayTime(value));
        }

        return list;
    }

    /// <summary>A list of dates.</summary>
    public IReadOnlyList<WeChatPayDate>? Dates()
    {
        if (!EnterList())
            return null;
        var list = new List<WeChatPayDate>();
        while (NextElement())
        {
            if (TextHere() is { } value)
                list.Add(new WeChatPayDate(value));
        }

        return list;
    }

    /// <summary>A list of enumeration values.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    public IReadOnlyList<T>? Enumerations<T>()
        where T : WeChatPayEnumeration<T>, IOpenEnumeration<T>
    {
        if (!EnterList())
            return null;
        var list = new List<T>();
        while (NextElement())
        {
            if (EnumerationHere() is { } value)
                list.Add(WeChatPayEnumeration<T>.FromWire(value));
        }

        return list;
    }

    /// <summary>A list of any JSON values.</summary>
    public IReadOnlyList<JsonElement>? JsonList()
    {
        if (!EnterList())
            return null;
        var list = new List<JsonElement>();
        while (NextElement())
        {
            if (JsonHere() is { } value)
                list.Add(value);
        }

        return list;
    }

    /// <summary>A list of texts that the platform encrypted for the merchant's certificate.</summary>
    public IReadOnlyList<string>? Decrypteds()
    {
        if (!EnterList())
            return null;
        var list = new List<string>();
        while (NextElement())
        {
            if (DecryptedHere() is { } value)
                list.Add(value);
        }

        return list;
    }

    // False if the member is null, which is then behind the reader.
    private bool EnterList()
    {
        if (_json.TokenType == JsonTokenType.StartArray)
            return true;
        if (_json.TokenType != JsonTokenType.Null)
            FailKind("a list");
        Advance();
        return false;
    }

    // False at the end of the list, which is then behind the reader.
    private bool NextElement()
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.EndArray)
            return true;
        Advance();
        return false;
    }
}
