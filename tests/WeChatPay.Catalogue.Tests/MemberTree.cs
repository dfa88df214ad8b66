namespace WeChatPay.Catalogue.Tests;

/// <summary>A member with the path that leads to it, as the facts write it: <c>detail.goods_detail[].quantity</c>.</summary>
internal sealed record PlacedMember(string Place, string Path, Member Member);

internal static class MemberTree
{
    public static IEnumerable<PlacedMember> Of(Operation operation)
        => Walk("query", operation.Query)
            .Concat(Walk("header", operation.Headers))
            .Concat(Walk("body", operation.Body.Members))
            .Concat(Walk("response", operation.Response.Members));

    public static IEnumerable<PlacedMember> Of(ObjectShape shape) => Walk("resource", shape.Members);

    public static IEnumerable<ObjectShape> Shapes(Notification notification) => notification.Variants.Select(v => v.Shape).Prepend(notification.Resource);

    private static IEnumerable<PlacedMember> Walk(string place, IEnumerable<Member> members, string prefix = "")
    {
        foreach (var member in members)
        {
            var path = prefix + member.WireName;
            yield return new PlacedMember(place, path, member);

            var type = member.Type;
            while (type is ListType list)
            {
                path += "[]";
                type = list.Element;
            }

            if (type is not ObjectType nested) continue;
            foreach (var inner in Walk(place, nested.Shape.Members, path + ".")) yield return inner;
        }
    }
}
