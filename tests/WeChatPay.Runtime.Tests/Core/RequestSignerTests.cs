using System.Security.Cryptography;
using System.Text;
using WeChatPay.Keys;
using WeChatPay.Signing;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>The message and the header are right for any length of their parts, and a key elsewhere fails in a way that tells what happened.</summary>
public class RequestSignerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("G", "/", "", "")]
    [InlineData("GET", "/", "n", "")]
    [InlineData("POST", "/v3/测试?名=𠮷", "n", "{\"a\":\"测试\"}")]
    public void The_message_is_five_lines_of_UTF8(string method, string target, string nonce, string body)
    {
        foreach (var timestamp in new[] { 1L, 1760000000L, long.MaxValue })
        {
            Assert.Equal(
                $"{method}\n{target}\n{timestamp}\n{nonce}\n{body}\n",
                Encoding.UTF8.GetString(RequestSigner.Message(method, target, timestamp, nonce, Encoding.UTF8.GetBytes(body))));
        }
    }

    [Fact]
    public void A_body_of_any_length_is_signed_as_a_whole()
    {
        foreach (var length in new[] { 0, 1, 4000, 100_000 })
        {
            var body = new byte[length];
            Random.Shared.NextBytes(body);
            var message = RequestSigner.Message("POST", "/v3/x", 1760000000, "n", body);
            Assert.Equal([.. "POST\n/v3/x\n1760000000\nn\n"u8, .. body, (byte)'\n'], message);
        }
    }

    [Fact]
    public async Task The_header_holds_a_signature_of_any_length()
    {
        // Beyond 600 bytes or so the header leaves the stack; short signatures come of other algorithms, long ones of RSA keys up to 8192 bit.
        byte[] signature = [];
        var credentials = Credentials(_ => new(signature));
        foreach (var length in Enumerable.Range(1, 70).Concat(Enumerable.Range(460, 330)).Append(1024))
        {
            signature = RandomNumberGenerator.GetBytes(length);
            var header = await RequestSigner.AuthorizeAsync(credentials, "GET", "/", default, Ct);
            var nonce = header.Split('"')[3];
            Assert.Equal(32, nonce.Length);
            Assert.Equal(
                $"WECHATPAY2-SHA256-RSA2048 mchid=\"1900000001\",nonce_str=\"{nonce}\",signature=\"{Convert.ToBase64String(signature)}\",timestamp=\"1760000000\",serial_no=\"{TestMerchant.MerchantSerial}\"",
                header);
        }
    }

    [Fact]
    public async Task The_header_holds_the_longest_id_beside_a_signature_of_any_length()
    {
        byte[] signature = [];
        var options = TestMerchant.Options();
        (options.MerchantId, options.MerchantPrivateKey, options.MerchantKey) = (new string('9', 32), null, new Elsewhere(_ => new(signature)));
        var credentials = MerchantCredentials.Create(options);
        for (var length = 580; length <= 660; length++)
        {
            signature = RandomNumberGenerator.GetBytes(length);
            var header = await RequestSigner.AuthorizeAsync(credentials, "GET", "/", default, Ct);
            Assert.StartsWith($"WECHATPAY2-SHA256-RSA2048 mchid=\"{options.MerchantId}\",nonce_str=\"", header, StringComparison.Ordinal);
            Assert.EndsWith(
                $"\",signature=\"{Convert.ToBase64String(signature)}\",timestamp=\"1760000000\",serial_no=\"{TestMerchant.MerchantSerial}\"", header, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Each_request_has_a_nonce_of_its_own_whatever_signs()
    {
        var credentials = MerchantCredentials.Create(TestMerchant.Options());
        var here = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RequestSigner.AuthorizeAsync(credentials, "GET", "/", default, Ct).AsTask()));
        var elsewhere = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AuthorizeAsync(_ => new([1]))));
        var nonces = here.Concat(elsewhere).Select(header => header.Split('"')[3]).ToList();
        Assert.All(nonces, nonce => Assert.Matches("^[0-9A-Za-z]{32}$", nonce));
        Assert.Equal(16, nonces.Distinct().Count());
    }

    [Fact]
    public async Task A_key_elsewhere_signs_the_message_of_the_request()
    {
        byte[]? signed = null;
        var header = await AuthorizeAsync(message =>
        {
            signed = message.ToArray();
            return new([1]);
        });
        Assert.Equal($"POST\n/v3/x?a=1\n1760000000\n{header.Split('"')[3]}\n{{}}\n", Encoding.UTF8.GetString(signed!));
    }

    [Fact]
    public async Task A_key_elsewhere_that_fails_is_the_cause_and_nothing_was_sent()
    {
        var cause = new TimeoutException("the vault did not answer");
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => AuthorizeAsync(_ => throw cause));
        Assert.Equal((WeChatPayTransportFailure.SigningFailed, WeChatPayOutcome.NotSent), (failure.Reason, failure.Outcome));
        Assert.Same(cause, failure.InnerException);
        Assert.Equal("The merchant key could not sign; see the inner exception of the IMerchantKey.", failure.BaseMessage);
    }

    [Fact]
    public async Task A_cancellation_and_a_failure_that_says_its_outcome_itself_come_through_as_they_are()
    {
        var own = new WeChatPayDecryptionException("from the key") { Outcome = WeChatPayOutcome.NotSent };
        Assert.Same(own, await Assert.ThrowsAsync<WeChatPayDecryptionException>(() => AuthorizeAsync(_ => throw own)));
        var canceled = new OperationCanceledException();
        Assert.Same(canceled, await Assert.ThrowsAsync<OperationCanceledException>(() => AuthorizeAsync(_ => throw canceled)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_elsewhere_that_returns_nothing_signs_nothing(bool isNull)
    {
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => AuthorizeAsync(_ => new(isNull ? null! : [])));
        Assert.Equal((WeChatPayTransportFailure.SigningFailed, WeChatPayOutcome.NotSent), (failure.Reason, failure.Outcome));
        Assert.Equal("The IMerchantKey returned no signature.", failure.BaseMessage);
    }

    [Theory]
    [InlineData("WECHATPAY2-SM2-WITH-SM3", true)]
    [InlineData("WECHATPAY", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("-", false)]
    [InlineData("RSA", false)]
    [InlineData("wechatpay2-sha256-rsa2048", false)]
    [InlineData("XWECHATPAY2", false)]
    [InlineData("WECHATPAY2 SHA256", false)]
    [InlineData("WECHATPAY2_SHA256", false)]
    [InlineData("WECHATPAY2\r\nX: y", false)]
    [InlineData("WECHATPAY2-SHA256-RSA2048\"", false)]
    [InlineData("WECHATPAY2-测", false)]
    public void A_scheme_opens_the_header_and_can_hold_nothing_else(string? scheme, bool isToken) => Assert.Equal(isToken, SignatureScheme.IsToken(scheme));

    [Fact]
    public void A_scheme_has_64_characters_at_most()
    {
        Assert.True(SignatureScheme.IsToken("WECHATPAY2-" + new string('X', 53)));
        Assert.False(SignatureScheme.IsToken("WECHATPAY2-" + new string('X', 54)));
    }

    private static async Task<string> AuthorizeAsync(Func<ReadOnlyMemory<byte>, ValueTask<byte[]>> sign)
        => await RequestSigner.AuthorizeAsync(Credentials(sign), "POST", "/v3/x?a=1", "{}"u8.ToArray(), Ct);

    private static MerchantCredentials Credentials(Func<ReadOnlyMemory<byte>, ValueTask<byte[]>> sign)
    {
        var options = TestMerchant.Options();
        (options.MerchantPrivateKey, options.MerchantKey) = (null, new Elsewhere(sign));
        return MerchantCredentials.Create(options);
    }

    private sealed class Elsewhere(Func<ReadOnlyMemory<byte>, ValueTask<byte[]>> sign) : IMerchantKey
    {
        public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => sign(message);

        public ValueTask<byte[]> DecryptOaepAsync(ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
