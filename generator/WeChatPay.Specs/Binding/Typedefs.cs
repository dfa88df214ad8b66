using WeChatPay.Specs.JsDoc;
using WeChatPay.Specs.TypeScript;

namespace WeChatPay.Specs.Binding;

/// <summary>The typedefs of a notification by their parts: headers, envelope, content.</summary>
internal sealed class Typedefs
{
    private static readonly string[] EnvelopeMembers = ["event_type", "resource", "req_info", "event_ciphertext"];

    private readonly Dictionary<string, Shape> _byName = new(StringComparer.Ordinal);
    private readonly string _text;

    public Typedefs(IReadOnlyList<Typedef> typedefs, string text)
    {
        _text = text;
        foreach (var typedef in typedefs)
        {
            var members = typedef.Base is ObjectTypeSyntax literal ? [.. literal.Members, .. typedef.Members] : typedef.Members;
            var shape = new Shape(typedef.Name, members, members.Count == 0 ? typedef.Base : null);
            // A typedef that is split over comments of one name is one.
            if (_byName.TryGetValue(typedef.Name.Text, out var first)) first.Members.AddRange(members.Where(m => !first.Members.Exists(f => f.Name.Text == m.Name.Text)));
            else _byName.Add(typedef.Name.Text, shape);
        }

        All = [.. _byName.Values];
    }

    public IReadOnlyList<Shape> All { get; }

    /// <summary>The typedef that is posted; null where only the content is declared.</summary>
    public Shape? Envelope => All.FirstOrDefault(s => !IsHeader(s) && s.Members.Exists(m => Array.IndexOf(EnvelopeMembers, m.Name.Text) >= 0))
        ?? All.FirstOrDefault(s => !IsHeader(s) && s.Name.Text is "RequestJsonData" or "XmlDataRequest" or "RequestXmlData");

    public Shape? Find(string name) => _byName.TryGetValue(name, out var shape) ? shape : null;

    /// <summary>What may be the decrypted content, the one that is called so first; further ones are variants.</summary>
    public List<Shape> Contents()
    {
        var envelope = Envelope;
        var candidates = All.Where(s => s != envelope && !IsHeader(s) && !IsReply(s) && !IsUsed(s)).ToList();
        return [.. candidates.OrderBy(s => s.Name.Text == "PlainObject" ? 0 : s.Name.Text.IndexOf("Plain", StringComparison.OrdinalIgnoreCase) >= 0 ? 1 : 2)];
    }

    private static bool IsHeader(Shape shape) => shape.Name.Text.IndexOf("Header", StringComparison.OrdinalIgnoreCase) >= 0;

    private static bool IsReply(Shape shape)
        => shape.Name.Text.IndexOf("Response", StringComparison.OrdinalIgnoreCase) >= 0
            || shape.Name.Text.IndexOf("Reply", StringComparison.OrdinalIgnoreCase) >= 0
            || shape.Name.Text.IndexOf("Request", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>Another typedef names it as the type of a member.</summary>
    private bool IsUsed(Shape shape)
        => All.Any(other => other != shape && other.Members.Exists(m => m.Type is { } type
            && _text.IndexOf(shape.Name.Text, type.Start, type.Length, StringComparison.Ordinal) >= 0));

    /// <param name="Alias">The type of a typedef that is no object.</param>
    internal sealed record Shape(Name Name, List<MemberSyntax> Members, TypeSyntax? Alias);
}
