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
    };

    [Fact]
    public void The_catalogue_has_exactly_the_known_operations_and_notifications()
    {
        Assert.Equal(KnownFacts.Operations.Select(o => o.Key).Order(StringComparer.Ordinal), SpecCatalogue.Operations.Select(o => o.Key).Order(StringComparer.Ordinal));
        Assert.Equal(KnownFacts.Notifications.Select(n => n.Key).Order(StringComparer.Ordinal), SpecCatalogue.Notifications.Select(n => n.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(SpecCatalogue.OperationKeys), MemberType = typeof(SpecCatalogue))]
    public void An_operation_has_the_known_fields_and_no_other(string key)
    {
        var expected = Expected(key).Where(f => f.Place != "path").Select(f => $"{f.Place} {f.Path}");
        var actual = MemberTree.Of(SpecCatalogue.Operation(key)).Select(m => $"{m.Place} {m.Path}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    /// <summary>Answers mostly come in the order of the documents, and the reader is fastest in the declared order.</summary>
    [Theory]
    [MemberData(nameof(SpecCatalogue.OperationKeys), MemberType = typeof(SpecCatalogue))]
    public void Members_stand_in_the_order_of_the_documents(string key)
        => Assert.Equal(
            Expected(key).Where(f => f.Place == "response").Select(f => f.Path),
            MemberTree.Of(SpecCatalogue.Operation(key)).Where(m => m.Place == "response").Select(m => m.Path));

    [Theory]
    [MemberData(nameof(SpecCatalogue.OperationKeys), MemberType = typeof(SpecCatalogue))]
    public void A_field_has_the_known_type(string key)
    {
        var members = MemberTree.Of(SpecCatalogue.Operation(key)).ToDictionary(m => $"{m.Place} {m.Path}", m => m.Member, StringComparer.Ordinal);
        Assert.All(Expected(key).Where(f => f.Place != "path"), f =>
        {
            var member = members[$"{f.Place} {f.Path}"];
            Assert.Equal((f.Path, f.Type), (f.Path, FactType(member.Type)));
            Assert.Equal((f.Path, Format(f)), (f.Path, TimeFormatOf(member.Type)));
            Assert.Equal(
                (f.Path, f.EncryptedWith switch { null => MemberEncryption.None, "wechatpay-pubkey" or "merchant-cert-pubkey" => MemberEncryption.Platform, _ => MemberEncryption.Other }),
                (f.Path, member.Encryption));
        });
    }

    [Theory]
    [MemberData(nameof(SpecCatalogue.OperationKeys), MemberType = typeof(SpecCatalogue))]
    public void A_request_member_is_required_where_two_independent_sources_agree(string key)
    {
        var expected = Expected(key).Where(f => f.MustBeRequired && f.Place is "query" or "body").Select(f => f.Path);
        var actual = MemberTree.Of(SpecCatalogue.Operation(key)).Where(m => m.Member.IsRequired).Select(m => m.Path);
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(SpecCatalogue.OperationKeys), MemberType = typeof(SpecCatalogue))]
    public void The_path_has_the_known_parameters_and_the_answer_the_known_kind(string key)
    {
        var operation = SpecCatalogue.Operation(key);
        Assert.Equal(
            Expected(key).Where(f => f.Place == "path").Select(f => f.Path),
            operation.Route.Where(s => s.IsParameter).Select(s => s.Text));
        Assert.Equal(
            KnownFacts.Operation(key)!.AnswerKind switch { "json" => ResponseKind.Json, "empty" => ResponseKind.NoContent, "stream" => ResponseKind.Stream, var x => throw new InvalidDataException(x) },
            operation.Response.Kind);
        Assert.Equal(operation.Response.Kind == ResponseKind.Stream, operation.Response.IsUnsigned);
    }

    /// <summary>A required literal is sent by itself: an order must not go out with a restriction that nobody asked for.</summary>
    [Fact]
    public void Nothing_is_pre_set()
        => Assert.Empty(SpecCatalogue.Operations.SelectMany(o => MemberTree.Of(o).Where(m => m.Member.PresetLiteral is not null).Select(m => $"{o.Key} {m.Path}")));

    [Theory]
    [MemberData(nameof(SpecCatalogue.NotificationKeys), MemberType = typeof(SpecCatalogue))]
    public void A_notification_has_only_known_fields_with_the_known_types(string key)
    {
        var known = KnownFacts.Notification(key)!;
        var notification = SpecCatalogue.Notification(key);

        Assert.Contains(notification.OriginalType, known.OriginalTypes);
        Assert.All(MemberTree.Shapes(notification), shape =>
        {
            var strangers = MemberTree.Of(shape).Where(m => !known.Fields.TryGetValue(m.Path, out var type) || type != FactType(m.Member.Type));
            Assert.Empty(strangers.Select(m => $"{shape.TypeName} {m.Path}: {FactType(m.Member.Type)}"));
            Assert.All(MemberTree.Of(shape), m => Assert.False(m.Member.IsRequired));
        });
    }

    private static IEnumerable<KnownField> Expected(string key)
    {
        var leftOut = LeftOut.GetValueOrDefault(key) ?? [];
        return KnownFacts.Operation(key)!.Fields.Where(f => !f.IsOneSdkOnly && !IsInside(f.Path, leftOut, f.Place));
    }

    private static bool IsInside(string path, string[] roots, string place)
        => place == "response" && roots.Any(r => path == r || path.StartsWith(r + ".", StringComparison.Ordinal) || path.StartsWith(r + "[", StringComparison.Ordinal));

    private static string? Format(KnownField field) => field.Format switch
    {
        "date-time" => nameof(TimeFormat.DateTime),
        "date" => nameof(TimeFormat.Date),
        "yyyyMMddHHmmss" => nameof(TimeFormat.CompactDateTime),
        _ => null,
    };

    private static string? TimeFormatOf(TypeReference type) => type is ScalarType { Kind: ScalarKind.Time } time ? time.TimeFormat.ToString() : null;

    private static string FactType(TypeReference type) => type switch
    {
        ListType list => $"array<{FactType(list.Element)}>",
        ObjectType => "object",
        EnumerationType or ScalarType { Kind: ScalarKind.Text or ScalarKind.Time } => "string",
        ScalarType { Kind: ScalarKind.Integer } => "integer",
        ScalarType { Kind: ScalarKind.Boolean } => "boolean",
        _ => type.ToString(),
    };
}
