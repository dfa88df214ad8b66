using System.Globalization;
using System.Text;
using WeChatPay.Serialization;

namespace WeChatPay.V2;

/// <summary>
/// Reads the XML that APIv2 sends: elements, text and CDATA. A parser of our own, because it has so little to understand: what is refused here
/// (document types, entities) has no code that a setting could bring to life, and the values are exactly those that the server signed. Line ends
/// are not folded and control characters are kept for that reason, unlike in a full parser.
/// </summary>
internal ref struct XmlParser
{
    public const int MaxDepth = 16;
    private const int MaxElements = 32 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<char> _text;
    private int _position;
    private int _elements;

    private XmlParser(ReadOnlySpan<char> text) => _text = text;

    /// <summary>Reads a document.</summary>
    /// <returns>The root element. It has children if the document is one of members.</returns>
    /// <exception cref="JsonBodyException">It is no XML of the form that APIv2 sends.</exception>
    public static XmlNode Parse(ReadOnlySpan<byte> utf8)
    {
        string text;
        try
        {
            text = Strict.GetString(utf8);
        }
        catch (ArgumentException)
        {
            throw Error("is not UTF-8.");
        }

        var parser = new XmlParser(text);
        if (text.StartsWith('\uFEFF'))
        {
            parser._position = 1;
        }

        parser.SkipBetweenElements();
        if (parser._position >= text.Length || text[parser._position] != '<')
        {
            throw Error("is not XML.");
        }

        var root = parser.Element(1);
        parser.SkipBetweenElements();
        return parser._position == text.Length ? root : throw Error("goes on after its root element.");
    }

    private XmlNode Element(int depth)
    {
        if (depth > MaxDepth)
        {
            throw Error("is nested too deeply.");
        }

        if (++_elements > MaxElements)
        {
            throw Error("has too many elements.");
        }

        var node = new XmlNode(StartTag(out var isEmpty));
        if (!isEmpty)
        {
            Content(node, depth);
        }

        return node;
    }

    private void Content(XmlNode node, int depth)
    {
        var start = _position;
        var text = new StringBuilder();
        while (true)
        {
            var length = _text[_position..].IndexOfAny('<', '&');
            if (length < 0)
            {
                throw Error("ends within an element.");
            }

            text.Append(_text.Slice(_position, length));
            _position += length;
            if (_text[_position] == '&')
            {
                Reference(text);
            }
            else if (At("</"))
            {
                node.Text = node.Children is null ? text.ToString() : _text[start.._position].ToString();
                EndTag(node.Name);
                return;
            }
            else if (At("<![CDATA["))
            {
                text.Append(Skip("<![CDATA[", "]]>"));
            }
            else if (!SkipComment())
            {
                (node.Children ??= []).Add(Element(depth + 1));
            }
        }
    }

    private string StartTag(out bool isEmpty)
    {
        _position++;
        var name = Name();

        // Attributes mean nothing in APIv2; quotes may hide the end of the tag.
        while (true)
        {
            var length = _text[_position..].IndexOfAny("<>\"'");
            if (length < 0 || _text[_position + length] == '<')
            {
                throw Error("has a tag without an end.");
            }

            _position += length + 1;
            var end = _text[_position - 1];
            if (end == '>')
            {
                isEmpty = _text[_position - 2] == '/';
                return name;
            }

            var closing = _text[_position..].IndexOf(end);
            _position += closing < 0 ? throw Error("has a tag without an end.") : closing + 1;
        }
    }

    private void EndTag(string name)
    {
        _position += 2;
        if (Name() != name)
        {
            throw Error("has an end tag that does not belong to the element before it.");
        }

        SkipWhiteSpace();
        if (_position >= _text.Length || _text[_position] != '>')
        {
            throw Error("has a tag without an end.");
        }

        _position++;
    }

    private string Name()
    {
        var rest = _text[_position..];
        var length = 0;
        while (length < rest.Length && IsNamePart(rest[length], isFirst: length == 0))
        {
            length++;
        }

        if (length == 0)
        {
            throw Error("has markup that APIv2 does not use.");
        }

        if (length == rest.Length || !(rest[length] is '>' or '/' || IsWhiteSpace(rest[length])))
        {
            throw Error("has an element whose name is none.");
        }

        _position += length;
        return rest[..length].ToString();
    }

    public static bool IsNamePart(char c, bool isFirst)
        => char.IsAsciiLetter(c) || c is '_' or ':' || (c > '\u007F' && char.IsLetter(c)) || (!isFirst && (char.IsAsciiDigit(c) || c is '-' or '.'));

    private void Reference(StringBuilder text)
    {
        var end = _text[_position..].IndexOf(';');
        var name = end is > 1 and < 12 ? _text.Slice(_position + 1, end - 1) : default;
        switch (name)
        {
            case "lt":
                text.Append('<');
                break;
            case "gt":
                text.Append('>');
                break;
            case "amp":
                text.Append('&');
                break;
            case "quot":
                text.Append('"');
                break;
            case "apos":
                text.Append('\'');
                break;
            default:
                text.Append(Character(name).ToString());
                break;
        }

        _position += end + 1;
    }

    private static Rune Character(ReadOnlySpan<char> name)
    {
        var value = 0;
        var isNumber = name.StartsWith("#x", StringComparison.Ordinal)
            ? int.TryParse(name[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
            : name is ['#', ..] && int.TryParse(name[1..], NumberStyles.None, CultureInfo.InvariantCulture, out value);
        return isNumber && value > 0 && Rune.TryCreate(value, out var rune) ? rune : throw Error("refers to an entity; entities are refused.");
    }

    private void SkipBetweenElements()
    {
        do
        {
            SkipWhiteSpace();
        }
        while (_position < _text.Length && SkipComment());
    }

    /// <summary>Skips a comment or a processing instruction, such as the XML declaration.</summary>
    private bool SkipComment()
    {
        if (At("<!--"))
        {
            Skip("<!--", "-->");
            return true;
        }

        if (At("<?"))
        {
            Skip("<?", "?>");
            return true;
        }

        return At("<!") ? throw Error("has a document type; those are refused.") : false;
    }

    private ReadOnlySpan<char> Skip(string opening, string closing)
    {
        _position += opening.Length;
        var length = _text[_position..].IndexOf(closing, StringComparison.Ordinal);
        if (length < 0)
        {
            throw Error("ends within markup.");
        }

        var skipped = _text.Slice(_position, length);
        _position += length + closing.Length;
        return skipped;
    }

    private void SkipWhiteSpace()
    {
        while (_position < _text.Length && IsWhiteSpace(_text[_position]))
        {
            _position++;
        }
    }

    private readonly bool At(string text) => _text[_position..].StartsWith(text, StringComparison.Ordinal);

    private static bool IsWhiteSpace(char c) => c is ' ' or '\t' or '\r' or '\n';

    private static JsonBodyException Error(string problem) => new("", problem);
}
