using System.Net.Http;
using Microsoft.Extensions.Time.Testing;
using WeChatPay.Keys;
using WeChatPay.Signing;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Rule 6: only one form of each input is verified at all, and the key decides the algorithm.</summary>
public class MoneyRule06StrictInputsTests
{
    private const string Timestamp = "1760000000";
    private const string Nonce = "TESTRESPNONCEabcdef0123456789XYZ";
    private static readonly byte[] Body = """{"prepay_id":"wx1"}"""u8.ToArray();
    private static readonly FakeTimeProvider Clock = new(TestMerchant.Now);
    private static readonly SignedMessageVerifier Verifier = MerchantCredentials.Create(TestMerchant.Options(Clock)).Verifier;

    private static Dictionary<string, string[]> Good => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Wechatpay-Timestamp"] = [Timestamp],
        ["Wechatpay-Nonce"] = [Nonce],
        ["Wechatpay-Serial"] = [TestMerchant.PublicKeyId],
        ["Wechatpay-Signature"] = [TestMerchant.Sign(Timestamp, Nonce, Body)],
        ["Wechatpay-Signature-Type"] = ["WECHATPAY2-SHA256-RSA2048"],
    };

    [Fact]
    public void The_message_that_the_tests_spoil_is_good() => Assert.Null(Verify(Good));

    [Theory]
    [InlineData("Wechatpay-Timestamp")]
    [InlineData("Wechatpay-Nonce")]
    [InlineData("Wechatpay-Serial")]
    [InlineData("Wechatpay-Signature")]
    public void A_missing_header_is_refused(string name)
    {
        var headers = Good;
        headers.Remove(name);
        Assert.Equal(WeChatPaySignatureFailure.MissingHeader, Verify(headers));
    }

    [Theory]
    [InlineData("Wechatpay-Timestamp")]
    [InlineData("Wechatpay-Nonce")]
    [InlineData("Wechatpay-Serial")]
    [InlineData("Wechatpay-Signature")]
    [InlineData("Wechatpay-Signature-Type")]
    public void A_doubled_header_is_refused_even_if_both_are_equal(string name)
    {
        var headers = Good;
        headers[name] = [headers[name][0], headers[name][0]];
        Assert.Equal(WeChatPaySignatureFailure.DuplicateHeader, Verify(headers));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("0")]
    [InlineData("01760000000")]
    [InlineData("+1760000000")]
    [InlineData("-1760000000")]
    [InlineData("1760000000.0")]
    [InlineData("1,760,000,000")]
    [InlineData("1760000000 ")]
    [InlineData(" 1760000000")]
    [InlineData("1.76e9")]
    [InlineData("0x68E7A300")]
    [InlineData("１７６００００００００")]
    [InlineData("1760000000000000")]
    [InlineData("99999999999999999999999999")]
    [InlineData("2025-10-09")]
    public void A_timestamp_has_one_form(string text)
    {
        var headers = Good;
        headers["Wechatpay-Timestamp"] = [text];
        headers["Wechatpay-Signature"] = [TestMerchant.Sign(text, Nonce, Body)];
        Assert.Equal(WeChatPaySignatureFailure.MalformedHeader, Verify(headers));
    }

    [Theory]
    [InlineData("Wechatpay-Nonce", "")]
    [InlineData("Wechatpay-Nonce", "a b")]
    [InlineData("Wechatpay-Nonce", "a\tb")]
    [InlineData("Wechatpay-Nonce", "a\nb")]
    [InlineData("Wechatpay-Nonce", "ä")]
    [InlineData("Wechatpay-Nonce", "测")]
    [InlineData("Wechatpay-Serial", "")]
    [InlineData("Wechatpay-Serial", " PUB_KEY_ID_0119000000012024101500192200000001")]
    [InlineData("Wechatpay-Serial", "PUB_KEY_ID_0119000000012024101500192200000001 ")]
    public void Nonce_and_serial_are_printable_ASCII_without_blanks(string name, string text)
    {
        var headers = Good;
        headers[name] = [text];
        headers["Wechatpay-Signature"] = [TestMerchant.Sign(Timestamp, headers["Wechatpay-Nonce"][0], Body)];
        Assert.Equal(WeChatPaySignatureFailure.MalformedHeader, Verify(headers));
    }

    [Theory]
    [InlineData("pub_key_id_0119000000012024101500192200000001")]
    [InlineData("PUB_KEY_ID_119000000012024101500192200000001")]
    [InlineData("0119000000012024101500192200000001")]
    [InlineData("PUB_KEY_ID_01190000000120241015001922000000010")]
    [InlineData(TestMerchant.MerchantSerial)]
    public void Serials_are_compared_ordinally(string serial)
    {
        var headers = Good;
        headers["Wechatpay-Serial"] = [serial];
        Assert.Equal(WeChatPaySignatureFailure.UnknownSerial, Verify(headers));
    }

    [Fact]
    public void A_certificates_serial_in_lower_case_is_another_serial()
    {
        var headers = Good;
        headers["Wechatpay-Signature"] = [TestMerchant.Sign(Timestamp, Nonce, Body, withCertificate: true)];
        headers["Wechatpay-Serial"] = [TestMerchant.PlatformSerial];
        Assert.Null(Verify(headers));
        headers["Wechatpay-Serial"] = [TestMerchant.PlatformSerial.ToLowerInvariant()];
        Assert.Equal(WeChatPaySignatureFailure.UnknownSerial, Verify(headers));
        headers["Wechatpay-Serial"] = ["00" + TestMerchant.PlatformSerial];
        Assert.Equal(WeChatPaySignatureFailure.UnknownSerial, Verify(headers));
    }

    public static TheoryData<string> SpoiledSignatures =>
        ["line break", "blank inside", "blank at the end", "url-safe", "no padding", "more padding", "unused bits", "hex", "short", "long", "empty bytes", "probe", "quoted"];

    [Theory]
    [MemberData(nameof(SpoiledSignatures))]
    public void A_signature_has_one_text(string form)
    {
        var headers = Good;
        var good = headers["Wechatpay-Signature"][0];
        headers["Wechatpay-Signature"] = [Spoil(good, form)];
        Assert.Equal(WeChatPaySignatureFailure.MalformedSignature, Verify(headers));
    }

    [Fact]
    public void Every_other_spelling_of_the_last_letters_is_refused()
    {
        // 256 bytes leave four unused bits before the padding: 16 texts decode to the same signature, one is right.
        var headers = Good;
        var good = headers["Wechatpay-Signature"][0];
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var others = Alphabet.Select(last => good[..^3] + last + "==").Where(text => text != good && Convert.FromBase64String(text).SequenceEqual(Convert.FromBase64String(good))).ToList();
        Assert.Equal(15, others.Count);
        Assert.All(others, text =>
        {
            headers["Wechatpay-Signature"] = [text];
            Assert.Equal(WeChatPaySignatureFailure.MalformedSignature, Verify(headers));
        });
    }

    [Theory]
    [InlineData("WECHATPAY2-SM2-WITH-SM3")]
    [InlineData("wechatpay2-sha256-rsa2048")]
    [InlineData("WECHATPAY-BRAND-SHA256-RSA2048")]
    [InlineData("none")]
    public void The_header_may_only_agree_with_the_keys_algorithm(string type)
    {
        var headers = Good;
        headers["Wechatpay-Signature-Type"] = [type];
        Assert.Equal(WeChatPaySignatureFailure.UnsupportedAlgorithm, Verify(headers));
    }

    [Fact]
    public void An_absent_algorithm_is_that_of_an_RSA_key()
    {
        var headers = Good;
        headers.Remove("Wechatpay-Signature-Type");
        Assert.Null(Verify(headers));
    }

    [Theory]
    [InlineData(300, 300, true)]
    [InlineData(300, -300, true)]
    [InlineData(300, 301, false)]
    [InlineData(300, -301, false)]
    [InlineData(1, 1, true)]
    [InlineData(1, 2, false)]
    [InlineData(1, -2, false)]
    public void The_window_is_that_of_the_option_and_includes_its_edge(int tolerance, int age, bool accepted)
    {
        var options = TestMerchant.Options(new FakeTimeProvider(TestMerchant.Now.AddSeconds(age)));
        options.ClockTolerance = TimeSpan.FromSeconds(tolerance);
        Assert.Equal(
            accepted ? null : WeChatPaySignatureFailure.ClockSkew,
            Verify(Good, MerchantCredentials.Create(options).Verifier));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(301)]
    [InlineData(86400)]
    public void A_window_outside_of_1_to_300_seconds_is_refused(int seconds)
    {
        var options = TestMerchant.Options();
        options.ClockTolerance = TimeSpan.FromSeconds(seconds);
        Assert.Contains("ClockTolerance", Assert.Throws<ArgumentException>(() => MerchantCredentials.Create(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Syntax_and_time_are_checked_before_the_key_is_looked_up()
    {
        var headers = Good;
        headers["Wechatpay-Serial"] = ["PUB_KEY_ID_0"];
        headers["Wechatpay-Timestamp"] = ["1"];
        Assert.Equal(WeChatPaySignatureFailure.ClockSkew, Verify(headers));
    }

    [Fact]
    public void A_certificate_verifies_until_its_last_second_and_never_after()
    {
        var end = new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero);
        foreach (var (now, expected) in new (DateTimeOffset, WeChatPaySignatureFailure?)[]
        {
            (end, null),
            (end.AddSeconds(1), WeChatPaySignatureFailure.ExpiredCertificate),
            (new(2017, 12, 31, 23, 59, 59, TimeSpan.Zero), WeChatPaySignatureFailure.ExpiredCertificate),
        })
        {
            var timestamp = now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
            var headers = Good;
            headers["Wechatpay-Timestamp"] = [timestamp];
            headers["Wechatpay-Serial"] = [TestMerchant.ExpiredSerial];
            headers["Wechatpay-Signature"] = [TestMerchant.Sign(timestamp, Nonce, Body, withCertificate: true)];
            Assert.Equal(expected, Verify(headers, MerchantCredentials.Create(TestMerchant.Options(new FakeTimeProvider(now))).Verifier));
        }
    }

    [Fact]
    public async Task What_is_parsed_is_the_buffer_that_was_verified()
    {
        // Two equal members: whatever reads the answer must read these very bytes.
        const string Odd = "{ \"prepay_id\" : \"a\", \"prepay_id\" : \"b\" }\n";
        using var client = new TestClient(TestMerchant.Options(), new FakeApi(Odd));
        var order = await client.Orders.PostAsync(new(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("b", order.PrepayId);
        Assert.Equal(Odd, System.Text.Encoding.UTF8.GetString(order.Http.RawBody.Span));
    }

    private static string Spoil(string good, string form) => form switch
    {
        "line break" => good.Insert(76, "\n"),
        "blank inside" => good.Insert(10, " "),
        "blank at the end" => good + " ",
        "url-safe" => "-_" + good[2..],
        "no padding" => good.TrimEnd('='),
        "more padding" => good + "=",
        "unused bits" => good[..^3] + (char)(good[^3] + 1) + "==",
        "hex" => Convert.ToHexString(Convert.FromBase64String(good)),
        "short" => Convert.ToBase64String(Convert.FromBase64String(good)[1..]),
        "long" => Convert.ToBase64String([0, .. Convert.FromBase64String(good)]),
        "empty bytes" => "====",
        "probe" => "WECHATPAY/SIGNTEST/" + good,
        _ => $"\"{good}\"",
    };

    private static WeChatPaySignatureFailure? Verify(Dictionary<string, string[]> headers, SignedMessageVerifier? verifier = null)
    {
        try
        {
            (verifier ?? Verifier).Verify(SignatureHeaders.Read(name => headers.GetValueOrDefault(name) ?? []), Body);
            return null;
        }
        catch (WeChatPaySignatureException e)
        {
            return e.Reason;
        }
    }
}
