using System.Text;

namespace WeChatPay.Catalogue.Tests;

/// <summary>The C# names that users write, under review: a name that changes breaks somebody's build.</summary>
public sealed class NamesTests
{
    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void Names_are_those_that_were_reviewed(string family) => Reviewed.AssertSame("CSharpNames/" + family, Listing([.. Families.FilesListedWith(family)]));

    [Fact]
    public void Names_of_shared_shapes_are_those_that_were_reviewed()
        => Reviewed.AssertSame("CSharpNames/models", string.Join('\n', SpecCatalogue.SharedShapes.All.OrderBy(s => s.Name, StringComparer.Ordinal).Select(Listing)));

    [Fact]
    public void No_two_types_have_the_same_name_ignoring_case()
    {
        var names = SpecCatalogue.Files.SelectMany(f => f.Model.Operations).SelectMany(o => TypesOf(o.Names.Namespace, o))
            .Concat(SpecCatalogue.Files.SelectMany(f => f.Model.Notifications).SelectMany(n => MemberTree.Shapes(n).SelectMany(s => TypesOf(n.Namespace, s))))
            .Concat(SpecCatalogue.SharedShapes.All.SelectMany(TypesOf))
            .Concat(SpecCatalogue.Operations.SelectMany(o => o.Route.Select(s => s.ResourceNamespace + "." + s.ResourceTypeName)).Distinct(StringComparer.Ordinal))
            .ToList();

        Assert.Empty(names.GroupBy(n => n, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    /// <summary>Whether the call takes a request, and whether it may be left out: both are seen by whoever compiles against it.</summary>
    private static string Arguments(Operation operation) => !HasRequest(operation) ? "()" : operation.IsRequestOptional ? "(request?)" : "(request)";

    private static bool HasRequest(Operation operation) => operation.Query.Count + operation.Headers.Count + operation.Body.Members.Count > 0;

    private static IEnumerable<string> TypesOf(string @namespace, Operation operation)
    {
        var own = new List<string>();
        if (HasRequest(operation)) own.Add(operation.Names.RequestTypeName);
        if (operation.Response.Kind is ResponseKind.Json or ResponseKind.Xml) own.Add(operation.Names.ResponseTypeName);
        return own.Concat(NestedTypes(MemberTree.Of(operation))).Select(t => @namespace + "." + t);
    }

    private static IEnumerable<string> TypesOf(string @namespace, ObjectShape shape)
        => NestedTypes(MemberTree.Of(shape)).Prepend(shape.TypeName).Select(t => @namespace + "." + t);

    private static IEnumerable<string> TypesOf(SharedShape shape)
        => NestedTypes(MemberTree.Of(shape.Shape)).Prepend(shape.IsBase ? SharedShape.InterfaceOf(shape.Name) : shape.Name).Select(t => "Models." + t);

    private static IEnumerable<string> NestedTypes(IEnumerable<PlacedMember> members)
        => members.Select(m => Element(m.Member.Type) switch
        {
            ObjectType o => o.Shape.TypeName,
            EnumerationType e => e.Enumeration.TypeName,
            _ => null,
        }).OfType<string>();

    private static TypeReference Element(TypeReference type) => type is ListType list ? Element(list.Element) : type;

    private static string Listing(IReadOnlyList<CatalogueFile> files)
    {
        var text = new StringBuilder();
        foreach (var operation in files.SelectMany(f => f.Model.Operations).OrderBy(o => o.Key.Split(' ')[1], StringComparer.Ordinal).ThenBy(o => o.Verb, StringComparer.Ordinal))
        {
            text.Append('\n').Append(operation.Key).Append('\n');
            text.Append("  client.").AppendJoin('.', operation.Route.Select(s => s.IsParameter ? $"{s.MemberName}({s.ArgumentName})" : s.MemberName))
                .Append('.').Append(operation.Names.MethodName).Append(Arguments(operation)).Append('\n');
            foreach (var type in TypesOf(operation.Names.Namespace, operation).Distinct(StringComparer.Ordinal)) text.Append("  ").Append(type).Append('\n');
            text.Append(Shared(SharedUses.Of(operation)));
            text.Append(Members(MemberTree.Of(operation)));
        }

        foreach (var notification in files.SelectMany(f => f.Model.Notifications).OrderBy(n => n.Key, StringComparer.Ordinal))
        {
            text.Append('\n').Append(notification.Key).Append('\n');
            foreach (var shape in MemberTree.Shapes(notification))
            {
                foreach (var type in TypesOf(notification.Namespace, shape)) text.Append("  ").Append(type).Append('\n');
                text.Append(Members(MemberTree.Of(shape)));
            }

            text.Append(Shared(SharedUses.Of(notification)));
        }

        return text.ToString().TrimStart('\n');
    }

    private static string Listing(SharedShape shape)
        => shape.Key + " @" + (shape.Enumeration is { } enumeration ? "enumeration " + string.Join(" | ", enumeration.Literals.Select(l => l.MemberName)) : shape.IsBase ? "base" : shape.Direction.ToString().ToLowerInvariant()) + "\n"
            + string.Concat(TypesOf(shape).Select(type => "  " + type + "\n")) + Shared(SharedUses.Of(shape)) + Members(MemberTree.Of(shape.Shape));

    /// <summary>What is named and declared elsewhere, each once.</summary>
    private static string Shared(IEnumerable<(string Name, SharedUse Use)> uses)
    {
        var names = uses.Select(u => u.Use == SharedUse.Base ? "extends Models." + SharedShape.InterfaceOf(u.Name) : "Models." + u.Name).Distinct(StringComparer.Ordinal).ToList();
        return names.Count == 0 ? "" : "  uses " + string.Join(", ", names) + "\n";
    }

    /// <summary>Only what is not the plain Pascal form of the wire name is worth a reviewer's eye.</summary>
    private static string Members(IEnumerable<PlacedMember> members)
        => string.Concat(members.Where(m => m.Member.PropertyName != Pascal(m.Member.WireName))
            .Select(m => $"    {m.Place} {m.Path} -> {m.Member.PropertyName}\n").Distinct(StringComparer.Ordinal));

    private static string Pascal(string wireName)
        => string.Concat(wireName.Split('_', '-').Where(w => w.Length > 0).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
}
