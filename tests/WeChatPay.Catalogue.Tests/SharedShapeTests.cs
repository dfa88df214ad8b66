using WeChatPay.Catalogue.Tests.Facts;

namespace WeChatPay.Catalogue.Tests;

/// <summary>What makes a shape a shared one.</summary>
public sealed class SharedShapeTests
{
    private static readonly IReadOnlyList<(string Name, SharedUse Use)> Uses =
    [
        .. SpecCatalogue.Files.SelectMany(f => f.Model.Operations.SelectMany(SharedUses.Of)
            .Concat(f.Model.Notifications.SelectMany(SharedUses.Of)).Concat(f.Model.SharedShapes.SelectMany(SharedUses.Of))),
    ];

    [Fact]
    public void A_shape_is_used_and_by_nobody_whom_it_is_not_meant_for()
    {
        var shapes = SpecCatalogue.SharedShapes.All.ToDictionary(s => s.Name, StringComparer.Ordinal);
        Assert.Empty(shapes.Keys.Except(Uses.Select(u => u.Name)));
        Assert.Empty(Uses.Where(u => SharedShape.Objection(shapes[u.Name].Kind, shapes[u.Name].Direction, u.Use) is not null).Select(u => u.Name));
    }

    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void A_family_brings_the_shapes_that_its_files_name(string family)
    {
        var models = Families.FilesOf(family).Select(f => f.Model).ToList();
        var named = models.SelectMany(m => m.Operations.SelectMany(SharedUses.Of).Concat(m.Notifications.SelectMany(SharedUses.Of)).Concat(m.SharedShapes.SelectMany(SharedUses.Of)));
        Assert.Empty(named.Select(u => u.Name).Distinct(StringComparer.Ordinal).Except(models.SelectMany(m => m.SharedShapes).Select(s => s.Name)));
    }

    /// <summary>Code for both ways would cost twice, and could insist on nothing in a request.</summary>
    [Fact]
    public void A_shape_travels_one_way()
        => Assert.Empty(SpecCatalogue.SharedShapes.All.Where(s => s.Enumeration is null && s.Direction == SharedDirection.Both).Select(s => s.Name));

    [Fact]
    public void A_base_is_extended_at_least_twice()
    {
        var roots = SpecCatalogue.Files.SelectMany(f => f.Model.Operations.SelectMany(o => o.Response.Bases)
            .Concat(f.Model.Notifications.SelectMany(n => MemberTree.Shapes(n).SelectMany(s => s.Bases))).Concat(f.Model.SharedShapes.SelectMany(s => s.Shape.Bases)));
        var counts = roots.CountBy(name => name, StringComparer.Ordinal).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
        Assert.Empty(SpecCatalogue.SharedShapes.All.Where(s => s.IsBase && counts.GetValueOrDefault(s.Name) < 2).Select(s => s.Name));
    }

    /// <summary>With one use it would be a name to look up for nothing.</summary>
    [Fact]
    public void An_enumeration_is_of_use_to_several()
    {
        var members = SpecCatalogue.Files.SelectMany(f => f.Model.Operations.SelectMany(MemberTree.Of)
            .Concat(f.Model.Notifications.SelectMany(MemberTree.Shapes).SelectMany(MemberTree.Of)).Concat(f.Model.SharedShapes.SelectMany(s => MemberTree.Of(s.Shape))));
        var counts = members.Select(m => m.Member.Type is ListType list ? list.Element : m.Member.Type).OfType<SharedEnumerationType>()
            .CountBy(e => e.Name, StringComparer.Ordinal).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
        Assert.Empty(SpecCatalogue.SharedShapes.All.Where(s => s.Enumeration is not null && counts.GetValueOrDefault(s.Name) < 2).Select(s => s.Name));
    }

    [Fact]
    public void Every_member_and_every_shape_has_a_label()
    {
        Assert.Empty(SpecCatalogue.SharedShapes.All.Where(s => s.Shape.Documentation.Title.Length == 0).Select(s => s.Name));
        Assert.Empty(SpecCatalogue.SharedShapes.All.SelectMany(s => MemberTree.Of(s.Shape).Where(m => m.Member.Documentation.Title.Length == 0).Select(m => s.Name + " " + m.Path)));
    }

    /// <summary>Several documents may order a base's members in several ways; it has the order of one of them.</summary>
    [Fact]
    public void A_base_has_the_order_of_a_document()
    {
        var answers = SpecCatalogue.Operations.Where(o => !o.Response.Bases.IsEmpty).ToList();
        Assert.Empty(SpecCatalogue.SharedShapes.All.Where(s => s.IsBase).Where(s =>
        {
            var names = s.Shape.Members.Select(m => m.WireName).ToList();
            var orders = answers.Where(o => o.Response.Bases.Contains(s.Name))
                .Select(o => KnownFacts.Operation(o.Key).Fields.Where(f => f.Place == "response" && names.Contains(f.Path)).Select(f => f.Path)).ToList();
            return orders.Count > 0 && !orders.Any(order => order.SequenceEqual(names));
        }).Select(s => s.Name));
    }
}
