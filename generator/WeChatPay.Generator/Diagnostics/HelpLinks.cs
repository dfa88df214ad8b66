namespace WeChatPay.Generator.Diagnostics;

/// <summary>
/// The help page of each diagnostic: <c>generator/diagnostics/WXPnnnn.md</c>. There is no public address of that folder yet; once there
/// is one, it is set here, with its closing slash, and nowhere else. The pages do not ship in the package.
/// </summary>
internal static class HelpLinks
{
    private const string Base = "";

    public static string Of(string id) => Base.Length == 0 ? "" : Base + id + ".md";
}
