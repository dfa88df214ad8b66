namespace WeChatPay.Catalogue.Tests;

/// <summary>A member with the path that leads to it, as the facts write it: <c>detail.goods_detail[].quantity</c>.</summary>
/// <param name="Place">Query, header, body, response or resource.</param>
/// <param name="Path">From the root.</param>
/// <param name="Member">The member.</param>
/// <param name="IsShared">It stands in a shared shape, or comes from a base.</param>
internal sealed record PlacedMember(string Place, string Path, Member Member, bool IsShared);

internal static class MemberTree
{
    public static IEnumerable<PlacedMember> Of(Operation operation)
        => Walk("query", operation.Query)
            .Concat(Walk("header", operation.Headers))
            .Concat(Walk("body", operation.Body.Members))
            .Concat(Walk("response", operation.Response.Members, shared: SpecCatalogue.SharedShapes.Inherited(operation.Response.Bases)));

    public static IEnumerable<PlacedMember> Of(ObjectShape shape) => Walk("resource", shape.Members, shared: SpecCatalogue.SharedShapes.Inherited(shape.Bases));

    public static IEnumerable<ObjectShape> Shapes(Notification notification) => notification.Variants.Select(v => v.Shape).Prepend(notification.Resource);

    private static IEnumerable<PlacedMember> Walk(string place, IEnumerable<Member> members, string prefix = "", bool isShared = false, IReadOnlySet<string>? shared = null)
    {
        foreach (var member in members)
        {
            var path = prefix + member.WireName;
            var isInherited = isShared || shared?.Contains(member.WireName) == true;
            yield return new PlacedMember(place, path, member, isInherited);

            var type = member.Type;
            while (type is ListType list)
            {
                path += "[]";
                type = list.Element;
            }

            if (type is not ObjectType nested) continue;
            var isOfShape = isInherited || nested.Shape.TypeName.StartsWith(SharedShapes.Prefix, StringComparison.Ordinal);
            foreach (var inner in Walk(place, nested.Shape.Members, path + ".", isOfShape)) yield return inner;
        }
    }
}
