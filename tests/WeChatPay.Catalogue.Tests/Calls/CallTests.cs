using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace WeChatPay.Catalogue.Tests.Calls;

/// <summary>Each operation once, with every member set: what reaches the wire, and what is read from an answer with every member.</summary>
public sealed class CallTests
{
    private static readonly RSA PlatformKey = TestKeys.Private("TEST_ONLY_wechatpay_pubkey_mode_private_pkcs8.pem");
    private static readonly RSA MerchantKey = TestKeys.Private("TEST_ONLY_merchant_private_pkcs8.pem");

    [Fact]
    public void The_client_of_all_families_has_every_operation_once()
        => Assert.Equal(SpecCatalogue.Operations.Select(o => o.Key).Order(StringComparer.Ordinal), Compiled.OperationKeys().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(SpecCatalogue.OperationKeys), MemberType = typeof(SpecCatalogue))]
    public async Task A_call_sends_the_declared_verb_path_query_and_body(string key)
    {
        var operation = SpecCatalogue.Operation(key);
        var (gateway, _) = await CallAsync(operation);

        var sent = Assert.Single(gateway.Requests);
        Assert.Equal(operation.Verb, sent.Method.Method);
        Assert.Equal(ExpectedTarget(operation), sent.Uri.PathAndQuery);
        Assert.StartsWith("WECHATPAY2-SHA256-RSA2048 ", sent.Authorization, StringComparison.Ordinal);
        if (operation.Body.Kind == RequestBodyKind.None)
        {
            Assert.Empty(sent.Body);
            return;
        }

        var expected = Sample.Json(operation.Body.Members);
        var body = JsonNode.Parse(sent.Body)!.AsObject();
        var encrypted = Transform(body, operation.Body.Members, text => Encoding.UTF8.GetString(PlatformKey.Decrypt(Convert.FromBase64String(text), RSAEncryptionPadding.OaepSHA1)));
        AssertSame(expected, body);
        if (encrypted) Assert.Equal(TestKeys.PublicKeyId, sent.Serial);
    }

    [Theory]
    [MemberData(nameof(SpecCatalogue.OperationKeys), MemberType = typeof(SpecCatalogue))]
    public async Task An_answer_is_read_whole(string key)
    {
        var operation = SpecCatalogue.Operation(key);
        var (_, result) = await CallAsync(operation);

        if (operation.Response.Kind == ResponseKind.Stream)
        {
            await using var download = Assert.IsType<WeChatPayDownload>(result);
            return;
        }

        var response = Assert.IsAssignableFrom<WeChatPayResponse>(result);
        Assert.Equal((int)Status(operation), response.Http.Status);
        if (operation.Response.Kind == ResponseKind.NoContent) return;

        Assert.Equal(operation.Names.ResponseTypeName, result.GetType().Name);
        AssertSame(Sample.Json(operation.Response.Members), Compiled.Content(result, operation.Response.Members));
    }

    [Theory]
    [MemberData(nameof(SpecCatalogue.OperationKeys), MemberType = typeof(SpecCatalogue))]
    public async Task An_empty_answer_has_no_values(string key)
    {
        var operation = SpecCatalogue.Operation(key);
        if (operation.Response.Kind != ResponseKind.Json) return;

        var (_, result) = await CallAsync(operation, new JsonObject());
        Assert.Empty(Compiled.Content(result, operation.Response.Members));
    }

    /// <summary>An answer about another order is as well signed as the right one.</summary>
    [Theory]
    [MemberData(nameof(SpecCatalogue.OperationKeys), MemberType = typeof(SpecCatalogue))]
    public async Task An_answer_with_another_number_is_refused(string key)
    {
        var operation = SpecCatalogue.Operation(key);
        foreach (var echo in operation.Echoes)
        {
            var answer = Sample.Json(operation.Response.Members);
            answer[echo] = "another";
            var error = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => CallAsync(operation, answer));
            Assert.Equal(WeChatPaySignatureFailure.EchoMismatch, error.Reason);
            Assert.Equal(WeChatPayOutcome.Unknown, error.Outcome);
        }
    }

    private static async Task<(Gateway Gateway, object Result)> CallAsync(Operation operation, JsonObject? answer = null)
    {
        answer ??= Sample.Json(operation.Response.Members);
        Transform(answer, operation.Response.Members, text => Convert.ToBase64String(MerchantKey.Encrypt(Encoding.UTF8.GetBytes(text), RSAEncryptionPadding.OaepSHA1)));
        var bytes = operation.Response.Kind == ResponseKind.Json ? Encoding.UTF8.GetBytes(answer.ToJsonString()) : [];

        var gateway = new Gateway(Status(operation), bytes, isSigned: !operation.Response.IsUnsigned);
        using var client = new WeChatPayClient(TestKeys.Options(), gateway);
        return (gateway, await Compiled.CallAsync(client, operation));
    }

    private static HttpStatusCode Status(Operation operation) => operation.Response.Kind == ResponseKind.NoContent ? HttpStatusCode.NoContent : HttpStatusCode.OK;

    private static string ExpectedTarget(Operation operation)
    {
        var path = operation.Route.Where(s => s.IsParameter).Aggregate(operation.PathTemplate, (template, s) =>
            template.Replace("{" + s.Text + "}", Uri.EscapeDataString(Sample.Text(s.Text, s.ParameterType!)), StringComparison.Ordinal));
        var query = string.Join('&', operation.Query.Select(m => $"{m.WireName}={Uri.EscapeDataString(Sample.Text(m.WireName, m.Type))}"));
        return query.Length == 0 ? path : path + "?" + query;
    }

    /// <summary>Replaces every sensitive text; true if there was one.</summary>
    private static bool Transform(JsonObject json, IEnumerable<Member> members, Func<string, string> change)
    {
        var found = false;
        foreach (var member in members)
        {
            if (json[member.WireName] is not { } node) continue;
            if (member.Encryption == MemberEncryption.Platform)
            {
                json[member.WireName] = change(node.GetValue<string>());
                found = true;
                continue;
            }

            var type = member.Type is ListType list ? list.Element : member.Type;
            if (type is not ObjectType o) continue;
            foreach (var item in node is JsonArray array ? array.Select(i => i!.AsObject()) : [node.AsObject()])
            {
                found |= Transform(item, o.Shape.Members, change);
            }
        }

        return found;
    }

    private static void AssertSame(JsonNode expected, JsonNode actual)
        => Assert.True(JsonNode.DeepEquals(expected, actual), $"expected {expected.ToJsonString()}\nactual   {actual.ToJsonString()}");
}
