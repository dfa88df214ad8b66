using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using WeChatPay.Encryption;

namespace WeChatPay.Serialization;

// Reading one object: do { if (r.At("a"u8)) A = r.Text(); if (r.At("b"u8)) B = r.Integer(); … } while (r.More());
//
// The reader stands on the value of a member whose name it holds. At() compares names, a value method takes the value and goes on
// to the next member. Answers mostly come in declaration order, so one round takes all; in any other order More() asks for further
// rounds. A round in which nothing was taken began at a member that the model lacks: More() skips it. The last of two members of
// one name wins.
//
// What is accepted: JSON null reads as null. A number where a text is expected gives its digits as they stand, a text where a number
// is expected must be plain digits; an empty text there is no number, hence null. An integer with a fraction or an exponent is a
// failure, 1.0 and 1e2 too. Null elements of a list carry nothing and are left out. Everything else is a JsonBodyException with
// the path of the member, also malformed JSON, invalid UTF-8, more than 64 levels and bytes after the document. One byte order mark
// in front is skipped.

/// <summary>Used by generated code: reads the members of an answer or a notification.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref partial struct JsonBodyReader
{
    private const int MaxDepth = 64;
    private const int LongestCachedText = 10;

    private readonly ReadOnlySpan<byte> _document;
    private readonly SensitiveDecryptor? _decryptor;
    private Utf8JsonReader _json;
    private ReadOnlySpan<byte> _name;
    private bool _atMember;
    private bool _moved;

    private JsonBodyReader(ReadOnlySpan<byte> document, SensitiveDecryptor? decryptor)
    {
        _document = document;
        _decryptor = decryptor;
        _json = new Utf8JsonReader(document, isFinalBlock: true, new JsonReaderState(new JsonReaderOptions { MaxDepth = MaxDepth }));
    }

    /// <summary>The reader stands at the member of this name.</summary>
    /// <param name="name">The wire name, never empty.</param>
    public readonly bool At(ReadOnlySpan<byte> name) => _name.SequenceEqual(name);

    /// <summary>Another round is needed; false at the end of the object.</summary>
    public bool More()
    {
        if (_atMember && !_moved)
        {
            SkipValue();
            Advance();
        }

        _moved = false;
        return _atMember;
    }

    /// <summary>A text.</summary>
    public string? Text()
    {
        var value = TextHere();
        Advance();
        return value;
    }

    /// <summary>An integer; one with a fraction or an exponent is a failure.</summary>
    public long? Integer()
    {
        var value = IntegerHere();
        Advance();
        return value;
    }

    /// <summary>An integer that is never negative.</summary>
    public ulong? Unsigned()
    {
        var value = UnsignedHere();
        Advance();
        return value;
    }

    /// <summary>A number that may have a fraction; one that a <see cref="decimal"/> cannot hold exactly is a failure.</summary>
    public decimal? Decimal()
    {
        var value = DecimalHere();
        Advance();
        return value;
    }

    /// <summary>A truth value.</summary>
    public bool? Boolean()
    {
        var value = BooleanHere();
        Advance();
        return value;
    }

    /// <summary>Any JSON value.</summary>
    public JsonElement? Json()
    {
        var value = JsonHere();
        Advance();
        return value;
    }

    /// <summary>A time.</summary>
    public WeChatPayTime? Time()
    {
        var text = TextHere();
        Advance();
        return text is null ? default(WeChatPayTime?) : new WeChatPayTime(text);
    }

    /// <summary>A date.</summary>
    public WeChatPayDate? Date()
    {
        var text = TextHere();
        Advance();
        return text is null ? default(WeChatPayDate?) : new WeChatPayDate(text);
    }

    /// <summary>One of a set of texts, known or not.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    public T? Enumeration<T>()
        where T : WeChatPayEnumeration<T>, IOpenEnumeration<T>
    {
        var text = EnumerationHere();
        Advance();
        return WeChatPayEnumeration<T>.FromWire(text);
    }

    /// <summary>A nested object.</summary>
    /// <typeparam name="T">Its class.</typeparam>
    public T? Object<T>()
        where T : class, IJsonReadable<T>
    {
        var value = ObjectHere<T>();
        Advance();
        return value;
    }

    /// <summary>Text that the platform encrypted for the merchant's certificate.</summary>
    public string? Decrypted()
    {
        var value = DecryptedHere();
        Advance();
        return value;
    }

    /// <summary>The bytes of a base64 text; null if the member is null or no base64.</summary>
    internal byte[]? Base64()
    {
        var value = _json.TokenType == JsonTokenType.String ? StrictBase64.Decode(AsciiText()) : null;
        SkipValue();
        Advance();
        return value;
    }

    /// <summary>Reads a whole document.</summary>
    internal static T ReadDocument<T>(ReadOnlySpan<byte> utf8, SensitiveDecryptor? decryptor)
        where T : class, IJsonReadable<T>
    {
        if (utf8.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];
        if (utf8.IsEmpty)
            throw new JsonBodyException("", "is empty.");
        // Once for all, so that no member, taken or skipped, holds bytes that would be replaced on decoding.
        if (!System.Text.Unicode.Utf8.IsValid(utf8))
            throw new JsonBodyException("", "is not valid UTF-8.");

        var reader = new JsonBodyReader(utf8, decryptor);
        try
        {
            reader._json.Read();
            if (reader._json.TokenType != JsonTokenType.StartObject)
                throw new JsonBodyException("", $"is {Kind(reader._json.TokenType)} where an object is expected.");
            var value = reader.Nested<T>();
            reader._json.Read();
            return value;
        }
        catch (JsonException)
        {
            var consumed = (int)reader._json.BytesConsumed;
            throw new JsonBodyException("", $"is not valid JSON near byte {consumed}{InMember(JsonPath.After(utf8[..consumed]))}.");
        }

        static string InMember(string path) => path.Length == 0 ? "" : $", at '{path}'";
    }

    private static string Kind(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a truth value",
        JsonTokenType.Null => "null",
        _ => "nothing",
    };

    // The reader stands on the brace that opens the object, and afterwards on the one that closes it.
    private T Nested<T>()
        where T : class, IJsonReadable<T>
    {
        Advance();
        _moved = false;
        var value = T.Read(ref this);
        while (_atMember)
        {
            SkipValue();
            Advance();
        }

        return value;
    }

    private void Advance()
    {
        _json.Read();
        _moved = true;
        if (_json.TokenType == JsonTokenType.PropertyName)
        {
            _atMember = true;
            _name = _json.ValueIsEscaped ? UnescapedName() : _json.ValueSpan;
            _json.Read();
        }
        else
        {
            _atMember = false;
            _name = default;
        }
    }

    private void SkipValue()
    {
        if (_json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            _json.Skip();
    }

    private readonly byte[] UnescapedName()
    {
        var name = new byte[_json.ValueSpan.Length];
        try
        {
            return name[.._json.CopyString(name)];
        }
        catch (InvalidOperationException)
        {
            Fail("has a member whose name " + MemberError.HalfCharacter);
            return name;
        }
    }

    [DoesNotReturn]
    private readonly void Fail(string problem, bool isDecryption = false)
        => throw new JsonBodyException(
            JsonPath.After(_document[..(int)_json.TokenStartIndex]), problem, isDecryption, isDecryption ? _decryptor?.KeyFailure : null);

    [DoesNotReturn]
    private readonly void FailKind(string expected) => Fail($"is {Kind(_json.TokenType)} where {expected} is expected.");

    private readonly string Unescaped()
    {
        try
        {
            return _json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            Fail(MemberError.HalfCharacter);
            return null;
        }
    }

    private readonly string Digits() => Encoding.UTF8.GetString(_json.ValueSpan);
}
