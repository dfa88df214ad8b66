using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Emit;

/// <summary>Members of what APIv2 sends and answers: flat, all of them text on the wire, lists as numbered members.</summary>
internal static class XmlMembers
{
    private const string Nonce = "nonce_str";
    private const string Sign = "sign";
    private const string SignType = "sign_type";
    private const string FileMd5 = "media_hash";
    private const string Hmac = "HMAC-SHA256";
    private const string Md5 = "MD5";
    private const string Outer = "$n";
    private const string Inner = "$m";

    public static MemberCode CodeOf(Member member, NamespaceContext names, bool isRead)
    {
        // A family stays one, whatever its spec says of the type.
        var depth = Contains(member.WireName, Inner) ? 2 : Contains(member.WireName, Outer) ? 1 : 0;
        var isList = member.Type is ListType;
        var element = member.Type;
        while (element is ListType list) element = list.Element;

        if (member.Encryption == Encryption.Platform) return Encrypted(isList ? Math.Max(depth, 1) : depth, isRead ? "Decrypted" : "Encrypted");
        if (depth == 0 && !isList) return Single(element, names);
        if (depth == 0 && element is (ObjectType or SharedType))
        {
            var objects = MemberCode.OfSingle(element, names);
            return MemberCode.List(objects, "Objects") with { HasRequiredForm = false };
        }

        // The place in the list is the number in the name, so a number that is left out leaves a null.
        var code = Single(element, names);
        if (code.Method is not ("Integer" or "Decimal" or "Enumeration")) code = MemberCode.Reference("string", "Text");
        return Numbered(code, depth);
    }

    private static MemberCode Encrypted(int depth, string method)
    {
        var code = MemberCode.Reference("string", method);
        return depth == 0 ? code : Numbered(code, depth);
    }

    private static MemberCode Numbered(MemberCode code, int depth)
    {
        var result = MemberCode.List(code with { TypeName = code.TypeName + "?" }, code.Method + (depth == 2 ? "Lists" : "s")) with { HasRequiredForm = false };
        return depth == 2 ? result with { TypeName = FrameworkNames.ReadOnlyList + "<" + result.TypeName + "?>" } : result;
    }

    /// <summary>The client fills these in where the caller does not, so none of them can be demanded.</summary>
    public static EquatableArray<Member> WithoutRequiredOfClient(EquatableArray<Member> members, bool hasFile = false)
    {
        var result = new Member[members.Count];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = members[i].WireName is Nonce or Sign or SignType || (hasFile && members[i].WireName == FileMd5) ? OfClient(members[i]) : members[i];
        }

        return new(result);
    }

    /// <summary>The statement of a member that the client fills in; empty if it writes it by itself, null if the member is the caller's.</summary>
    public static string? WrittenByClient(Member member, MemberCode code, Place place)
    {
        var name = (place == Place.JsonRequest ? CSharpText.Utf8Literal(member.WireName) : CSharpText.Literal(member.WireName)) + ", ";
        return (member.WireName, code.Method) switch
        {
            (Sign, _) => "",
            (Nonce, "Text") => "w.Nonce(" + name + member.PropertyName + ");",
            (SignType, "Text") => "w.SignType(" + name + member.PropertyName + ", \"" + Hmac + "\");",
            (SignType, "Enumeration") => "w.SignType(" + name + member.PropertyName + "?.Value, \"" + DefaultSignType(member) + "\");",
            (FileMd5, "Text") when place == Place.Part => "w.FileMd5(" + name + member.PropertyName + ");",
            _ => null,
        };
    }

    public static void ReadingConstructors(SourceWriter w, string typeName, EquatableArray<Member> members, NamespaceContext names)
    {
        var fullName = names.Local(typeName);
        w.Line("/// <summary>An empty one, for tests.</summary>");
        w.Line("public ", typeName, "() { }");
        w.Line("private ", typeName, "(" + RuntimeNames.XmlReader + " r)");
        w.Open();
        foreach (var member in members)
        {
            var code = CodeOf(member, names, isRead: true);
            w.Line(
                member.PropertyName,
                " = r.",
                code.Method,
                code.ReadTypeArgument.Length == 0 ? "" : "<" + code.ReadTypeArgument + ">",
                "(",
                CSharpText.Literal(member.WireName),
                ");");
        }

        w.Close();
        w.Line("static ", fullName, " ", RuntimeNames.XmlReadable + "<" + fullName + ">", ".Read(" + RuntimeNames.XmlReader + " r) => new(r);");
    }

    private static MemberCode Single(TypeReference type, NamespaceContext names)
    {
        // XML has no numbers: a time is written by its format.
        var code = MemberCode.OfSingle(type, names);
        return code.Method == "TimeAsNumber" ? code with { Method = "Time" } : code;
    }

    private static Member OfClient(Member member) => member with
    {
        IsRequired = false,
        PresetLiteral = null,
        Documentation = member.Documentation with { Description = (member.Documentation.Description + " " + Note(member.WireName)).TrimStart() },
    };

    private static string Note(string wireName) => wireName switch
    {
        Nonce => "Left unset, the client makes a random one.",
        FileMd5 => "Left unset, the client computes it of the file.",
        Sign => "The client signs; what is set here is not sent.",
        _ => "Left unset, the client chooses.",
    };

    private static string DefaultSignType(Member member)
    {
        if (member.Type is not EnumerationType { Enumeration: var enumeration }) return Hmac;
        var hasMd5 = false;
        foreach (var literal in enumeration.Literals)
        {
            if (literal.WireValue == Hmac) return Hmac;
            hasMd5 |= literal.WireValue == Md5;
        }

        return hasMd5 ? Md5 : Hmac;
    }

    private static bool Contains(string text, string part) => text.IndexOf(part, StringComparison.Ordinal) >= 0;
}
