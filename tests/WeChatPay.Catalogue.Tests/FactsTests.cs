using WeChatPay.Catalogue.Tests.Facts;

namespace WeChatPay.Catalogue.Tests;

/// <summary>
/// Every operation has the fields that the public documents and SDKs give it, with their types, and requires what the rules of
/// specs/README.md make required. Deviations are decisions, listed here with the reason.
/// </summary>
public sealed class FactsTests
{
    /// <summary>
    /// The pages of the order queries print members of the order request as members of the answer. No SDK has them and no real answer
    /// carries them.
    /// </summary>
    private static readonly string[] CopiedFromTheOrderRequest =
    [
        "description", "time_expire", "notify_url", "goods_tag", "limit_pay", "support_fapiao", "detail", "scene_info.payer_client_ip",
        "scene_info.store_info",
    ];

    private static readonly Dictionary<string, string[]> LeftOut = new(StringComparer.Ordinal)
    {
        ["GET /v3/pay/transactions/id/{transaction_id}"] = CopiedFromTheOrderRequest,
        ["GET /v3/pay/transactions/out-trade-no/{out_trade_no}"] = CopiedFromTheOrderRequest,
        ["GET /v3/pay/partner/transactions/id/{transaction_id}"] = [.. CopiedFromTheOrderRequest, "settle_info"],
        ["GET /v3/pay/partner/transactions/out-trade-no/{out_trade_no}"] = [.. CopiedFromTheOrderRequest, "settle_info"],
    };

    [Fact]
    public void The_catalogue_has_exactly_the_known_operations_and_notifications()
    {
        Assert.Equal(KnownFacts.Operations.Keys.Order(StringComparer.Ordinal), SpecCatalogue.Operations.Select(o => o.Key).Order(StringComparer.Ordinal));
        Assert.Equal(KnownFacts.Notifications.Keys.Order(StringComparer.Ordinal), SpecCatalogue.Notifications.Select(n => n.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(SpecCatalogue.OperationKeys), MemberType = typeof(SpecCatalogue))]
    public void An_operation_has_the_known_fields_and_no_other(string key)
    {
        var expected = Expected(key).Where(f => f.Place != "path").Select(f => $"{f.Place} {f.Path}");
        var actual = MemberTree.Of(SpecCatalogue.Operation(key)).Select(m => $"{m.Place} {m.Path}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// Answers mostly come in the order of the documents, and the reader is fastest in the declared order. A shared shape has one order, where
    /// documents may have several.
    /// </summary>
    [Theory]
    [MemberData(nameof(SpecCatalogue.OperationKeys), MemberType = typeof(SpecCatalogue))]
    public void Members_stand_in_the_order_of_the_documents(string key)
    {
        var members = MemberTree.Of(SpecCatalogue.Operation(key)).Where(m => m.Place == "response").ToList();
        var shared = members.Where(m => m.IsShared).Select(m => m.Path).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(
            Expected(key).Where(f => f.Place == "response" && !shared.Contains(f.Path)).Select(f => f.Path),
            members.Where(m => !m.IsShared).Select(m => m.Path));
    }

    [Theory]
    [MemberData(nameof(SpecCatalogue.OperationKeys), MemberType = typeof(SpecCatalogue))]
    public void A_field_has_the_known_type(string key)
    {
        var members = MemberTree.Of(SpecCatalogue.Operation(key)).ToDictionary(m => $"{m.Place} {m.Path}", m => m.Member, StringComparer.Ordinal);
        Assert.All(Expected(key).Where(f => f.Place != "path"), f =>
        {
            var member = members[$"{f.Place} {f.Path}"];
            Assert.Equal((f.Path, f.Type.Replace('n', 'i')), (f.Path, FactType(member)));
            Assert.Equal((f.Path, Format(f)), (f.Path, TimeFormatOf(member.Type)));
            Assert.Equal((f.Path, EncryptionOf(f)), (f.Path, member.Encryption));
        });
    }

    [Theory]
    [MemberData(nameof(SpecCatalogue.OperationKeys), MemberType = typeof(SpecCatalogue))]
    public void A_request_member_is_required_where_two_independent_sources_agree(string key)
    {
        var expected = Expected(key).Where(f => f.Place is "query" or "body" && MustBeRequired(f, KnownFacts.Operation(key))).Select(f => f.Path);
        var actual = MemberTree.Of(SpecCatalogue.Operation(key)).Where(m => m.Member.IsRequired).Select(m => m.Path);
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(SpecCatalogue.OperationKeys), MemberType = typeof(SpecCatalogue))]
    public void The_path_has_the_known_parameters(string key)
    {
        var route = SpecCatalogue.Operation(key).Route.Where(s => s.IsParameter).ToList();
        var known = Expected(key).Where(f => f.Place == "path").ToList();
        Assert.Equal(known.Select(f => f.Path), route.Select(s => s.Text));
        Assert.Equal(known.Select(f => f.Type.Replace('n', 'i')), route.Select(s => FactType(s.ParameterType!)));
    }

    [Theory]
    [MemberData(nameof(SpecCatalogue.OperationKeys), MemberType = typeof(SpecCatalogue))]
    public void Request_and_answer_are_of_the_known_kind(string key)
    {
        var operation = SpecCatalogue.Operation(key);
        var known = KnownFacts.Operation(key);
        Assert.Equal(
            known.BodyKind switch { "none" => RequestBodyKind.None, "json" => RequestBodyKind.Json, "xml" => RequestBodyKind.Xml, "multipart" => RequestBodyKind.Multipart, var x => throw new InvalidDataException(x) },
            operation.Body.Kind);
        Assert.Equal(
            known.AnswerKind switch { "json" => ResponseKind.Json, "xml" => ResponseKind.Xml, "empty" => ResponseKind.NoContent, "stream" => ResponseKind.Stream, "redirect" => ResponseKind.Redirect, var x => throw new InvalidDataException(x) },
            operation.Response.Kind);
        Assert.Equal(known.Words.Contains("mtls"), operation.RequiresClientCertificate);
        Assert.Equal(known.Words.Contains("deprecated"), operation.Documentation.Deprecation is not null);
        if (!known.IsVersion2) Assert.Equal(operation.Response.Kind == ResponseKind.Stream, operation.Response.IsUnsigned);
    }

    /// <summary>A required literal is sent by itself: an order must not go out with a restriction that nobody asked for.</summary>
    [Fact]
    public void Nothing_is_pre_set()
        => Assert.Empty(SpecCatalogue.Operations.SelectMany(o => MemberTree.Of(o).Where(m => m.Member.PresetLiteral is not null).Select(m => $"{o.Key} {m.Path}")));

    [Theory]
    [MemberData(nameof(SpecCatalogue.NotificationKeys), MemberType = typeof(SpecCatalogue))]
    public void A_notification_has_only_known_fields_with_the_known_types(string key)
    {
        var known = KnownFacts.Notification(key);
        var types = known.Fields.ToDictionary(f => f.Path, f => f.Type.Replace('n', 'i'), StringComparer.Ordinal);
        var notification = SpecCatalogue.Notification(key);

        Assert.Equal(known.OriginalTypes is [var first, ..] ? first : null, notification.OriginalType);
        Assert.All(notification.Variants, v => Assert.True(v.OriginalType is null || known.OriginalTypes.Contains(v.OriginalType)));
        Assert.All(MemberTree.Shapes(notification), shape =>
        {
            var strangers = MemberTree.Of(shape).Where(m => !types.TryGetValue(m.Path, out var type) || type != FactType(m.Member));
            Assert.Empty(strangers.Select(m => $"{shape.TypeName} {m.Path}: {FactType(m.Member)}"));
            Assert.All(MemberTree.Of(shape), m => Assert.False(m.Member.IsRequired));
        });
    }

    /// <summary>Notifications of several products, whose shapes were chosen by hand: a field of one product may be nowhere.</summary>
    private static readonly string[] OfSeveralProducts = ["v3 TRANSACTION.SUCCESS", "v3 REFUND.SUCCESS", "v3 REFUND.CLOSED", "v3 REFUND.ABNORMAL", "v3 PAYSCORE.USER_SIGN_PLAN", "v3 PAYSCORE.USER_CANCEL_SIGN_PLAN"];

    [Theory]
    [MemberData(nameof(SpecCatalogue.NotificationKeys), MemberType = typeof(SpecCatalogue))]
    public void A_notification_has_all_known_fields(string key)
    {
        if (OfSeveralProducts.Contains(key)) return;
        var members = MemberTree.Shapes(SpecCatalogue.Notification(key)).SelectMany(MemberTree.Of).Select(m => m.Path).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(KnownFacts.Notification(key).Fields.Where(f => !f.IsOneSdkOnly && !members.Contains(f.Path)).Select(f => f.Path));
    }

    /// <summary>Rule 5: what a document says of an object holds wherever another document shows the same object.</summary>
    [Fact]
    public void The_same_object_has_the_same_values_everywhere()
    {
        var objects = SpecCatalogue.Operations.SelectMany(o => Objects(Version(o), "request", o.Body.Members, "").Concat(Objects(Version(o), "request", o.Query, "")).Concat(Objects(Version(o), "received", o.Response.Members, "")))
            .Concat(SpecCatalogue.Notifications.SelectMany(n => MemberTree.Shapes(n).SelectMany(s => Objects(n.Version == 2 ? "v2" : "v3", "received", s.Members, ""))))
            .Where(o => o.Members.Count >= 3);
        var different = objects.GroupBy(o => o.Identity, StringComparer.Ordinal).SelectMany(g =>
            g.SelectMany(o => o.Members).GroupBy(m => m.WireName, StringComparer.Ordinal)
                .Where(m => m.Select(x => Values(x.Type)).Distinct(StringComparer.Ordinal).Count() > 1)
                .Select(m => $"{g.Key}: {m.Key}: {string.Join(" <> ", m.Select(x => Values(x.Type)).Distinct(StringComparer.Ordinal))}"));
        if (string.Join('\n', different) is { Length: > 0 } text) Assert.Fail(text);
    }

    private static string Version(Operation operation) => operation.Route[0].IsVirtual ? "v2" : operation.PathTemplate.StartsWith("/v3/", StringComparison.Ordinal) && !operation.PathTemplate.StartsWith("/v3/global/", StringComparison.Ordinal) ? "v3" : "abroad";

    private static IEnumerable<(string Identity, IReadOnlyList<Member> Members)> Objects(string version, string direction, IReadOnlyList<Member> members, string owner)
    {
        yield return ($"{version} {direction} {owner}: {string.Join(',', members.Select(m => m.WireName).Order(StringComparer.Ordinal))}", members);
        foreach (var member in members)
        {
            var type = member.Type is ListType list ? list.Element : member.Type;
            if (type is not ObjectType nested) continue;
            foreach (var inner in Objects(version, direction, nested.Shape.Members, member.WireName)) yield return inner;
        }
    }

    private static string Values(TypeReference type) => type switch
    {
        ListType list => Values(list.Element),
        EnumerationType e => string.Join('|', e.Enumeration.Literals.Select(l => l.WireValue)),
        _ => "",
    };

    private static IEnumerable<KnownField> Expected(string key)
    {
        var known = KnownFacts.Operation(key);
        var leftOut = LeftOut.GetValueOrDefault(key) ?? [];
        return known.Fields.Where(f => (!f.IsOneSdkOnly || known.IsOneSdkOnly) && !IsInside(f.Path, leftOut, f.Place) && !IsSignature(f, known) && !IsSecondFile(f, known));
    }

    /// <summary>The client signs: a signature of the caller would only be thrown away.</summary>
    private static bool IsSignature(KnownField field, KnownOperation operation)
        => operation.IsVersion2 && field is { Place: "body" or "query", Path: "sign" };

    /// <summary>Some pages name the part of the file twice: as it is called, and as "file", which other uploads call it.</summary>
    private static bool IsSecondFile(KnownField field, KnownOperation operation)
        => field is { Type: "f", Name: "file" } && operation.Fields.Count(f => f.Type == "f") > 1;

    /// <summary>The client makes a nonce and chooses the algorithm where the caller does not.</summary>
    private static bool MustBeRequired(KnownField field, KnownOperation operation)
        => field.MustBeRequired && !(operation.IsVersion2 && field.Name is "nonce_str" or "sign_type");

    /// <summary>A wrong mark would make a good answer unreadable, so one SDK alone is not believed; the key of a bill is known from its protocol.</summary>
    private static MemberEncryption EncryptionOf(KnownField field)
        => field.IsEncryptionDoubtful && field.Place == "response" && field.Name != "encrypt_key" ? MemberEncryption.None
            : field.DecryptedBy switch { null => MemberEncryption.None, 'p' or 'm' => MemberEncryption.Platform, _ => MemberEncryption.Other };

    private static bool IsInside(string path, string[] roots, string place)
        => place == "response" && roots.Any(r => path == r || path.StartsWith(r + ".", StringComparison.Ordinal) || path.StartsWith(r + "[", StringComparison.Ordinal));

    /// <summary>What is encrypted is text until it is decrypted.</summary>
    private static string? Format(KnownField field) => EncryptionOf(field) != MemberEncryption.None ? null : field.TimeFormat switch
    {
        "date-time" => nameof(TimeFormat.DateTime),
        "date" => nameof(TimeFormat.Date),
        "yyyyMMdd" => nameof(TimeFormat.CompactDate),
        "yyyyMMddHHmmss" => nameof(TimeFormat.CompactDateTime),
        "yyyy-MM-dd HH:mm:ss" => nameof(TimeFormat.SpacedDateTime),
        "unix-seconds" => nameof(TimeFormat.UnixSeconds),
        null => null,
        var unknown => throw new InvalidDataException(unknown),
    };

    private static string? TimeFormatOf(TypeReference type) => type switch
    {
        ListType list => TimeFormatOf(list.Element),
        ScalarType { Kind: ScalarKind.Time } time => time.TimeFormat.ToString(),
        _ => null,
    };

    /// <summary>Of APIv2's counted members the facts give the type of one.</summary>
    private static string FactType(Member member)
        => member.WireName.Contains("_$", StringComparison.Ordinal) ? FactType(member.Type).TrimStart('*') : FactType(member.Type);

    /// <summary>As the facts write it; a number is a whole one in this catalogue.</summary>
    private static string FactType(TypeReference type) => type switch
    {
        ListType { Element: ScalarType { Kind: ScalarKind.Json } } => "*o",
        ListType list => "*" + FactType(list.Element),
        ObjectType or SharedType or ScalarType { Kind: ScalarKind.Json } => "o",
        EnumerationType or ScalarType { Kind: ScalarKind.Text or ScalarKind.Time } => "s",
        ScalarType { Kind: ScalarKind.Integer or ScalarKind.UnsignedInteger } => "i",
        ScalarType { Kind: ScalarKind.Boolean } => "b",
        ScalarType { Kind: ScalarKind.Stream } => "f",
        _ => type.ToString(),
    };
}
