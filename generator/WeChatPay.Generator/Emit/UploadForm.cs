using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Emit;

/// <summary>The members of a multipart request, sorted by what becomes of them.</summary>
/// <param name="File">The one file.</param>
/// <param name="Meta">What is signed; null: the spec leaves it to the client.</param>
/// <param name="Texts">Further parts.</param>
/// <param name="NameMember">The member of an object <paramref name="Meta"/> that takes the file's name, or null.</param>
/// <param name="HashMember">The member of it that takes the file's SHA-256, or null.</param>
internal sealed record UploadForm(Member File, Member? Meta, EquatableArray<Member> Texts, string? NameMember, string? HashMember)
{
    private const string MetaName = "meta";

    /// <summary>In the order of preference.</summary>
    private static readonly string[] NameMembers = ["filename", "file_name"];

    private static readonly string[] HashMembers = ["sha256", "file_sha256", "file_digest", "digest"];

    /// <summary>Null if the request has another form than one file, its meta and parts of text.</summary>
    public static UploadForm? Of(Operation operation)
    {
        Member? file = null;
        Member? meta = null;
        var texts = new List<Member>();
        foreach (var member in operation.Body.Members)
        {
            if (member.Encryption == Encryption.Platform) return null;
            if (member.Type is ScalarType { Kind: ScalarKind.Stream })
            {
                if (file is not null) return null;
                file = member;
            }
            else if (member.WireName == MetaName)
            {
                meta = member;
            }
            else if (member.Type is EnumerationType or ScalarType { Kind: ScalarKind.Text or ScalarKind.TextOrNumber or ScalarKind.Integer or ScalarKind.Boolean })
            {
                texts.Add(member);
            }
            else
            {
                return null;
            }
        }

        // An APIv2 upload is signed in another way.
        if (file is null || operation.Route[0].IsVirtual) return null;
        return meta?.Type switch
        {
            null or ScalarType { Kind: ScalarKind.Text or ScalarKind.TextOrNumber } or SharedType => new UploadForm(file, meta, new([.. texts]), null, null),
            ObjectType { Shape: var shape } => OfObject(file, meta, shape, new([.. texts])),
            _ => null,
        };
    }

    /// <summary>What the client can find out of the file itself, the caller need not give.</summary>
    private static UploadForm OfObject(Member file, Member meta, ObjectShape shape, EquatableArray<Member> texts)
    {
        var name = First(shape, NameMembers);
        var hash = HasHashOfAnotherKind(shape) ? null : First(shape, HashMembers);
        var members = new Member[shape.Members.Count];
        for (var i = 0; i < members.Length; i++)
        {
            var member = shape.Members[i];
            members[i] = member.WireName == name || member.WireName == hash ? member with { IsRequired = false, PresetLiteral = null } : member;
        }

        return new(file, meta with { Type = new ObjectType(shape with { Members = new(members) }) }, texts, name, hash);
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
