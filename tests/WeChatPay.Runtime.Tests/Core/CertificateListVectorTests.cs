using System.IO;
using System.Net.Http;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using WeChatPay.Keys;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Every row of vectors/04: a client without any platform key fetches the list, and believes it or not.</summary>
public class CertificateListVectorTests
{
    private static readonly JsonElement Vector = JsonDocument.Parse(File.ReadAllBytes(Vectors.PathOf("04-certificate-list.json"))).RootElement;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [VectorRows("04-certificate-list.json")]
    [InlineData("headers_good")]
    [InlineData("headers_good_newer")]
    public async Task A_list_signed_by_one_of_its_own_certificates_is_believed(string headers)
    {
        var api = Api(headers);
        using var client = Client(api);
        await client.Core.Keyring.MakeReadyAsync(Ct);
        Assert.Equal(
            Vector.GetProperty("certificates").EnumerateArray().Select(row => (row.Text("serial_no"), PublicKeyIn(row.Text("pem")))),
            client.Core.Credentials.PlatformKeys.Keys.Select(key => (key.Serial, Convert.ToBase64String(((RsaPlatformKey)key.Key).Rsa.ExportSubjectPublicKeyInfo()))));
        Assert.Equal(Vector.Text("newest_for_encryption"), client.Core.Credentials.PlatformKeys.EncryptionKey.Serial);
        Assert.All(client.Core.Credentials.PlatformKeys.Keys, key => Assert.Equal(20, (key.NotAfter - key.NotBefore).TotalDays / 365, 1.0));

        var request = Assert.Single(api.Requests);
        Assert.Equal("/v3/certificates", request.Address.PathAndQuery);
        SignedCallTests.AssertSigned(request);
        Assert.Null(request.Header("Wechatpay-Serial"));
    }

    [Theory]
    [VectorRows("04-certificate-list.json")]
    [InlineData("headers_bad_signed_by_stranger", WeChatPaySignatureFailure.Mismatch)]
    [InlineData("headers_bad_serial_not_in_list", WeChatPaySignatureFailure.UnknownSerial)]
    public async Task A_list_signed_by_somebody_else_is_refused(string headers, WeChatPaySignatureFailure reason)
    {
        using var client = Client(Api(headers));
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Equal((WeChatPaySignatureFailure.NoPlatformKey, WeChatPayOutcome.NotSent), (failure.Reason, failure.Outcome));
        Assert.Equal(reason, Assert.IsType<WeChatPaySignatureException>(failure.InnerException).Reason);
        Assert.Empty(client.Core.Credentials.PlatformKeys.Keys);
    }

    public static TheoryData<string> Certificates => [.. Enumerable.Range(0, Vector.GetProperty("certificates").GetArrayLength()).Select(i => $"{i}")];

    [Theory]
    [VectorRows("04-certificate-list.json", "certificates")]
    [MemberData(nameof(Certificates))]
    public async Task Certificate(string index)
    {
        var row = Vector.GetProperty("certificates")[int.Parse(index, System.Globalization.CultureInfo.InvariantCulture)];
        using var client = Client(Api("headers_good"));
        await client.Core.Keyring.MakeReadyAsync(Ct);
        Assert.True(client.Core.Credentials.PlatformKeys.TryGet(row.Text("serial_no"), out var key));
        Assert.Equal(PublicKeyIn(row.Text("pem")), Convert.ToBase64String(((RsaPlatformKey)key.Key).Rsa.ExportSubjectPublicKeyInfo()));
    }

    [Theory]
    [VectorRows("04-certificate-list.json")]
    [InlineData("newest_for_encryption")]
    public async Task Newest(string name)
    {
        using var client = Client(Api("headers_good"));
        Assert.Equal(Vector.Text(name), (await client.SensitiveData.EncryptAsync("x", Ct)).Serial);
    }

    [Theory]
    [VectorRows("04-certificate-list.json")]
    [InlineData("none_available")]
    public async Task No_certificate_for_a_merchant_with_the_public_key_is_no_failure_and_for_one_without_it_a_clear_one(string name)
    {
        var none = Vector.GetProperty(name);
        var api = new FakeApi(_ => FakeApi.Unsigned(none.Text("body_utf8"), none.GetProperty("status").GetInt32()));
        using (var client = Client(api))
        {
            var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.Orders.PostAsync(new(), cancellationToken: Ct));
            Assert.Equal((WeChatPaySignatureFailure.NoPlatformKey, WeChatPayOutcome.NotSent), (failure.Reason, failure.Outcome));
            Assert.Contains("Set PublicKeyId and PublicKey", failure.Message, StringComparison.Ordinal);
        }

        var options = VectorMerchant.Options();
        (options.PlatformCertificates, options.FetchPlatformCertificates) = ([], true);
        using var withPublicKey = new TestClient(options, api);
        Assert.InRange((await withPublicKey.Core.Keyring.RefreshAsScheduledAsync())!.Value, TimeSpan.FromHours(8), TimeSpan.FromHours(12));
        Assert.Equal(options.PublicKeyId, Assert.Single(withPublicKey.Core.Credentials.PlatformKeys.Keys).Serial);
    }

    private static string PublicKeyIn(string pem)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        return Convert.ToBase64String(certificate.PublicKey.ExportSubjectPublicKeyInfo());
    }

    private static FakeApi Api(string headers) => new(_ =>
    {
        var answer = FakeApi.Unsigned(Vector.Text("body_utf8"), Vector.GetProperty("status").GetInt32());
        foreach (var header in Vector.GetProperty(headers).EnumerateObject())
            answer.Headers.Add(header.Name, header.Value.GetString());
        return answer;
    });

    private static TestClient Client(HttpMessageHandler api)
    {
        var options = VectorMerchant.Options(new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(Vector.GetProperty("now_unix").GetInt64())));
        (options.PublicKey, options.PublicKeyId, options.PlatformCertificates, options.FetchPlatformCertificates) = (null, null, [], true);
        return new(options, api);
    }
}
