using System.Globalization;
using WeChatPay.Specs;
using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.Model;

namespace WeChatPay.Fuzz;

/// <summary>What holds for the result of any text at all. Each check returns what is wrong, or null.</summary>
internal static class ResultChecks
{
    private const int MostDiagnostics = 101;

    /// <summary>Emitters recurse over a model, on the stack of the compiler.</summary>
    private const int Deepest = 200;

    public static string? Check(FuzzDocument document, SpecReadResult result)
        => Diagnostics(document.Text, result) ?? Declarations(document.Text, result) ?? Models(result.File);

    private static string? Diagnostics(string text, SpecReadResult result)
    {
        if (result.Diagnostics.Count > MostDiagnostics) return result.Diagnostics.Count + " diagnostics";
        var last = 0;
        foreach (var diagnostic in result.Diagnostics)
        {
            if (diagnostic.Descriptor.Id == "WXP0010") return "internal error: " + diagnostic.Message;
            if (Range(text, diagnostic.Range) is { } problem) return diagnostic.Descriptor.Id + " " + problem;
            if (diagnostic.Range.Start < last) return "diagnostics out of order";
            last = diagnostic.Range.Start;
            var message = diagnostic.ToString();
            if (diagnostic.Message.Length == 0 || message.Any(char.IsControl)) return "a message that is empty or holds control characters: " + message;
        }

        return null;
    }

    private static string? Declarations(string text, SpecReadResult result)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var site in result.Declarations)
        {
            keys.Add(site.Key);
            if (Range(text, site.Range) is { } problem) return "declaration " + problem;
        }

        var all = result.File.Operations.Select(o => o.Key).Concat(result.File.Notifications.Select(n => n.Key)).Concat(result.File.SharedShapes.Select(s => s.Key)).ToList();
        if (all.Find(key => !keys.Contains(key)) is { } lost) return "no place of " + lost;
        return all.Distinct(StringComparer.Ordinal).Count() == all.Count ? null : "a key twice in one file";
    }

    private static string? Range(string text, TextRange range)
    {
        if (range.Start < 0 || range.Length < 0 || range.Start + range.Length > text.Length) return "outside of the text: " + range;
        return range.StartLine < 0 || range.StartCharacter < 0 || range.EndLine < range.StartLine || range.EndCharacter < 0
            || (range.EndLine == range.StartLine && range.EndCharacter - range.StartCharacter != range.Length)
            ? "with a wrong line: " + range
            : null;
    }

    private static string? Models(SpecFile file)
    {
        foreach (var operation in file.Operations)
        {
            if (Operation(operation) is { } problem) return operation.Key + ": " + problem;
        }

        foreach (var notification in file.Notifications)
        {
            var types = new HashSet<string>(StringComparer.Ordinal);
            if (notification.EventType.Length == 0 || Shape(notification.Resource, types, 0) is not null) return notification.Key + ": " + Shape(notification.Resource, [], 0);
        }

        foreach (var shape in file.SharedShapes)
        {
            var problem = shape.Enumeration is { } enumeration ? Type(new EnumerationType(enumeration), [], 0) : Shape(shape.Shape, [], 0);
            if (problem is not null) return shape.Key + ": " + problem;
        }

        return null;
    }

    private static string? Operation(Operation operation)
    {
        if (operation.PathTemplate.Length == 0 || operation.PathTemplate[0] != '/') return "path without a slash";
        var names = operation.Names;
        foreach (var name in (string[])[names.RequestTypeName, names.ResponseTypeName, names.MethodName, .. names.Namespace.Split('.', StringSplitOptions.RemoveEmptyEntries)])
        {
            if (!IsIdentifier(name)) return "no identifier: " + name;
        }

        foreach (var segment in operation.Route)
        {
            if (!IsIdentifier(segment.MemberName) || !IsIdentifier(segment.ResourceTypeName)) return "no identifier: " + segment.MemberName;
            if (segment.IsParameter && (segment.ArgumentName is not { } argument || segment.ParameterType is null || !IsIdentifier(argument.TrimStart('@')))) return "a path parameter without name or type: " + segment.Text;
        }

        var types = new HashSet<string>(StringComparer.Ordinal) { names.RequestTypeName, names.ResponseTypeName };
        return Members([.. operation.Body.Members, .. operation.Query, .. operation.Headers], names.RequestTypeName, types, 0)
            ?? Members([.. operation.Response.Members], names.ResponseTypeName, types, 0);
    }

    private static string? Shape(ObjectShape shape, HashSet<string> types, int depth)
    {
        if (!IsIdentifier(shape.TypeName)) return "no identifier: " + shape.TypeName;
        return types.Add(shape.TypeName) ? Members([.. shape.Members], shape.TypeName, types, depth) : "two types " + shape.TypeName;
    }

    private static string? Members(IReadOnlyList<Member> members, string owner, HashSet<string> types, int depth)
    {
        if (depth > Deepest) return "nested deeper than " + Deepest;
        var names = new HashSet<string>(StringComparer.Ordinal) { owner };
        foreach (var member in members)
        {
            if (!IsIdentifier(member.PropertyName)) return "no identifier: " + member.PropertyName;
            if (!names.Add(member.PropertyName)) return "two properties " + member.PropertyName + " in " + owner;
            if (Type(member.Type, types, depth) is { } problem) return problem;
        }

        return null;
    }

    private static string? Type(TypeReference type, HashSet<string> types, int depth)
    {
        switch (type)
        {
            case ListType list:
                return depth > Deepest ? "nested deeper than " + Deepest : Type(list.Element, types, depth + 1);
            case ObjectType { Shape: var shape }:
                return Shape(shape, types, depth + 1);
            case EnumerationType { Enumeration: var enumeration }:
                if (!IsIdentifier(enumeration.TypeName)) return "no identifier: " + enumeration.TypeName;
                if (!types.Add(enumeration.TypeName)) return "two types " + enumeration.TypeName;
                var names = new HashSet<string>(StringComparer.Ordinal) { enumeration.TypeName, "Value" };
                foreach (var literal in enumeration.Literals)
                {
                    if (!IsIdentifier(literal.MemberName)) return "no identifier: " + literal.MemberName;
                    if (!names.Add(literal.MemberName)) return "two constants " + literal.MemberName + " in " + enumeration.TypeName;
                }

                return null;
            default:
                return null;
        }
    }

    /// <summary>As the C# specification has it; keywords are all lower case and no name of ours is.</summary>
    private static bool IsIdentifier(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            var isPart = char.GetUnicodeCategory(name[i]) switch
            {
                UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
                    or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber => true,
                UnicodeCategory.ConnectorPunctuation => i > 0 || name[i] == '_',
                UnicodeCategory.DecimalDigitNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => i > 0,
                _ => false,
            };
            if (!isPart) return false;
        }

        return name.Length > 0;
    }
}
