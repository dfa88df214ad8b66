using CsCheck;
using WeChatPay.Fuzz.Grammar;
using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.Model;

namespace WeChatPay.Specs.Tests;

/// <summary>Random documents of the dialect: valid ones are found whole, damaged ones are told.</summary>
public sealed class GrammarTests
{
    private const int Count = 2000;

    /// <summary>The second operation of a file cannot stand at its place, too, and the grammar strews <c>@echo</c> about.</summary>
    private static readonly string[] Harmless = ["WXP0023", "WXP0045"];

    [Fact]
    public void Everything_in_a_valid_document_is_found_without_a_complaint()
        => Documents.Valid.Sample(
            document =>
            {
                var result = SpecReader.Read(document.Path, document.Text);
                var problems = result.Diagnostics.Where(diagnostic => diagnostic.Descriptor.Severity != SpecSeverity.Info && !Harmless.Contains(diagnostic.Descriptor.Id)).Select(diagnostic => diagnostic.ToString()).Concat(Missing(document, result.File)).ToList();
                return problems.Count == 0 ? true : throw new InvalidOperationException(string.Join("\n", problems));
            },
            iter: Count,
            print: document => document.Text);

    [Fact]
    public void An_invalid_document_never_throws_and_the_errors_are_inside()
        => Gen.Select(Documents.Valid, Gen.Int[0, int.MaxValue]).Sample(
            (document, seed) =>
            {
                var text = WeChatPay.Fuzz.Mutator.Mutate(document.Text, [new(document.Path, document.Text)], new Random(seed));
                var damaged = new WeChatPay.Fuzz.FuzzDocument(document.Path, text);
                return WeChatPay.Fuzz.ResultChecks.Check(damaged, SpecReader.Read(damaged.Path, damaged.Text)) is { } problem ? throw new InvalidOperationException(problem) : true;
            },
            iter: Count,
            print: pair => pair.Item1.Text);

    [Fact]
    public void A_statement_that_is_none_is_an_error_and_the_operations_remain()
        => Documents.Valid.Where(document => document.Operations.Count > 0).Sample(
            document =>
            {
                var text = document.Text.Replace("\r\n", "\n", StringComparison.Ordinal);
                var first = document.Operations[0].Declaration;
                var result = SpecReader.Read(document.Path, text.Replace(first, first + ") what is this = ;\n", StringComparison.Ordinal));
                return result.Diagnostics.Any(diagnostic => diagnostic.Descriptor.Severity == SpecSeverity.Error) && result.File.Operations.Count == document.Operations.Count;
            },
            iter: Count / 4,
            print: document => document.Text);

    [Fact]
    public void A_broken_member_is_told_at_its_line_and_costs_nothing_but_itself()
        => Gen.Select(Documents.Valid.Where(document => document.Operations.Any(HasBody)), Broken).Sample(
            (document, broken) =>
            {
                var text = document.Text.Replace("\r\n", "\n", StringComparison.Ordinal);
                var declaration = document.Operations.First(HasBody).Declaration;
                var inside = declaration.IndexOf(BodyStart, StringComparison.Ordinal) + BodyStart.Length;
                text = text.Replace(declaration, declaration.Insert(inside, broken + "\n"), StringComparison.Ordinal);
                var result = SpecReader.Read(document.Path, text);
                var line = text[..(text.IndexOf(BodyStart + broken, StringComparison.Ordinal) + BodyStart.Length)].Count(c => c == '\n');
                var problems = Missing(document, result.File, "broken").ToList();
                if (!result.Diagnostics.Any(diagnostic => diagnostic.Range.StartLine >= line && diagnostic.Range.StartLine <= line + broken.Count(c => c == '\n') + 1)) problems.Add("no diagnostic at line " + (line + 1));
                return problems.Count == 0 ? true : throw new InvalidOperationException(string.Join("\n", problems.Concat(result.Diagnostics.Select(diagnostic => diagnostic.ToString()))) + "\n" + text);
            },
            iter: Count / 2,
            print: pair => pair.Item2);

    [Fact]
    public void Front_matter_that_is_no_yaml_costs_the_front_matter_only()
        => Gen.Select(Documents.Valid.Where(document => document.Operations.Count > 0), Choice("title: [a", "title: a: b", "title: \"a", "? [a", "title: &a *b", "- a\ntitle: b", "%")).Sample(
            (document, matter) =>
            {
                var text = document.Text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimStart('\uFEFF');
                if (text.StartsWith("---\n", StringComparison.Ordinal)) text = text[(text.IndexOf("\n---\n", 3, StringComparison.Ordinal) + 5)..];
                var result = SpecReader.Read(document.Path, "---\n" + matter + "\n---\n" + text);
                var problems = Missing(document, result.File).ToList();
                if (!result.Diagnostics.Any(diagnostic => diagnostic.Descriptor.Id == "WXP0006" && diagnostic.Range.StartLine is > 0 and < 4)) problems.Add("no WXP0006 in the front matter");
                return problems.Count == 0 ? true : throw new InvalidOperationException(string.Join("\n", problems.Concat(result.Diagnostics.Select(diagnostic => diagnostic.ToString()))));
            },
            iter: Count / 8,
            print: pair => pair.Item2 + "\n---\n" + pair.Item1.Text);

    private const string BodyStart = "interface JsonDataRequest {\n";

    private static readonly Gen<string> Broken = Choice(
        "broken string", "broken: ", "broken: 'a", "broken: |", "broken: string[", "broken: (string", "broken: 'A' | | 'B'", "broken = 5", "broken: Array<string", "broken?", "broken: {{}", "broken: string string", "broken:: string",
        "broken: ?", ": string", "broken: string]", "broken: string)", "#broken", "broken: #", "/** @format */ broken: #", "'broken: string", "broken: \"A\" \"B\"", "=", "<>");

    private static Gen<string> Choice(params string[] items) => Gen.Int[0, items.Length - 1].Select(index => items[index]);

    private static bool HasBody(GrammarOperation operation) => operation.Declaration.Contains(BodyStart, StringComparison.Ordinal);

    private static IEnumerable<string> Missing(GrammarDocument document, SpecFile file, string? excess = null)
    {
        foreach (var expected in document.Operations)
        {
            if (file.Operations.FirstOrDefault(item => item.Key == expected.Key) is not { } operation)
            {
                yield return expected.Key + " is missing; there are " + string.Join(", ", file.Operations.Select(item => item.Key));
                continue;
            }

            if (operation.Body.Kind.ToString() != expected.Body.Kind) yield return expected.Key + " has a body " + operation.Body.Kind;
            if (operation.Response.Kind.ToString() != expected.Answer.Kind) yield return expected.Key + " has an answer " + operation.Response.Kind + ", not " + expected.Answer.Kind;
            var settings = (operation.RequiresClientCertificate, operation.BaseUrl is not null, operation.IdempotentBy);
            if (settings != (expected.RequiresClientCertificate, expected.HasHost, expected.IdempotentBy)) yield return expected.Key + " has settings " + settings;
            foreach (var problem in Different(file, expected.Body.Members, new([.. operation.Body.Members.Where(member => member.WireName != excess)]), expected.Key + " body")
                .Concat(Different(file, expected.Query, operation.Query, expected.Key + " query"))
                .Concat(Different(file, expected.Headers, operation.Headers, expected.Key + " headers"))
                .Concat(Different(file, expected.Answer.Members, operation.Response.Members, expected.Key + " answer")))
            {
                yield return problem;
            }
        }

        if (file.Operations.Count != document.Operations.Count) yield return file.Operations.Count + " operations";
        foreach (var expected in document.Notifications)
        {
            var found = file.Notifications.FirstOrDefault(item => item.Key == expected.Key);
            foreach (var problem in found is null ? [expected.Key + " is missing"] : Different(file, expected.Members, found.Resource.Members, expected.Key)) yield return problem;
        }

        foreach (var expected in document.Models)
        {
            var found = file.SharedShapes.FirstOrDefault(item => item.Key == expected.Key);
            foreach (var problem in found is null ? [expected.Key + " is missing"] : Different(file, expected.Members, found.Shape.Members, expected.Key)) yield return problem;
        }
    }

    private static IEnumerable<string> Different(SpecFile file, IReadOnlyList<GrammarMember> expected, EquatableArray<Member> found, string place)
    {
        if (!expected.Select(member => member.WireName).SequenceEqual(found.Select(member => member.WireName)))
        {
            yield return place + ": expected " + string.Join(", ", expected.Select(member => member.WireName)) + "; found " + string.Join(", ", found.Select(member => member.WireName));
            yield break;
        }

        for (var i = 0; i < expected.Count; i++)
        {
            var type = found[i].Type;
            var kind = Kind(type, file);
            if (kind != expected[i].Type.Kind) yield return place + "." + expected[i].WireName + ": expected " + expected[i].Type.Kind + ", found " + kind;
            else if (Shape(type, file) is { } shape)
            {
                foreach (var problem in Different(file, expected[i].Type.Members, shape.Members, place + "." + expected[i].WireName)) yield return problem;
            }
        }
    }

    private static ObjectShape? Shape(TypeReference type, SpecFile file) => type switch
    {
        ListType list => Shape(list.Element, file),
        ObjectType item => item.Shape,

        // An interface beside a shared shape is one itself.
        SharedType shared => file.SharedShapes.FirstOrDefault(shape => shape.Name == shared.Name)?.Shape,
        _ => null,
    };

    private static string Kind(TypeReference type, SpecFile file) => type switch
    {
        ListType list => "List of " + Kind(list.Element, file),
        ObjectType or SharedType when Shape(type, file) is not null => "Object",
        EnumerationType item => "Enumeration " + string.Join("|", item.Enumeration.Literals.Select(literal => literal.WireValue)),
        ScalarType scalar => scalar.Kind.ToString(),
        _ => type.GetType().Name,
    };
}
