namespace WeChatPay.Specs.Binding;

/// <summary>What the place of a spec file says.</summary>
internal sealed class SpecPath
{
    private const string Extension = ".md";

    public SpecPath(string path)
    {
        Text = path.Replace('\\', '/');
        IsWebhook = After("webhook") is not null;
    }

    /// <summary>With forward slashes.</summary>
    public string Text { get; }

    /// <summary>The file stands somewhere below a folder <c>webhook</c>.</summary>
    public bool IsWebhook { get; }

    /// <summary>The event that a file below <c>webhook/v2</c> or <c>webhook/v3</c> is named after, or null.</summary>
    public string? EventType
    {
        get
        {
            if (After("webhook") is not { } rest || !Text.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)) return null;
            var name = rest.Substring(rest.LastIndexOf('/') + 1);
            name = name.Substring(0, name.Length - Extension.Length);
            return name.Length > 0 && rest.IndexOf('/') >= 0 ? name : null;
        }
    }

    /// <summary>Of a file below <c>webhook/v2</c> or <c>webhook/v3</c>, or null.</summary>
    public int? WebhookVersion => After("webhook") is not { } rest ? null : rest.StartsWith("v2/", StringComparison.OrdinalIgnoreCase) ? 2 : rest.StartsWith("v3/", StringComparison.OrdinalIgnoreCase) ? 3 : null;

    /// <summary>The URL path that the place mirrors, or null where the file stands at no such place.</summary>
    public string? UrlPath
    {
        get
        {
            if (After("openapi") is not { } rest || !rest.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)) return null;
            rest = rest.Substring(0, rest.Length - Extension.Length);
            if (rest.StartsWith("v2/", StringComparison.Ordinal)) rest = rest.Substring(3);
            if (rest == "index") rest = "";
            else if (rest.EndsWith("/index", StringComparison.Ordinal)) rest = rest.Substring(0, rest.Length - 5);
            return "/" + rest;
        }
    }

    /// <summary>What follows the last folder of this name.</summary>
    private string? After(string folder)
    {
        var at = Text.LastIndexOf("/" + folder + "/", StringComparison.Ordinal);
        if (at >= 0) return Text.Substring(at + folder.Length + 2);
        return Text.StartsWith(folder + "/", StringComparison.Ordinal) ? Text.Substring(folder.Length + 1) : null;
    }
}
