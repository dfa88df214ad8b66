using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Emit;

/// <summary>The members of a multipart request, sorted by what becomes of them.</summary>
/// <param name="Files">The files: mostly one. Of several, one has to be there.</param>
/// <param name="Meta">What APIv3 signs; null: the spec leaves it to the client, or the request is one of APIv2, which signs all text.</param>
/// <param name="Texts">Further parts.</param>
/// <param name="NameMember">The member of an object <paramref name="Meta"/> that takes the file's name, or null.</param>
/// <param name="HashMember">The member of it that takes the file's SHA-256, or null.</param>
internal sealed record UploadForm(EquatableArray<Member> Files, Member? Meta, EquatableArray<Member> Texts, string? NameMember, string? HashMember)
{
    private const string MetaName = "meta";

    /// <summary>In the order of preference.</summary>
    private static readonly string[] NameMembers = ["filename", "file_name"];

    private static readonly string[] HashMembers = ["sha256", "file_sha256", "file_digest", "digest"];

    public bool HasOneFile => Files.Count == 1;

    public static UploadForm Of(Operation operation)
    {
        var isSignedWithin = operation.IsSignedWithin;
        var files = new List<Member>();
        Member? meta = null;
        var texts = new List<Member>();
        foreach (var member in operation.Body.Members)
        {
            if (member.Type is ScalarType { Kind: ScalarKind.Stream }) files.Add(member);
            else if (member.WireName == MetaName && !isSignedWithin) meta = member;
            else texts.Add(member);
        }

        // Without the one file there is no upload, whether or not the marks of the document can be trusted.
        var isSingle = files.Count == 1;
        for (var i = 0; i < files.Count; i++) files[i] = files[i] with { IsRequired = isSingle || files[i].IsRequired };
        var form = new UploadForm(new([.. files]), meta, new([.. texts]), null, null);
        return meta?.Type switch
        {
            ObjectType { Shape: var shape } => form.WithObject(meta, shape, isSingle),
            null or SharedType => form,

            // Whatever else it is said to be, it is sent as the JSON text that the caller has.
            _ => form with { Meta = meta with { Type = new ScalarType(ScalarKind.Text), Encryption = Encryption.None } },
        };
    }

    /// <summary>What the client can find out of the file itself, the caller need not give.</summary>
    private UploadForm WithObject(Member meta, ObjectShape shape, bool isSingle)
    {
        var name = isSingle ? First(shape, NameMembers) : null;
        var hash = !isSingle || HasHashOfAnotherKind(shape) ? null : First(shape, HashMembers);
        var members = new Member[shape.Members.Count];
        for (var i = 0; i < members.Length; i++)
        {
            var member = shape.Members[i];
            members[i] = member.WireName == name || member.WireName == hash ? member with { IsRequired = false, PresetLiteral = null } : member;
        }

        return this with { Meta = meta with { Type = new ObjectType(shape with { Members = new(members) }) }, NameMember = name, HashMember = hash };
    }

    private static string? First(ObjectShape shape, string[] names)
    {
        foreach (var name in names)
        {
            foreach (var member in shape.Members)
            {
                if (member.WireName == name && member is { Encryption: Encryption.None, Type: ScalarType { Kind: ScalarKind.Text } }) return name;
            }
        }

        return null;
    }

    /// <summary>A member that names an algorithm (<c>digest_alogrithm: 'SM3'</c>) means that the hash may be no SHA-256.</summary>
    private static bool HasHashOfAnotherKind(ObjectShape shape)
    {
        foreach (var member in shape.Members)
        {
            if (member.WireName.StartsWith("digest_al", StringComparison.Ordinal) || member.WireName is "hash_type") return true;
        }

        return false;
    }
}
