using System.IO;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace WeChatPay.Sandbox.Tests;

/// <summary>The gateway agrees with signatures that were made by openssl and node.</summary>
public sealed class RequestVectorTests
{
    public static IEnumerable<TheoryDataRow<string>> Cases
        => Vectors()["cases"]!.AsArray().Where(c => !IsOfBrand(c!)).Select(c => new TheoryDataRow<string>((string)c!["name"]!));

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_vectors_signature_is_accepted(string name)
    {
        var (verifier, request) = Prepare(name);

        verifier.Verify(request);

        Assert.Equal(MerchantId, request.Merchant.MerchantId);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_vectors_signature_is_refused_over_one_more_byte(string name)
    {
        var (verifier, request) = Prepare(name, extraByte: true);

        Assert.Equal("SIGN_ERROR", Assert.Throws<GatewayException>(() => verifier.Verify(request)).Code);
    }

    [Fact]
    public void The_scheme_of_brand_interfaces_is_not_spoken_here()
    {
        var (verifier, request) = Prepare((string)Vectors()["cases"]!.AsArray().Single(c => IsOfBrand(c!))!["name"]!);

        Assert.Contains("WECHATPAY-BRAND", Assert.Throws<GatewayException>(() => verifier.Verify(request)).Message, StringComparison.Ordinal);
    }

    private static string MerchantId
        => (string)JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "00-config.json")))!["config"]!["mchid"]!;

    private static bool IsOfBrand(JsonNode row) => ((string)row["authorization"]!).StartsWith("WECHATPAY-BRAND", StringComparison.Ordinal);

    private static (RequestVerifier Verifier, GatewayRequest Request) Prepare(string name, bool extraByte = false)
    {
        var vectors = Vectors();
        var item = vectors["cases"]!.AsArray().Single(c => (string?)c!["name"] == name)!;
        var key = RSA.Create();
        key.ImportFromPem(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", (string)vectors["private_key"]!)));
        var merchant = new SandboxMerchant(MerchantId, "wx0000000000000001", TimeProvider.System, key, (string)vectors["serial_no"]!);

        // For uploads the text of the meta part is what is signed.
        var signed = (string?)item["signed_body_utf8"] is { } meta
            ? System.Text.Encoding.UTF8.GetBytes(meta)
            : Convert.FromBase64String((string)item["body_base64"]!);
        var headers = new HeaderDictionary { ["Authorization"] = (string)item["authorization"]! };
        return (new RequestVerifier([merchant]), new GatewayRequest
        {
            Method = (string)item["method"]!,
            Target = (string)item["path_and_query"]!,
            Headers = headers,
            Host = "api.mch.weixin.qq.com",
            Body = extraByte ? [.. signed, (byte)' '] : signed,
            Now = DateTimeOffset.FromUnixTimeSeconds(long.Parse((string)item["timestamp"]!, System.Globalization.CultureInfo.InvariantCulture)),
        });
    }

    private static JsonNode Vectors() => JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "01-request-signing.json")))!;
}
