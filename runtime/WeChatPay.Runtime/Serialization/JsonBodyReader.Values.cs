using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WeChatPay.Serialization;

// The value on which the reader stands, without going on; lists use these for their elements.
public ref partial struct JsonBodyReader
{
    private static readonly SearchValues<byte> s_digits = SearchValues.Create("0123456789"u8);

    private readonly string? TextHere()
    {
        switch (_json.TokenType)
        {
            case JsonTokenType.String:
                if (_json.ValueIsEscaped)
                    return Unescaped();
                var utf8 = _json.ValueSpan;
                return utf8.Length <= LongestCachedText ? WireTextCache.Get(utf8) : Encoding.UTF8.GetString(utf8);
            case JsonTokenType.Number:
                return Digits();
            case JsonTokenType.True:
                return "true";
            case JsonTokenType.False:
                return "false";
            case JsonTokenType.Null:
                return null;
            default:
                FailKind("a text");
                return null;
        }
    }

    private readonly string? EnumerationHere()
    {
        if (_json is { TokenType: JsonTokenType.String, ValueIsEscaped: false, ValueSpan.Length: <= WireTextCache.LongestValue })
            return WireTextCache.Get(_json.ValueSpan);
        return TextHere();
    }

    private readonly long? IntegerHere()
    {
        long number = 0;
        switch (_json.TokenType)
        {
            case JsonTokenType.Number:
                if (!_json.TryGetInt64(out number))
                    Fail("is no 64-bit integer: it has a fraction, an exponent or too many digits.");
                return number;
            case JsonTokenType.String:
                var text = AsciiText();
                if (text.IsEmpty)
                    return null;
                if (!IsInteger(text) || !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
                    Fail("is a text that is no 64-bit integer.");
                return number;
            case JsonTokenType.Null:
                return null;
            default:
                FailKind("an integer");
                return null;
        }
    }

    private readonly ulong? UnsignedHere()
    {
        ulong number = 0;
        switch (_json.TokenType)
        {
            case JsonTokenType.Number:
                if (!_json.TryGetUInt64(out number))
                    Fail("is no unsigned 64-bit integer: it is negative, has a fraction, an exponent or too many digits.");
                return number;
            case JsonTokenType.String:
                var text = AsciiText();
                if (text.IsEmpty)
                    return null;
                if (text.ContainsAnyExcept(s_digits) || !ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number))
                    Fail("is a text that is no unsigned 64-bit integer.");
                return number;
            case JsonTokenType.Null:
                return null;
            default:
                FailKind("an integer");
                return null;
        }
    }

    private readonly decimal? DecimalHere()
    {
        switch (_json.TokenType)
        {
            case JsonTokenType.Number:
            case JsonTokenType.String:
                var text = _json.TokenType == JsonTokenType.Number ? _json.ValueSpan : AsciiText();
                if (text.IsEmpty)
                    return null;
                if (!DecimalText.TryParse(text, out var number))
                    Fail("is no number that 28 decimal digits can hold exactly.");
                return number;
            case JsonTokenType.Null:
                return null;
            default:
                FailKind("a number");
                return null;
        }
    }

    private readonly bool? BooleanHere()
    {
        switch (_json.TokenType)
        {
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String:
                var text = AsciiText();
                if (text.IsEmpty)
                    return null;
                var isTrue = Ascii.EqualsIgnoreCase(text, "true"u8);
                if (!isTrue && !Ascii.EqualsIgnoreCase(text, "false"u8))
                    Fail("is a text that is neither true nor false.");
                return isTrue;
            default:
                FailKind("a truth value");
                return null;
        }
    }

    private JsonElement? JsonHere()
    {
        if (_json.TokenType == JsonTokenType.Null)
            return null;
        return JsonElement.ParseValue(ref _json);
    }

    private T? ObjectHere<T>()
        where T : class, IJsonReadable<T>
    {
        if (_json.TokenType == JsonTokenType.StartObject)
            return Nested<T>();
        if (_json.TokenType != JsonTokenType.Null)
            FailKind("an object");
        return null;
    }

    private readonly string? DecryptedHere()
    {
        switch (_json.TokenType)
        {
            case JsonTokenType.String:
                var ciphertext = AsciiText();
                if (ciphertext.IsEmpty)
                    return "";
                if (_decryptor is null)
                    Fail("is encrypted for the merchant, and there is no key to decrypt it with here.", isDecryption: true);
                if (_decryptor.Decrypt(ciphertext) is not { } text)
                {
                    Fail("cannot be decrypted with the merchant's private key.", isDecryption: true);
                    return null;
                }

                return text;
            case JsonTokenType.Null:
                return null;
            default:
                FailKind("an encrypted text");
                return null;
        }
    }

    // The text of a string that should be ASCII; some servers escape the slash of base64.
    private readonly ReadOnlySpan<byte> AsciiText()
        => _json.ValueIsEscaped ? Encoding.UTF8.GetBytes(Unescaped()) : _json.ValueSpan;

    private static bool IsInteger(ReadOnlySpan<byte> text)
    {
        if (text[0] == '-')
            text = text[1..];
        return !text.IsEmpty && !text.ContainsAnyExcept(s_digits);
    }
}
