using System.Globalization;
using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.TypeScript;

namespace WeChatPay.Specs.JsDoc;

/// <summary>One <c>@typedef</c> with its members.</summary>
internal sealed class Typedef
{
    public required Name Name { get; init; }

    /// <summary><c>@typedef {type} Name</c>.</summary>
    public TypeSyntax? Base { get; init; }

    public List<MemberSyntax> Members { get; } = [];
}

/// <summary>Reads the typedefs in the comments of a fence as declarations, so that everything behind treats both forms of notifications alike.</summary>
internal sealed class TypedefReader(string text, DiagnosticSink sink, CancellationToken cancellation)
{
    /// <summary>Real files have four typedefs and some fifty members; the limits bound the work on hostile input.</summary>
    private const int MostTypedefs = 64;

    private const int MostMembers = 4096;

    private readonly List<Typedef> _typedefs = [];
    private int _members;

    /// <summary>What <c>- description</c> behind the name of a member says, by the place of the name.</summary>
    public List<(DocPlace Place, string Text)> Descriptions { get; } = [];

    public List<Typedef> Read(int start, int end)
    {
        for (var at = start; at < end;)
        {
            var open = text.IndexOf("/**", at, end - at, StringComparison.Ordinal);
            if (open < 0 || open + 3 > end) break;
            var close = text.IndexOf("*/", open + 3, end - open - 3, StringComparison.Ordinal);
            if (close < 0)
            {
                sink.Report(SpecDiagnostics.Unterminated, open, 3, "comment", "*/");
                close = end;
            }

            ReadComment(open + 3, close);
            at = close + 2;
        }

        return _typedefs;
    }

    private void ReadComment(int start, int end)
    {
        Typedef? current = null;
        foreach (var entry in TypedefScanner.Read(text, start, end))
        {
            cancellation.ThrowIfCancellationRequested();
            if (_typedefs.Count > MostTypedefs || _members > MostMembers)
            {
                sink.Report(SpecDiagnostics.TooLarge, entry.Start, 1, MostMembers.ToString(CultureInfo.InvariantCulture));
                return;
            }

            switch (entry.Tag)
            {
                case "typedef":
                    current = ReadTypedef(entry);
                    break;
                case "prop" or "property":
                    if (current is not null) ReadMember(entry, current);
                    break;
                case "callback" or "param" or "returns" or "return" or "template":
                    // What follows belongs to a function.
                    current = null;
                    break;
                default:
                    if (current is not null) ReadStray(entry, current);
                    break;
            }
        }
    }

    private Typedef? ReadTypedef(TypedefEntry entry)
    {
        var tag = TypedefTag.Read(text, entry.ContentStart, entry.End, sink);
        if (tag.Name.Length == 0)
        {
            Report(entry, "'@typedef' without a name", "Write '@typedef PlainObject'.");
            return null;
        }

        var typedef = new Typedef { Name = NameOf(tag), Base = BindType(tag) };
        _typedefs.Add(typedef);
        return typedef;
    }

    private void ReadMember(TypedefEntry entry, Typedef typedef)
    {
        var tag = TypedefTag.Read(text, entry.ContentStart, entry.End, sink);
        if (tag.Name.Length == 0)
        {
            Report(entry, "'@prop' without a name", "Write '@prop {type} name'.");
            return;
        }

        if (tag.Type is null) sink.Report(SpecDiagnostics.MalformedTag, tag.Name.Start, tag.Name.Length, "a member without a type", "'{type}' before its name", "Write '@prop {string} name'; text is assumed.");
        Add(tag, typedef);
    }

    /// <summary>A line without a tag, or a tag that is misspelt: a member all the same where it has a type and a name, or a name alone.</summary>
    private void ReadStray(TypedefEntry entry, Typedef typedef)
    {
        var at = TypedefScanner.SkipDecoration(text, entry.ContentStart, entry.End);
        var hasType = at < entry.End && text[at] == '{' && !(at + 1 < entry.End && text[at + 1] == '@');
        if (entry.Tag.Length > 0 && (!hasType || entry.Tag is "type" or "see" or "link" or "example" or "deprecated" or "default" or "description")) return;
        var tag = TypedefTag.Read(text, entry.ContentStart, entry.End, sink);
        if (tag.Name.Length == 0) return;
        var shown = entry.Tag.Length > 0 || text[entry.Start] == '@' ? "'@" + entry.Tag + "'" : "a member without '@prop'";
        Report(entry, shown, "Write '@prop {type} name'.");
        Add(tag, typedef);
    }

    private void Add(TypedefTag tag, Typedef typedef)
    {
        _members++;
        var name = NameOf(tag);
        var members = typedef.Members;
        if (name.Text.IndexOf('.') > 0) (members, name) = NestedProperties.Find(members, name, sink);
        var doc = new DocPlace(name.Start, tag.Description.Length > 0 ? name.Length : 0);
        if (doc.Length > 0) Descriptions.Add((doc, tag.Description));
        members.Add(new MemberSyntax
        {
            Kind = MemberKind.Property,
            Name = name,
            IsOptional = tag.IsOptional,
            Type = BindType(tag) ?? new NamedTypeSyntax("string", [], name.Start, name.Start + name.Length),
            Doc = doc,
        });
    }

    private TypeSyntax? BindType(TypedefTag tag)
    {
        if (tag.Type is not var (start, end)) return null;
        var type = Parser.ParseJsDocType(text, start, end, sink, cancellation);
        return type is not null && tag.IsListOutside ? new ArrayTypeSyntax(type, type.Start, type.End) : type;
    }

    private Name NameOf(TypedefTag tag)
    {
        var name = text.Substring(tag.Name.Start, tag.Name.Length).TrimEnd('.', '-');
        return new Name(name.Length > 0 ? name : "_", tag.Name.Start, tag.Name.Length);
    }

    private void Report(TypedefEntry entry, string found, string fix)
    {
        var lineEnd = text.IndexOfAny(['\n', '\r'], entry.Start, entry.End - entry.Start);
        var length = (lineEnd < 0 ? entry.End : lineEnd) - entry.Start;
        sink.Report(SpecDiagnostics.MalformedTag, entry.Start, text.Substring(entry.Start, length).TrimEnd().Length, found, "a member '@prop {type} name'", fix);
    }
}
