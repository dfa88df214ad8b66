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

    /// <summary>One for all calls: reading keys costs more than a call.</summary>
    private static readonly WeChatPayClient Client = new(TestKeys.Options(), new GatewayOfTheTest());

    [Fact]
    public void The_client_of_all_families_has_every_operation_once()
        => Assert.Equal(SpecCatalogue.Operations.Select(o => o.Key).Order(StringComparer.Ordinal), Compiled.OperationKeys().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(SpecCatalogue.OperationKeys), MemberType = typeof(SpecCatalogue))]
    public async Task A_call_sends_the_declared_verb_path_query_and_body(string key)
    {
        var operation = SpecCatalogue.Operation(key);
        var (gateway, result) = await CallAsync(operation);
        if (result is Uri page)
        {
            AssertTarget(operation, page);
            return;
        }

        var sent = Assert.Single(gateway.Requests);
        Assert.Equal(operation.Verb, sent.Method.Method);
        AssertTarget(operation, sent.Uri);
        Assert.All(operation.Headers, h => Assert.Equal(Sample.Text(h.WireName, h.Type), sent.Headers[h.WireName]));
        if (operation.Body.Kind == RequestBodyKind.Xml)
        {
            Assert.False(sent.Headers.ContainsKey("Authorization"));
            var members = XmlSample.Parse(sent.Body);
            Assert.Equal(XmlSample.Sign(members, members["sign"].Length), members["sign"]);
            members.Remove("sign");
            Assert.Equal(XmlSample.Members(operation.Body.Members).OrderBy(m => m.Key, StringComparer.Ordinal), members.OrderBy(m => m.Key, StringComparer.Ordinal));
            return;
        }

        Assert.Equal(!IsVersion2(operation), sent.Headers.ContainsKey("Authorization"));
        if (!IsVersion2(operation)) Assert.StartsWith("WECHATPAY2-SHA256-RSA2048 ", sent.Headers["Authorization"], StringComparison.Ordinal);
        if (operation.Body.Kind == RequestBodyKind.None)
        {
            Assert.Empty(sent.Body);
            return;
        }

        var expected = Sample.Json(operation.Body.Members.Where(m => m.Type is not ScalarType { Kind: ScalarKind.Stream }));
        var body = operation.Body.Kind == RequestBodyKind.Multipart ? Multipart.Parse(sent.Headers["Content-Type"], sent.Body, operation) : JsonNode.Parse(sent.Body)!.AsObject();
        var encrypted = Transform(body, operation.Body.Members, text => Encoding.UTF8.GetString(PlatformKey.Decrypt(Convert.FromBase64String(text), RSAEncryptionPadding.OaepSHA1)));
        AssertSame(expected, body);
        if (encrypted) Assert.Equal(TestKeys.PublicKeyId, sent.Headers["Wechatpay-Serial"]);
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

        if (operation.Response.Kind == ResponseKind.Redirect) return;
        var response = Assert.IsAssignableFrom<WeChatPayResponse>(result);
        Assert.Equal((int)Status(operation), response.Http.Status);
        if (operation.Response.Kind == ResponseKind.NoContent) return;

        Assert.Equal(operation.Names.ResponseTypeName, result.GetType().Name);
        var content = Compiled.Content(result, operation.Response.Members);
        if (operation.Response.Kind == ResponseKind.Xml) content.Remove("sign");    // made by the gateway
        AssertSame(Answer(operation), content);
    }

    [Theory]
    [MemberData(nameof(SpecCatalogue.OperationKeys), MemberType = typeof(SpecCatalogue))]
    public async Task An_empty_answer_has_no_values(string key)
    {
        var operation = SpecCatalogue.Operation(key);
        if (operation.Response.Kind is not (ResponseKind.Json or ResponseKind.Xml)) return;

        var answer = new JsonObject();
        if (operation.Response.Kind == ResponseKind.Xml) answer["return_code"] = "SUCCESS";
        else if (IsVersion2(operation)) answer["retcode"] = 0;
        var (_, result) = await CallAsync(operation, answer);
        var content = Compiled.Content(result, operation.Response.Members);

        // An answer of APIv2 says of itself that the call succeeded and how it is signed.
        if (IsVersion2(operation)) Array.ForEach(["return_code", "retcode", "sign"], name => content.Remove(name));
        Assert.Empty(content);
    }

    /// <summary>An answer about another order is as well signed as the right one.</summary>
    [Theory]
    [MemberData(nameof(SpecCatalogue.OperationKeys), MemberType = typeof(SpecCatalogue))]
    public async Task An_answer_with_another_number_is_refused(string key)
    {
        var operation = SpecCatalogue.Operation(key);
        foreach (var echo in operation.Echoes)
        {
            var answer = Answer(operation);
            answer[echo] = "another";
            var error = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => CallAsync(operation, answer));
            Assert.Equal(WeChatPaySignatureFailure.EchoMismatch, error.Reason);
            Assert.Equal(WeChatPayOutcome.Unknown, error.Outcome);
        }
    }

    private static JsonObject Answer(Operation operation)
    {
        var answer = Sample.Json(operation.Response.Members);
        if (IsVersion2(operation)) XmlSample.Succeed(answer);
        return answer;
    }

    private static async Task<(Gateway Gateway, object Result)> CallAsync(Operation operation, JsonObject? answer = null)
    {
        answer ??= Answer(operation);
        Transform(answer, operation.Response.Members, text => Convert.ToBase64String(MerchantKey.Encrypt(Encoding.UTF8.GetBytes(text), RSAEncryptionPadding.OaepSHA1)));
        Gateway gateway;
        if (operation.Response.Kind == ResponseKind.Xml)
        {
            var members = XmlSample.Members(answer, operation.Response.Members);
            members.TryAdd("return_code", "SUCCESS");
            gateway = Gateway.OfXml(members, isSigned: !operation.Response.IsUnsigned);
        }
        else
        {
            var bytes = operation.Response.Kind == ResponseKind.Json ? Encoding.UTF8.GetBytes(answer.ToJsonString()) : [];
            gateway = new Gateway(Status(operation), bytes, isSigned: !operation.Response.IsUnsigned);
        }

        GatewayOfTheTest.Current = gateway;
        return (gateway, await Compiled.CallAsync(Client, operation));
    }

    private static HttpStatusCode Status(Operation operation) => operation.Response.Kind == ResponseKind.NoContent ? HttpStatusCode.NoContent : HttpStatusCode.OK;

    private static bool IsVersion2(Operation operation) => operation.Route[0].IsVirtual;

    /// <summary>Host, path and query: sensitive values decrypted, the signature of APIv2 checked.</summary>
    private static void AssertTarget(Operation operation, Uri uri)
    {
        Assert.Equal(operation.BaseUrl ?? "https://api.mch.weixin.qq.com/", uri.GetLeftPart(UriPartial.Authority) + "/");
        var query = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=')).ToList();
        var encrypted = operation.Query.Where(m => m.Encryption == MemberEncryption.Platform).Select(m => m.WireName).ToHashSet(StringComparer.Ordinal);
        foreach (var pair in query.Where(p => encrypted.Contains(p[0])))
        {
            var value = PlatformKey.Decrypt(Convert.FromBase64String(Uri.UnescapeDataString(pair[1])), RSAEncryptionPadding.OaepSHA1);
            pair[1] = Uri.EscapeDataString(Encoding.UTF8.GetString(value));
        }

        if (query.Find(p => p[0] == "sign") is { } sign)
        {
            Assert.True(IsVersion2(operation));
            query.Remove(sign);
            var members = new SortedDictionary<string, string>(query.ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1])), StringComparer.Ordinal);
            Assert.Equal(XmlSample.Sign(members, sign[1].Length), sign[1]);
        }

        var sent = string.Join('&', query.Select(p => $"{p[0]}={p[1]}"));
        Assert.Equal(ExpectedTarget(operation), sent.Length == 0 ? uri.AbsolutePath : uri.AbsolutePath + "?" + sent);
    }

    private static string ExpectedTarget(Operation operation)
    {
        var path = operation.Route.Where(s => s.IsParameter).Aggregate(operation.PathTemplate, (template, s) =>
            template.Replace("{" + s.Text + "}", Uri.EscapeDataString(Sample.Text(s.Text, s.ParameterType!)), StringComparison.Ordinal));
        return operation.Query.Count == 0 ? path : path + "?" + Query(operation);
    }

    private static string Query(Operation operation)
        => string.Join('&', operation.Query.SelectMany(m => m.Type is ListType list ? Enumerable.Repeat(Pair(m.WireName, list.Element), 2) : [Pair(m.WireName, m.Type)]));

    private static string Pair(string name, TypeReference type) => $"{name}={Uri.EscapeDataString(Sample.Text(name, type))}";

    /// <summary>Replaces every sensitive text; true if there was one.</summary>
    private static bool Transform(JsonObject json, IEnumerable<Member> members, Func<string, string> change)
    {
        var found = false;
        foreach (var member in members)
        {
            if (json[member.WireName] is not { } node) continue;
            if (member.Encryption == MemberEncryption.Platform)
            {
                json[member.WireName] = node is JsonArray texts ? new JsonArray([.. texts.Select(t => (JsonNode)change(t!.GetValue<string>()))]) : change(node.GetValue<string>());
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
