using WeChatPay.Specs.JsDoc;
using WeChatPay.Specs.TypeScript;

namespace WeChatPay.Specs.Binding;

/// <summary>
/// Signed notifications of APIv2 do not say what happened; a payment is one because it has an order number. Which members tell that a
/// notification has a certain shape: those marked <c>@discriminator</c>, else the business numbers that always come.
/// </summary>
internal static class TellingMembers
{
    private const string Tag = "discriminator";

    /// <summary>The surest kind of number first: that of an order tells more than that of a contract, which a payment may have as well.</summary>
    private static readonly string[] Endings = ["_no", "_number", "_code", "_id"];

    /// <summary>Every notification has these, or may have them.</summary>
    private static readonly HashSet<string> Common = new(StringComparer.Ordinal)
    {
        "return_code", "result_code", "err_code", "error_code", "mch_id", "sub_mch_id", "combine_mch_id", "app_id", "sub_app_id", "open_id", "sub_open_id", "union_id",
        "device_id", "store_id", "event_id",
    };

    public static List<string> Of(IReadOnlyList<MemberView> members, BindingContext context)
    {
        var marked = members.Where(m => context.Comment(m.Syntax.Doc).Find(Tag) is not null).Select(Marked).ToList();
        if (marked.Count > 0) return marked;
        var numbers = members.Where(m => m.Syntax.Kind == MemberKind.Property && !Common.Contains(m.Syntax.Name.Text) && Families.Dimensions(m.Syntax.Name.Text) == 0).ToList();
        return Surest(numbers.FindAll(m => !m.IsOptional && !UnionBinder.IsNullable(m.Syntax.Type))) ?? Surest(numbers) ?? [];
    }

    /// <summary>A member of one literal tells by its value.</summary>
    private static string Marked(MemberView member)
        => member.Syntax.Type is LiteralTypeSyntax { Kind: LiteralKind.Text, Value: var value } ? member.Syntax.Name.Text + "=" + value : member.Syntax.Name.Text;

    private static List<string>? Surest(List<MemberView> members)
        => Endings.Select(ending => members.FindAll(m => m.Syntax.Name.Text.EndsWith(ending, StringComparison.Ordinal)).ConvertAll(m => m.Syntax.Name.Text)).FirstOrDefault(n => n.Count > 0);
}
