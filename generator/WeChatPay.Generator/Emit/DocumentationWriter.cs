using System.Globalization;
using System.Text;
using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Emit;

/// <summary>XML documentation comments: each element on one line, whatever the text of the spec.</summary>
internal static class DocumentationWriter
{
    /// <summary>A summary of ready XML.</summary>
    public static void Summary(SourceWriter w, string xml) => w.Line("/// <summary>", xml, "</summary>");

    public static void Parameter(SourceWriter w, string name, string xml) => w.Line("/// <param name=\"" + name + "\">", xml, "</param>");

    /// <summary>Title as summary; description, links and <paramref name="facts"/> (ready XML) as remarks.</summary>
    /// <param name="w">The writer.</param>
    /// <param name="documentation">What the spec says.</param>
    /// <param name="fallback">Ready XML, the summary of what has no title.</param>
    /// <param name="facts">Ready XML, or empty.</param>
    public static void Write(SourceWriter w, Documentation documentation, string fallback, string facts = "")
    {
        var title = XmlText.Escape(documentation.Title);
        var description = XmlText.Escape(documentation.Description);
        if (title.Length == 0) (title, description) = (description, "");
        Summary(w, title.Length == 0 ? fallback : title);

        var remarks = new StringBuilder();
        if (description != title) Append(remarks, description);
        Append(remarks, facts);
        foreach (var link in documentation.Links) Append(remarks, XmlText.Link(link.Text, link.Url));
        if (remarks.Length > 0) w.Line("/// <remarks>", remarks.ToString(), "</remarks>");
    }

    public static void WriteMember(SourceWriter w, Member member, bool isSent)
        => Write(w, member.Documentation, XmlText.Code(member.WireName), Facts(member, isSent));

    /// <summary>Limits and forms, in sentences. The client enforces none of them.</summary>
    private static string Facts(Member member, bool isSent)
    {
        var facts = new StringBuilder();
        Append(facts, member.Encryption switch
        {
            Encryption.Platform when isSent => "Set it in plain text: it travels encrypted.",
            Encryption.Platform => "It travels encrypted and is given here in plain text.",
            Encryption.Other => "Encrypted text of another kind: carried as it is.",
            _ => "",
        });
        if (member.Constraints is { } limits)
        {
            Append(facts, Range("Length", limits.MinLength?.ToString(CultureInfo.InvariantCulture), limits.MaxLength?.ToString(CultureInfo.InvariantCulture)));
            Append(facts, Range("Value", limits.Minimum, limits.Maximum));
            Append(facts, Labelled("Format", IsSaidByType(limits.Format) ? null : limits.Format));
            Append(facts, Labelled("Pattern", limits.Pattern));
            Append(facts, Labelled("Default of the server", limits.Default));
            Append(facts, Labelled("Example", limits.Example));
        }

        if (member.PresetLiteral is { } preset) Append(facts, Labelled("Preset to", preset));
        if (member.Documentation.Deprecation is { } reason) Append(facts, "Deprecated. " + XmlText.Escape(reason));
        return facts.ToString();
    }

    private static bool IsSaidByType(string? format) => format is "int64" or "uint64" or "decimal" or "date-time" or "date";

    private static string Range(string what, string? minimum, string? maximum) => (minimum, maximum) switch
    {
        (null, null) => "",
        (null, _) => what + " at most " + XmlText.Escape(maximum!) + ".",
        (_, null) => what + " at least " + XmlText.Escape(minimum!) + ".",
        _ => what + " " + XmlText.Escape(minimum!) + " to " + XmlText.Escape(maximum!) + ".",
    };

    private static string Labelled(string label, string? text) => string.IsNullOrEmpty(text) ? "" : label + ": " + XmlText.Code(text!) + ".";

    private static void Append(StringBuilder text, string sentence)
    {
        if (sentence.Length == 0) return;
        if (text.Length > 0) text.Append(' ');
        text.Append(sentence.TrimEnd());
    }
}
