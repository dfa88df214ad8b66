namespace WeChatPay.PackTool;

/// <summary>Turns families.json into the page from which people choose.</summary>
internal static class FamilyPage
{
    public static string Write(string json)
    {
        var families = FamilyFile.Read(json);
        List<string> lines =
        [
            "# Families of the catalogue",
            "",
            "<!-- Written from families.json by build/families.sh; a test compares the two. -->",
            "",
            "`<WeChatPayApis>pay;refund</WeChatPayApis>` takes the families of these names; what is not taken costs nothing in the build. A family brings its",
            "companions along, and the shared shapes that it uses. Families of `global/` and `hk/` are for merchants abroad, those of `v2/` are the older APIv2 with XML.",
            "",
            $"There are {families.Count} families. `all` takes everything, and single places can be taken as well: `v3/pay/transactions/jsapi`, `webhook/v3/REFUND.*`.",
            "",
            "| Family | What it is for | Paths | Companions | Notifications |",
            "| --- | --- | --- | --- | --- |",
        ];
        foreach (var (name, family) in families)
        {
            var paths = family.Specs.Where(s => s.StartsWith("openapi/", StringComparison.Ordinal)).Select(Path);
            var notifications = family.Specs.Where(s => s.StartsWith("webhook/", StringComparison.Ordinal)).Select(s => $"`{s["webhook/".Length..^".md".Length]}`");
            lines.Add($"| `{name}` | {family.Purpose} | {string.Join(", ", paths)} | {string.Join(", ", family.Companions.Select(c => $"`{c}`"))} | {string.Join(", ", notifications)} |");
        }

        return string.Join('\n', [.. lines, ""]);
    }

    /// <summary>As in the URL, which lacks the version of APIv2.</summary>
    private static string Path(string glob)
    {
        var path = glob["openapi".Length..^".md".Length].Replace("/**/*", "/**", StringComparison.Ordinal);
        return "`" + (path.StartsWith("/v2/", StringComparison.Ordinal) ? path[3..] : path) + "`";
    }
}
