using System.Text.Json;
using System.Text.RegularExpressions;

namespace WeChatPay.PackTool;

/// <summary>A family as families.json describes it.</summary>
internal sealed record Family(string Purpose, string[] Specs, string[] Companions);

/// <summary>Turns families.json into static MSBuild items, one for each glob, each under the condition that a family which wants it was asked for.</summary>
internal static class FamilyFile
{
    private sealed record Catalogue(Dictionary<string, Family> Families);

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The families by name, in the order of names.</summary>
    public static SortedDictionary<string, Family> Read(string json)
    {
        Catalogue catalogue;
        try
        {
            catalogue = JsonSerializer.Deserialize<Catalogue>(json, s_options)!;
        }
        catch (JsonException exception)
        {
            throw new PackToolException("families.json: " + exception.Message);
        }

        var families = new SortedDictionary<string, Family>(catalogue.Families, StringComparer.Ordinal);
        Check(families);
        return families;
    }

    public static string Write(string json)
    {
        var families = Read(json);
        List<string> lines =
        [
            "<!-- Written from families.json by build/families.sh; a test compares the two. -->",
            "<Project>",
            "  <PropertyGroup>",
            $"    <WeChatPayKnownApis>{string.Join('|', families.Keys.Prepend("all"))}</WeChatPayKnownApis>",
            "  </PropertyGroup>",
            "  <ItemGroup>",
        ];
        foreach (var (name, family) in families)
        {
            lines.Add($"    <!-- {name}: {family.Purpose} -->");
            var wantedBy = string.Join('|', families.Keys.Where(other => Reaches(families, other, name)).Select(Regex.Escape));
            var condition = $"$([System.Text.RegularExpressions.Regex]::IsMatch($(_WeChatPayWanted), '(?i);({wantedBy});'))";
            foreach (var glob in family.Specs)
                lines.Add($"    <_WeChatPayCatalogueSpec Condition=\"{condition}\" Include=\"$(_WeChatPayCatalogue){glob}\" Exclude=\"@(_WeChatPayCatalogueSpec)\" />");
        }

        return string.Join('\n', [.. lines, "  </ItemGroup>", "</Project>", ""]);
    }

    private static void Check(SortedDictionary<string, Family> families)
    {
        foreach (var (name, family) in families)
        {
            if (name == "all" || !Regex.IsMatch(name, "^[a-z0-9]+([-/][a-z0-9]+)*$"))
                throw new PackToolException($"families.json: '{name}' is no name for a family (lower case letters, digits, '-' and '/'; 'all' is taken).");
            if (family.Companions.FirstOrDefault(c => !families.ContainsKey(c)) is { } unknown)
                throw new PackToolException($"families.json: '{name}' has the companion '{unknown}', which is no family.");
            if (family.Purpose.Contains("--", StringComparison.Ordinal))
                throw new PackToolException($"families.json: the purpose of '{name}' has '--', which no XML comment can hold.");
            if (family.Specs.FirstOrDefault(s => !Regex.IsMatch(s, "^(openapi|webhook|models)/[^\"<>&;@%$]*\\.md$")) is { } glob)
                throw new PackToolException($"families.json: '{name}' has the glob '{glob}', which is not below openapi/, webhook/ or models/ or does not end in .md.");
        }
    }

    /// <summary>Whether who asks for <paramref name="from"/> gets <paramref name="to"/>: itself or a companion, also over several steps.</summary>
    private static bool Reaches(SortedDictionary<string, Family> families, string from, string to)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([from]);
        while (open.TryPop(out var name))
        {
            if (name == to)
                return true;
            if (seen.Add(name))
                Array.ForEach(families[name].Companions, open.Push);
        }

        return false;
    }
}
