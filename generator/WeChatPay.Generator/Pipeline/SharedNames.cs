using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Pipeline;

/// <summary>The shared shapes that members name, without those that are named twice, in the order of their first use.</summary>
internal static class SharedNames
{
    public static void Collect(EquatableArray<Member> members, List<string> names)
    {
        foreach (var member in members)
        {
            var type = member.Type;
            while (type is ListType list) type = list.Element;
            switch (type)
            {
                case SharedType shared when !names.Contains(shared.Name):
                    names.Add(shared.Name);
                    break;
                case ObjectType nested:
                    Collect(nested.Shape.Members, names);
                    break;
            }
        }
    }
}
