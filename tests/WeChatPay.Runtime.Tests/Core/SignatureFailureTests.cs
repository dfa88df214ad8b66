using System.Text;
using Microsoft.Extensions.Time.Testing;
using WeChatPay.Keys;
using WeChatPay.Signing;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>What a refused message's reader is told: which header, key or clock it was, how far off, and what to do about it.</summary>
public class SignatureFailureTests
{
    private const string Timestamp = "1760000000";
    private const string Nonce = "TESTRESPNONCEabcdef0123456789XYZ";
    private const string Probe = "WECHATPAY/SIGNTEST/";
    private const string OfProbe = " (A deliberate probe by WeChat Pay: refusing it is right.)";
    private static readonly byte[] Body = "{}"u8.ToArray();

    [Theory]
    [InlineData("Wechatpay-Timestamp")]
    [InlineData("Wechatpay-Nonce")]
    [InlineData("Wechatpay-Serial")]
    [InlineData("Wechatpay-Signature")]
    public void A_missing_header_is_named(string name)
        => AssertRefused(
            WeChatPaySignatureFailure.MissingHeader,
            $"Header {name} is missing. A proxy or CDN may have removed it; a message without its signature is treated as forged.",
            With(name));

    [Fact]
    public void A_header_that_occurs_several_times_is_named_with_their_number()
        => AssertRefused(WeChatPaySignatureFailure.DuplicateHeader, "Header Wechatpay-Nonce occurs 3 times; exactly one is expected.", With("Wechatpay-Nonce", "a", "a", "a"));

    [Theory]
    [InlineData("Wechatpay-Nonce", "", "is empty")]
    [InlineData("Wechatpay-Signature", "", "is empty")]
    [InlineData("Wechatpay-Signature-Type", "", "is empty")]
    [InlineData("Wechatpay-Serial", "a b", "holds blanks or characters other than printable ASCII")]
    [InlineData("Wechatpay-Signature-Type", " WECHATPAY2-SHA256-RSA2048", "holds blanks or characters other than printable ASCII")]
    [InlineData("Wechatpay-Timestamp", "17600000O0", "is no count of seconds since 1970 in plain digits")]
    public void A_malformed_header_is_named_with_what_is_odd(string name, string text, string expected)
        => AssertRefused(WeChatPaySignatureFailure.MalformedHeader, $"Header {name} {expected}.", With(name, text));

    [Fact]
    public void A_header_without_a_value_is_an_empty_one()
        => AssertRefused(WeChatPaySignatureFailure.MalformedHeader, "Header Wechatpay-Nonce is empty.", With("Wechatpay-Nonce", (string)null!));

    [Fact]
    public void Of_several_faults_the_first_is_named()
    {
        var headers = With("Wechatpay-Nonce");
        headers["Wechatpay-Serial"] = ["a", "b"];
        headers["Wechatpay-Signature-Type"] = [""];
        Assert.Equal(WeChatPaySignatureFailure.MissingHeader, Refuse(headers).Reason);
    }

    [Theory]
    [InlineData("!", true)]
    [InlineData("~", true)]
    [InlineData(" ", false)]
    [InlineData("\u007F", false)]
    public void Printable_ASCII_goes_from_the_exclamation_mark_to_the_tilde(string nonce, bool isAccepted)
        => Assert.Equal(isAccepted ? WeChatPaySignatureFailure.Mismatch : WeChatPaySignatureFailure.MalformedHeader, Refuse(With("Wechatpay-Nonce", nonce)).Reason);

    [Theory]
    [InlineData("1", WeChatPaySignatureFailure.ClockSkew)]
    [InlineData("9", WeChatPaySignatureFailure.ClockSkew)]
    [InlineData("999999999999", WeChatPaySignatureFailure.ClockSkew)]
    [InlineData("1000000000000", WeChatPaySignatureFailure.MalformedHeader)]
    [InlineData("/", WeChatPaySignatureFailure.MalformedHeader)]
    [InlineData(":", WeChatPaySignatureFailure.MalformedHeader)]
    [InlineData("1/", WeChatPaySignatureFailure.MalformedHeader)]
    [InlineData("1:", WeChatPaySignatureFailure.MalformedHeader)]
    public void A_timestamp_has_1_to_12_digits(string text, WeChatPaySignatureFailure expected)
        => Assert.Equal(expected, Refuse(With("Wechatpay-Timestamp", text)).Reason);

    [Theory]
    [InlineData(301, "behind")]
    [InlineData(-302, "ahead of")]
    public void A_clock_that_differs_is_told_by_how_much_and_in_which_direction(int later, string direction)
    {
        var options = TestMerchant.Options(new FakeTimeProvider(TestMerchant.Now.AddSeconds(later)));
        AssertRefused(
            WeChatPaySignatureFailure.ClockSkew,
            $"The message's time is {Math.Abs(later)} s {direction} the local clock; at most 300 s are allowed. Synchronise the clock of this machine, or see what holds messages back.",
            Good(),
            options);
    }

    [Fact]
    public void An_unknown_public_key_is_named_beside_those_that_are_known()
    {
        const string Known = $"{TestMerchant.PublicKeyId}, {TestMerchant.PlatformSerial}, {TestMerchant.Platform2Serial}, {TestMerchant.ExpiredSerial}";
        AssertRefused(
            WeChatPaySignatureFailure.UnknownSerial,
            $"The message names key 'PUB_KEY_ID_0', which is not in this merchant's trust set ({Known}). If it is the id that the merchant platform shows, set PublicKeyId and PublicKey to it and its key.",
            With("Wechatpay-Serial", "PUB_KEY_ID_0"));
        AssertRefused(
            WeChatPaySignatureFailure.UnknownSerial,
            $"The message names key '0PUB_KEY_ID_', which is not in this merchant's trust set ({Known}). If it is a new platform certificate: with ApiV3Key set they are fetched, for unknown serials at most once a minute; see the log for a refresh that failed.",
            With("Wechatpay-Serial", "0PUB_KEY_ID_"));
    }

    [Fact]
    public void An_expired_certificate_is_named_with_its_dates()
        => AssertRefused(
            WeChatPaySignatureFailure.ExpiredCertificate,
            $"The platform certificate {TestMerchant.ExpiredSerial} is valid from 2018-01-01 00:00:00Z to 2023-01-01 00:00:00Z, which is not now; an expired certificate proves nothing.",
            With("Wechatpay-Serial", TestMerchant.ExpiredSerial));

    [Fact]
    public void Another_algorithm_is_named_beside_that_of_the_key()
    {
        AssertRefused(
            WeChatPaySignatureFailure.UnsupportedAlgorithm,
            $"The message declares the algorithm 'WECHATPAY2-SM2-WITH-SM3', but key {TestMerchant.PublicKeyId} signs with WECHATPAY2-SHA256-RSA2048.",
            With("Wechatpay-Signature-Type", "WECHATPAY2-SM2-WITH-SM3"));
        AssertRefused(
            WeChatPaySignatureFailure.UnsupportedAlgorithm,
            $"The message declares no algorithm, which means RSA, but key {TestMerchant.PublicKeyId} signs with WECHATPAY-BRAND-SHA256-RSA2048.",
            With("Wechatpay-Signature-Type"),
            MoneyRule09BrandTests.Options());
    }

    [Fact]
    public void A_signature_that_is_none_of_this_message_is_told_with_the_key()
        => AssertRefused(
            WeChatPaySignatureFailure.Mismatch,
            $"The signature does not belong to this message under key {TestMerchant.PublicKeyId}. The message was changed on its way, is forged, or the key of that serial is another one.",
            With("Wechatpay-Nonce", "other"));

    [Fact]
    public void A_signature_of_another_form_is_told_with_the_length_that_is_expected()
    {
        AssertRefused(
            WeChatPaySignatureFailure.MalformedSignature, "The signature is not the canonical base64 of 256 bytes.", With("Wechatpay-Signature", "AAAA AAAA"));
        Assert.Equal("The signature is not the canonical base64 of 70 to 72 bytes.", Check(new OddKey(70, 72), new byte[69])?.BaseMessage);
    }

    public static TheoryData<string> Incomplete => ["Wechatpay-Timestamp", "Wechatpay-Nonce", "Wechatpay-Serial"];

    [Theory]
    [MemberData(nameof(Incomplete))]
    public void A_probe_is_recognised_in_an_incomplete_set_too(string missing)
    {
        var headers = With("Wechatpay-Signature", Probe + "x");
        headers.Remove(missing);
        var failure = Refuse(headers);
        Assert.Equal((WeChatPaySignatureFailure.MissingHeader, true), (failure.Reason, failure.IsProbe));
        Assert.StartsWith($"Header {missing} is missing.", failure.BaseMessage, StringComparison.Ordinal);

        headers["Wechatpay-Signature"] = ["x" + Probe];
        Assert.False(Refuse(headers).IsProbe);
        headers.Remove("Wechatpay-Signature");
        Assert.False(Refuse(headers).IsProbe);
    }

    [Theory]
    [InlineData("Wechatpay-Timestamp", "0", WeChatPaySignatureFailure.MalformedHeader, false)]
    [InlineData("Wechatpay-Timestamp", "1", WeChatPaySignatureFailure.ClockSkew, true)]
    [InlineData("Wechatpay-Serial", "unknown", WeChatPaySignatureFailure.UnknownSerial, true)]
    [InlineData("Wechatpay-Serial", TestMerchant.ExpiredSerial, WeChatPaySignatureFailure.ExpiredCertificate, true)]
    [InlineData("Wechatpay-Signature-Type", "X", WeChatPaySignatureFailure.UnsupportedAlgorithm, true)]
    [InlineData("Wechatpay-Nonce", "n", WeChatPaySignatureFailure.MalformedSignature, true)]
    public void A_probe_is_recognised_whatever_else_is_wrong(string name, string text, WeChatPaySignatureFailure reason, bool isTold)
    {
        var headers = With(name, text);
        var failure = Refuse(headers);
        Assert.False(failure.IsProbe);
        Assert.DoesNotContain(OfProbe, failure.BaseMessage, StringComparison.Ordinal);

        headers["Wechatpay-Signature"] = [Probe + headers["Wechatpay-Signature"][0]];
        failure = Refuse(headers);
        Assert.Equal((reason, true), (failure.Reason, failure.IsProbe));
        Assert.Equal(isTold, failure.BaseMessage.EndsWith(OfProbe, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(62, false)]
    [InlineData(63, false)]
    [InlineData(64, true)]
    [InlineData(72, true)]
    [InlineData(256, true)]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    [InlineData(1026, false)]
    public void A_text_of_64_to_1024_bytes_may_be_a_signature(int length, bool isPlausible)
    {
        var bytes = new byte[length];
        Random.Shared.NextBytes(bytes);
        var text = Convert.ToBase64String(bytes);
        Assert.Equal(isPlausible, SignedMessageVerifier.IsPlausible(text));
        Assert.False(SignedMessageVerifier.IsPlausible(text + " "));
        Assert.False(SignedMessageVerifier.IsPlausible(Probe + text));
        Assert.False(SignedMessageVerifier.IsPlausible(text[1..]));
    }

    [Fact]
    public void Signatures_of_every_length_that_a_key_can_have_are_verified_as_they_came()
    {
        // Keys of other algorithms sign in a few more or less bytes; RSA keys of more than 4096 bit leave the stack.
        foreach (var (shortest, longest) in new[] { (1, 1), (64, 64), (8, 72), (511, 511), (510, 512), (513, 513), (640, 640), (1000, 1024) })
        {
            for (var length = Math.Max(1, shortest - 2); length <= longest + 3; length++)
            {
                var key = new OddKey(shortest, longest);
                var signature = new byte[length];
                Random.Shared.NextBytes(signature);
                var failure = Check(key, signature);
                if (length >= shortest && length <= longest)
                {
                    Assert.Null(failure);
                    Assert.Equal(signature, key.Signature);
                    Assert.Equal($"{Timestamp}\n{Nonce}\n{{}}\n", Encoding.UTF8.GetString(key.Message!));
                }
                else
                {
                    Assert.Equal(WeChatPaySignatureFailure.MalformedSignature, failure?.Reason);
                    Assert.Null(key.Signature);
                }
            }
        }
    }

    private static WeChatPaySignatureException? Check(IPlatformKey key, byte[] signature)
    {
        var clock = new FakeTimeProvider(TestMerchant.Now);
        var keys = new PlatformKeySet([PlatformKey.FromPublicKey("PUB_KEY_ID_1", key)], clock);
        var headers = new SignatureHeaders(Timestamp, Nonce, "PUB_KEY_ID_1", Convert.ToBase64String(signature), null);
        return new SignedMessageVerifier(keys, clock, TimeSpan.FromSeconds(300)).Check(headers, Body);
    }

    private static Dictionary<string, string[]> Good() => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Wechatpay-Timestamp"] = [Timestamp],
        ["Wechatpay-Nonce"] = [Nonce],
        ["Wechatpay-Serial"] = [TestMerchant.PublicKeyId],
        ["Wechatpay-Signature"] = [TestMerchant.Sign(Timestamp, Nonce, Body)],
        ["Wechatpay-Signature-Type"] = ["WECHATPAY2-SHA256-RSA2048"],
    };

    private static Dictionary<string, string[]> With(string name, params string[] values)
    {
        var headers = Good();
        headers[name] = values;
        return headers;
    }

    private static void AssertRefused(WeChatPaySignatureFailure reason, string message, Dictionary<string, string[]> headers, WeChatPayOptions? options = null)
    {
        var failure = Refuse(headers, options);
        Assert.Equal((reason, message), (failure.Reason, failure.BaseMessage));
        Assert.False(failure.IsProbe);
    }

    private static WeChatPaySignatureException Refuse(Dictionary<string, string[]> headers, WeChatPayOptions? options = null)
        => Assert.Throws<WeChatPaySignatureException>(
            () => MerchantCredentials.Create(options ?? TestMerchant.Options()).Verifier.Verify(SignatureHeaders.Read(name => headers.GetValueOrDefault(name) ?? []), Body));

    /// <summary>A key whose signatures have other lengths than those of RSA; it accepts all of them and notes what it was shown.</summary>
    private sealed class OddKey(int shortest, int longest) : IPlatformKey
    {
        public byte[]? Message { get; private set; }

        public byte[]? Signature { get; private set; }

        public string Scheme => "WECHATPAY2-SHA256-RSA2048";

        public int ShortestSignature => shortest;

        public int LongestSignature => longest;

        public int LongestText => 1;

        public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
        {
            (Message, Signature) = (message.ToArray(), signature.ToArray());
            return true;
        }

        public int Encrypt(ReadOnlySpan<byte> plaintext, Span<byte> ciphertext) => throw new NotSupportedException();

        public bool IsPublicHalfOf(IMerchantKey key) => false;
    }
}
