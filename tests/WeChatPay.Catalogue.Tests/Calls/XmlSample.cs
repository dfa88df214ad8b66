using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace WeChatPay.Catalogue.Tests.Calls;

/// <summary>Documents of APIv2, made and read without the runtime.</summary>
internal static partial class XmlSample
{
    /// <summary>A request with every member set.</summary>
    public static SortedDictionary<string, string> Members(IReadOnlyList<Member> members) => Members(Sample.Json(members), members);

    /// <summary>The values under their wire names; what has no form of its own in XML is JSON.</summary>
    public static SortedDictionary<string, string> Members(JsonObject values, IEnumerable<Member> members)
    {
        var result = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            if (values[member.WireName] is not { } value) continue;
            if (Dimension().Count(member.WireName) == 0) result[member.WireName] = Text(value);
            else Number(member.WireName, value, result);
        }

        return result;
    }

    /// <summary>Makes an answer one of success, which the last known value of a state mostly is not.</summary>
    public static void Succeed(JsonObject answer)
    {
        foreach (var name in new[] { "return_code", "result_code" })
        {
            if (answer.ContainsKey(name)) answer[name] = "SUCCESS";
        }

        if (answer.ContainsKey("retcode")) answer["retcode"] = 0;
        answer.Remove("sign");
    }

    public static string Text(IEnumerable<KeyValuePair<string, string>> members)
        => new XElement("xml", members.Select(m => new XElement(m.Key, m.Value))).ToString(SaveOptions.DisableFormatting);

    /// <summary>The signature of a request, wherever it travels.</summary>
    public static string SignOf(Uri uri, byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        if (text.StartsWith('<')) return Parse(body)["sign"];
        return body.Length > 0 ? Regex.Match(text, "name=\"sign\"\r\n(?:[^\r]+\r\n)*\r\n([0-9A-F]+)").Groups[1].Value : Regex.Match(uri.Query, "[?&]sign=([0-9A-F]+)").Groups[1].Value;
    }

    public static SortedDictionary<string, string> Parse(byte[] xml)
        => new(XElement.Parse(Encoding.UTF8.GetString(xml)).Elements().ToDictionary(e => e.Name.LocalName, e => e.Value), StringComparer.Ordinal);

    /// <summary>Upper-case hex of MD5 (32 characters) or HMAC-SHA256 (64).</summary>
    [SuppressMessage("Security", "CA5351", Justification = "The protocol of APIv2 has MD5.")]
    public static string Sign(SortedDictionary<string, string> members, int length, string key = TestKeys.ApiV2Key)
    {
        var text = string.Concat(members.Where(m => m.Key != "sign" && m.Value.Length > 0).Select(m => $"{m.Key}={m.Value}&")) + "key=" + key;
        var bytes = Encoding.UTF8.GetBytes(text);
        return Convert.ToHexString(length == 64 ? HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), bytes) : MD5.HashData(bytes));
    }

    private static void Number(string pattern, JsonNode value, SortedDictionary<string, string> result)
    {
        var place = Dimension().Match(pattern);
        if (!place.Success)
        {
            result[pattern] = Text(value);
            return;
        }

        var items = value.AsArray();
        for (var i = 0; i < items.Count; i++) Number($"{pattern[..place.Index]}_{i}{pattern[(place.Index + place.Length)..]}", items[i]!, result);
    }

    private static string Text(JsonNode value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    [GeneratedRegex(@"_\$[a-z]")]
    private static partial Regex Dimension();
}
