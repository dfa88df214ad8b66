namespace WeChatPay.Sandbox;

/// <summary>The rules for a notification address: absolute http or https, no query, no user info.</summary>
internal static class NotifyUrl
{
    public static string? Read(BodyNode root, bool required)
    {
        var text = required ? root.RequiredText("notify_url", 1, 255) : root.Text("notify_url", 1, 255);
        if (text is null)
            return null;

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            throw root.Wrong("notify_url", text, "has to be an absolute http or https address");

        if (uri.UserInfo.Length > 0 || text.Contains('?', StringComparison.Ordinal) || text.Contains('#', StringComparison.Ordinal))
            throw root.Wrong("notify_url", text, "no query, fragment or user information is allowed");

        return text;
    }
}
