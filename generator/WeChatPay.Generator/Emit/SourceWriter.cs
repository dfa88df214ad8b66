using System.Text;

namespace WeChatPay.Generator.Emit;

/// <summary>Text with indentation. Lines end in <c>\n</c> on every machine, so that equal models give equal bytes.</summary>
internal sealed class SourceWriter
{
    private const int IndentWidth = 4;

    private readonly StringBuilder _text = new(16 * 1024);
    private int _level;

    public void Line() => _text.Append('\n');

    public void Line(string text) => Indent().Append(text).Append('\n');

    public void Line(string first, string second) => Indent().Append(first).Append(second).Append('\n');

    public void Line(string first, string second, string third) => Indent().Append(first).Append(second).Append(third).Append('\n');

    public void Line(params string[] parts)
    {
        Indent();
        foreach (var part in parts) _text.Append(part);
        _text.Append('\n');
    }

    /// <summary>Opens a block; <see cref="Close"/> ends it.</summary>
    public void Open()
    {
        Line("{");
        _level++;
    }

    public void Close(string closing = "}")
    {
        _level--;
        Line(closing);
    }

    public override string ToString() => _text.ToString();

    private StringBuilder Indent() => _text.Append(' ', _level * IndentWidth);
}
