using WeChatPay.Specs.Model;

namespace WeChatPay.Tool.Loading;

/// <summary>Part of what was read.</summary>
internal sealed record SpecSelection(
    IReadOnlyList<Declared<Operation>> Operations, IReadOnlyList<Declared<Notification>> Notifications, IReadOnlyList<Declared<SharedShape>> SharedShapes)
{
    public bool IsEmpty => Operations.Count + Notifications.Count + SharedShapes.Count == 0;

    public static SpecSelection All(SpecSet set) => new(set.Operations, set.Notifications, set.SharedShapes);

    /// <summary>By <c>VERB /url</c>, <c>/url</c> (all verbs) or event type. The URL is a template or one with values in it; a query is ignored.</summary>
    public static SpecSelection Find(SpecSet set, string text)
    {
        var (verb, url) = Split(text);
        if (url.Length == 0)
        {
            return new(
                [],
                [.. set.Notifications.Where(found => Same(found.Item.EventType, text) || Same(found.Item.Key, text))],
                [.. set.SharedShapes.Where(found => Same(found.Item.Name, text) || Same(found.Item.Key, text))]);
        }

        var operations = set.Operations.Where(found => verb.Length == 0 || Same(found.Item.Verb, verb)).ToArray();
        var exact = operations.Where(found => found.Item.PathTemplate == url).ToArray();
        return new(exact.Length > 0 ? exact : [.. operations.Where(found => Matches(found.Item.PathTemplate, url))], [], []);
    }

    /// <summary>A message for a text that finds nothing.</summary>
    public static string Advice(SpecSet set, string text)
    {
        var (verb, url) = Split(text);
        if (url.Length == 0) return "there is no event or shared shape '" + text + "'; an operation is named by verb and path: GET /v3/certificates";
        var verbs = Find(set, url).Operations.Select(found => found.Item.Verb).ToArray();
        return verbs.Length > 0
            ? url + " has no " + verb.ToUpperInvariant() + ", but " + string.Join(", ", verbs)
            : "no spec file declares '" + text + "'; --specs says where to look";
    }

    private static (string Verb, string Url) Split(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0) return ("", "");
        var end = text.IndexOfAny(['?', '#'], slash);
        return (text[..slash].Trim(), text[slash..(end < 0 ? text.Length : end)].Trim());
    }

    private static bool Matches(string template, string url)
    {
        var expected = template.Split('/');
        var actual = url.Split('/');
        if (expected.Length != actual.Length) return false;
        for (var i = 0; i < expected.Length; i++)
        {
            var isParameter = expected[i].StartsWith('{') && actual[i].Length > 0;
            if (!isParameter && expected[i] != actual[i]) return false;
        }

        return true;
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
