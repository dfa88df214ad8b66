using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using WeChatPay.Keys;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>A list of certificates with one flaw is refused as a whole, and the flaw is told with the certificate.</summary>
public class CertificateListTests
{
    private static readonly RSA Key = RSA.Create(2048);
    private static readonly TestCertificate One = Certificate(1);
    private static readonly TestCertificate Two = Certificate(2);

    [Fact]
    public void A_list_has_64_certificates_at_most()
    {
        var certificates = Enumerable.Range(1, 65).Select(number => Certificate(number)).ToArray();
        Assert.Equal(64, Open(TestCertificate.List(certificates[..64])).Count);
        AssertRefused("more than 64 certificates", TestCertificate.List(certificates));
    }

    [Fact]
    public void A_certificate_counts_up_to_its_last_second()
    {
        var ending = Certificate(3, TestMerchant.Now);
        Assert.Equal([One.Serial, ending.Serial], Open(TestCertificate.List(One, ending)).Select(key => key.Serial));
        Assert.Equal([One.Serial], Open(TestCertificate.List(One, ending), TestMerchant.Now.AddSeconds(1)).Select(key => key.Serial));
        AssertRefused("no certificate that is valid", TestCertificate.List(ending), TestMerchant.Now.AddSeconds(1));
    }

    [Theory]
    [InlineData("[", "no list of certificates (JsonReaderException)")]
    [InlineData("[]", "no list of certificates (InvalidOperationException)")]
    [InlineData("{}", "no list of certificates (KeyNotFoundException)")]
    [InlineData("""{"data":[{}]}""", "no list of certificates (KeyNotFoundException)")]
    [InlineData("""{"data":[{"serial_no":1}]}""", "no list of certificates (InvalidOperationException)")]
    [InlineData("""{"data":[]}""", "no certificate that is valid")]
    public void What_is_no_list_is_told(string body, string expected) => AssertRefused(expected, body);

    [Fact]
    public void The_certificate_with_the_flaw_is_named()
    {
        AssertRefused($"the certificate {One.Serial} twice", TestCertificate.List(One, Two, One));
        AssertRefused($"the certificate '{One.Serial}', whose own serial number is {Two.Serial}", TestCertificate.List([TestCertificate.Item(One.Serial, Two.Pem)]));
        AssertRefused($"the certificate '{One.Serial}', whose content is not one certificate", TestCertificate.List([TestCertificate.Item(One.Serial, One.Pem + Two.Pem)]));
        AssertRefused($"the certificate '{One.Serial}', whose content is not one certificate", TestCertificate.List([TestCertificate.Item(One.Serial, "-")]));
        var small = new TestCertificate(TestCertificate.SerialOf(4), RSA.Create(1024));
        AssertRefused($"the certificate '{small.Serial}', which has no RSA key of at least 2048 bit", TestCertificate.List(One, small));
        var own = new TestCertificate(TestMerchant.MerchantSerial, Key);
        AssertRefused($"the certificate '{own.Serial}', which is the merchant's own", TestCertificate.List(One, own));
    }

    [Fact]
    public void A_certificate_that_cannot_be_opened_is_named()
    {
        foreach (var (item, reason) in new[]
        {
            (TestCertificate.Item(One.Serial, One.Pem, new string('x', 32)), "The resource cannot be opened with the APIv3 key: it was changed, or the key that is set is not this merchant's present one."),
            (TestCertificate.Item(One.Serial, One.Pem, algorithm: "X"), "The resource is encrypted with 'X', and only AEAD_AES_256_GCM is supported here."),
        })
        {
            var failure = Assert.Throws<WeChatPayDecryptionException>(() => Open(TestCertificate.List([item])));
            Assert.Equal($"In the list of platform certificates, the certificate '{One.Serial}': {reason}", failure.BaseMessage);
        }

        var bare = Assert.Throws<WeChatPayDecryptionException>(() => Open("""{"data":[{"serial_no":"A","encrypt_certificate":{"algorithm":"AEAD_AES_256_GCM","nonce":"TESTcertn001"}}]}"""));
        Assert.Contains("the certificate 'A': The ciphertext of the resource is no base64 text", bare.BaseMessage, StringComparison.Ordinal);
    }

    private static TestCertificate Certificate(int number, DateTimeOffset? notAfter = null) => new(TestCertificate.SerialOf(number), Key, notAfter: notAfter);

    private static IReadOnlyList<PlatformKey> Open(string body, DateTimeOffset? now = null)
        => CertificateList.Open(Encoding.UTF8.GetBytes(body), MerchantCredentials.Create(TestMerchant.Options(new FakeTimeProvider(now ?? TestMerchant.Now))));

    private static void AssertRefused(string what, string body, DateTimeOffset? now = null)
        => Assert.Equal(
            $"The list of platform certificates holds {what}; it was refused as a whole.", Assert.Throws<WeChatPaySerializationException>(() => Open(body, now)).BaseMessage);
}
