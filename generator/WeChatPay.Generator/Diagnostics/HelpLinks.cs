namespace WeChatPay.Generator.Diagnostics;

/// <summary>The help page of each diagnostic. There is no public address yet; once there is one, it is set here and nowhere else.</summary>
internal static class HelpLinks
{
    private const string Base = "";

    public static string Of(string id) => Base.Length == 0 ? "" : Base + id;
}
