using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.TypeScript;

namespace WeChatPay.Specs.JsDoc;

/// <summary>
/// JSDoc writes members of a member by their path: <c>@prop {Object} payer</c>, <c>@prop {string} payer.openid</c>, and
/// <c>goods[].goods_id</c> those of the elements of a list.
/// </summary>
internal static class NestedProperties
{
    private const int Deepest = 32;

    /// <summary>The members among which the last part of the path belongs, and that part.</summary>
    public static (List<MemberSyntax> Members, Name Name) Find(List<MemberSyntax> members, Name path, DiagnosticSink sink)
    {
        var start = path.Start;
        var parts = path.Text.Split('.');
        for (var i = 0; i < parts.Length - 1 && i < Deepest; i++)
        {
            var isList = parts[i].EndsWith("[]", StringComparison.Ordinal);
            var name = new Name(isList ? parts[i].Substring(0, parts[i].Length - 2) : parts[i], start, parts[i].Length);
            if (name.Text.Length > 0) members = Inside(members, name, isList, sink);
            start += parts[i].Length + 1;
        }

        var last = parts[parts.Length - 1];
        return (members, new Name(last.Length > 0 ? last : "_", start, Math.Max(1, last.Length)));
    }

    /// <summary>The members of one of the members, which becomes an object where it is not one yet.</summary>
    private static List<MemberSyntax> Inside(List<MemberSyntax> members, Name name, bool isList, DiagnosticSink sink)
    {
        var at = members.FindIndex(m => m.Name.Text == name.Text);
        var type = at < 0 ? null : members[at].Type;
        while (type is ArrayTypeSyntax array)
        {
            isList = true;
            type = array.Element;
        }

        if (type is ObjectTypeSyntax { Members: List<MemberSyntax> inner }) return inner;
        if (type is NamedTypeSyntax { FullName: "Array" or "ReadonlyArray" }) isList = true;
        else if (type is not (null or NamedTypeSyntax { FullName: "Object" or "object" or "any" }))
        {
            sink.Report(SpecDiagnostics.MalformedTag, name.Start, name.Length, "members of '" + name.Text + "', which is no object", "'{Object} " + name.Text + "'", "It is read as an object.");
        }

        inner = [];
        TypeSyntax made = new ObjectTypeSyntax(inner, name.Start, name.Start + name.Length);
        if (isList) made = new ArrayTypeSyntax(made, name.Start, name.Start + name.Length);
        var old = at < 0 ? null : members[at];
        var member = new MemberSyntax { Kind = MemberKind.Property, Name = old?.Name ?? name, IsOptional = old?.IsOptional ?? true, Type = made, Doc = old?.Doc ?? default };
        if (at < 0) members.Add(member);
        else members[at] = member;
        return inner;
    }
}
