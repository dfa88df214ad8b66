using System.Net.Http;
using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Rule 10: platform certificates come and go by verified lists alone; nothing that fails takes a key away, and nobody outside can make us fetch at will.</summary>
public class MoneyRule10RefreshTests
{
    private const string CertificatesPath = "/v3/certificates";

    private static readonly TestCertificate Old = new(TestCertificate.SerialOf(1));
    private static readonly TestCertificate New = new(TestCertificate.SerialOf(2), notBefore: TestMerchant.Now.AddDays(-1));
    private static readonly TestCertificate Later = new(TestCertificate.SerialOf(3), notBefore: TestMerchant.Now.AddYears(3), notAfter: TestMerchant.Now.AddYears(9));
    private static readonly TestCertificate Stranger = new(TestCertificate.SerialOf(9));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_any_key_the_first_calls_wait_for_one_list_and_go_out_under_its_newest_certificate()
    {
        var api = Api(() => Old.Answer(TestCertificate.List(Old, New)));
        using var client = Client(api);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.Orders.PostAsync(new(), cancellationToken: Ct)));
        Assert.All(answers, answer => Assert.Equal("wx1", answer.PrepayId));
        Assert.Single(api.Requests, IsForCertificates);
        Assert.All(api.Requests.Where(request => !IsForCertificates(request)), request => Assert.Equal(New.Serial, request.Header("Wechatpay-Serial")));
    }

    [Fact]
    public async Task Encrypting_by_hand_waits_for_the_first_certificate_or_says_how_to()
    {
        var api = Api(() => New.Answer(TestCertificate.List(Old, New)));
        using var client = Client(api);
        Assert.Contains("ApiV3Key", Assert.Throws<WeChatPaySignatureException>(() => client.SensitiveData.Encrypt("张三")).Message, StringComparison.Ordinal);
        Assert.Equal(New.Serial, (await client.SensitiveData.EncryptAsync("张三", Ct)).Serial);
        Assert.Equal(New.Serial, client.SensitiveData.Encrypt("张三").Serial);
        Assert.Single(api.Requests);
    }

    [Fact]
    public async Task A_client_whose_configured_certificate_has_expired_recovers()
    {
        var api = Api(() => New.Answer(TestCertificate.List(New)));
        using var client = Client(api, options => options.PlatformCertificates = [TestMerchant.KeyText("platform_expired.cert.pem")]);
        Assert.Equal("wx1", (await client.Orders.PostAsync(new(), cancellationToken: Ct)).PrepayId);
        Assert.Equal([New.Serial], Known(client));
    }

    [Fact]
    public async Task A_client_whose_last_certificate_expires_while_it_runs_recovers()
    {
        var clock = new FakeTimeProvider(TestMerchant.Now);
        var api = Api(() => Later.Answer(TestCertificate.List(Later), clock.GetUtcNow()), clock);
        using var client = Client(api, options => options.PlatformCertificates = [Old.Pem], clock);
        clock.SetUtcNow(TestMerchant.Now.AddYears(5));
        Assert.Equal("wx1", (await client.Orders.PostAsync(new(), cancellationToken: Ct)).PrepayId);
        Assert.Equal([Later.Serial], Known(client));
    }

    [Fact]
    public async Task An_unknown_certificate_in_an_answer_is_fetched_and_the_answer_believed()
    {
        var api = Api(() => New.Answer(TestCertificate.List(Old, New)), other: _ => New.Answer("""{"prepay_id":"wx1"}"""));
        using var client = Client(api, options => options.PlatformCertificates = [Old.Pem]);
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => client.Orders.PostAsync(new(), cancellationToken: Ct)));
        Assert.All(answers, answer => Assert.Equal("wx1", answer.PrepayId));
        Assert.Single(api.Requests, IsForCertificates);
    }

    [Fact]
    public async Task An_unknown_certificate_in_a_notification_is_fetched_and_the_notification_believed()
    {
        var api = Api(() => New.Answer(TestCertificate.List(Old, New)));
        using var client = Client(api, options => options.PlatformCertificates = [Old.Pem]);
        Assert.Equal("EV-1", (await client.Notifications.ReadAsync(New.Notification(), Ct)).Id);
        Assert.Single(api.Requests);
    }

    [Fact]
    public async Task Unknown_certificates_cause_one_refresh_in_60_seconds()
    {
        var clock = new FakeTimeProvider(TestMerchant.Now);
        var api = Api(() => Old.Answer(TestCertificate.List(Old), clock.GetUtcNow()), clock);
        using var client = Client(api, options => options.PlatformCertificates = [Old.Pem], clock);
        for (var i = 0; i < 5; i++)
            await Refused(client, Stranger.Notification(clock.GetUtcNow()), WeChatPaySignatureFailure.UnknownSerial);
        Assert.Single(api.Requests);

        clock.Advance(TimeSpan.FromSeconds(59));
        await Refused(client, Stranger.Notification(clock.GetUtcNow()), WeChatPaySignatureFailure.UnknownSerial);
        Assert.Single(api.Requests);

        clock.Advance(TimeSpan.FromSeconds(1));
        await Refused(client, Stranger.Notification(clock.GetUtcNow()), WeChatPaySignatureFailure.UnknownSerial);
        Assert.Equal(2, api.Requests.Count);
    }

    [Theory]
    [InlineData("Wechatpay-Serial", "PUB_KEY_ID_0119000000012024101500192200000009", WeChatPaySignatureFailure.UnknownSerial)]
    [InlineData("Wechatpay-Serial", "6a00000000000000000000000000000000000009", WeChatPaySignatureFailure.UnknownSerial)]
    [InlineData("Wechatpay-Serial", "6A0009", WeChatPaySignatureFailure.UnknownSerial)]
    [InlineData("Wechatpay-Timestamp", "1759999699", WeChatPaySignatureFailure.ClockSkew)]
    [InlineData("Wechatpay-Timestamp", "1760000301", WeChatPaySignatureFailure.ClockSkew)]
    [InlineData("Wechatpay-Timestamp", "01760000000", WeChatPaySignatureFailure.MalformedHeader)]
    [InlineData("Wechatpay-Nonce", "", WeChatPaySignatureFailure.MalformedHeader)]
    [InlineData("Wechatpay-Signature", "WECHATPAY/SIGNTEST/AAAA", WeChatPaySignatureFailure.UnknownSerial)]
    [InlineData("Wechatpay-Signature", "not base64", WeChatPaySignatureFailure.UnknownSerial)]
    [InlineData("Wechatpay-Signature", "AAAA", WeChatPaySignatureFailure.UnknownSerial)]
    public async Task What_is_refused_anyhow_or_names_no_certificate_fetches_nothing(string header, string value, WeChatPaySignatureFailure reason)
    {
        var api = Api(() => Old.Answer(TestCertificate.List(Old, Stranger)));
        using var client = Client(api, options => options.PlatformCertificates = [Old.Pem]);
        var message = Stranger.Notification();
        await Refused(client, new(name => name == header ? [value] : message.Headers(name), message.Body), reason);
        Assert.Empty(api.Requests);
    }

    [Fact]
    public async Task A_message_waits_two_seconds_for_a_refresh_and_no_longer()
    {
        var clock = new FakeTimeProvider(TestMerchant.Now);
        var release = new TaskCompletionSource();
        var api = Api(() => New.Answer(TestCertificate.List(Old, New)));
        api.Before = (_, ct) => release.Task.WaitAsync(ct);
        using var client = Client(api, options => options.PlatformCertificates = [Old.Pem], clock);
        var first = client.Notifications.ReadAsync(New.Notification(), Ct).AsTask();
        var second = client.Notifications.ReadAsync(New.Notification(), Ct).AsTask();
        await Until(() => api.Requests.Count == 1);
        clock.Advance(TimeSpan.FromMilliseconds(1999));
        Assert.False(first.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(2));
        Assert.Equal(WeChatPaySignatureFailure.UnknownSerial, (await Assert.ThrowsAsync<WeChatPaySignatureException>(() => first)).Reason);
        await Assert.ThrowsAsync<WeChatPaySignatureException>(() => second);

        // The refresh itself went on, and the notification that comes again is believed.
        release.SetResult();
        await Until(() => Known(client).Contains(New.Serial));
        await client.Notifications.ReadAsync(New.Notification(), Ct);
        Assert.Single(api.Requests);
    }

    [Fact]
    public async Task Who_gives_up_waiting_does_not_end_the_refresh()
    {
        var release = new TaskCompletionSource();
        var api = Api(() => New.Answer(TestCertificate.List(Old, New)));
        api.Before = (_, ct) => release.Task.WaitAsync(ct);
        using var client = Client(api);
        using var impatient = new CancellationTokenSource();
        var first = client.Orders.PostAsync(new(), cancellationToken: impatient.Token);
        var second = client.Orders.PostAsync(new(), cancellationToken: Ct);
        await Until(() => api.Requests.Count == 1);
        await impatient.CancelAsync();
        Assert.Equal(WeChatPayOutcome.NotSent, (await Assert.ThrowsAsync<WeChatPayCanceledException>(() => first)).Outcome);
        release.SetResult();
        Assert.Equal("wx1", (await second).PrepayId);
    }

    /// <summary>A refresh serves everybody: it is no part of the activity of the call that needs it first.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_refresh_takes_nothing_along_from_the_call_that_needs_it(bool isSuppressed)
    {
        var local = new AsyncLocal<string?>();
        string? seen = "nothing";
        var api = Api(() =>
        {
            seen = local.Value;
            return New.Answer(TestCertificate.List(New));
        });
        using var client = Client(api);
        local.Value = "of the call";
        Task<Order> call;
        if (isSuppressed)
        {
            using (ExecutionContext.SuppressFlow())
                call = client.Orders.PostAsync(new(), cancellationToken: Ct);
        }
        else
        {
            call = client.Orders.PostAsync(new(), cancellationToken: Ct);
        }

        Assert.Equal("wx1", (await call).PrepayId);
        Assert.Null(seen);
    }

    [Fact]
    public async Task Waiting_for_the_first_certificate_ends_at_the_calls_time_limit()
    {
        var clock = new FakeTimeProvider(TestMerchant.Now);
        var api = Api(() => throw new InvalidOperationException("never answered"));
        api.Before = (_, ct) => Task.Delay(Timeout.Infinite, ct);
        using var client = Client(api, clock: clock);
        var call = client.Orders.PostAsync(new(), new() { Timeout = TimeSpan.FromSeconds(3) }, Ct);
        await Until(() => api.Requests.Count == 1);
        clock.Advance(TimeSpan.FromSeconds(3));
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => call);
        Assert.Equal((WeChatPayTransportFailure.Timeout, WeChatPayOutcome.NotSent), (failure.Reason, failure.Outcome));
    }

    public static TheoryData<string> Failures =>
    [
        "500", "401", "redirect", "empty", "no JSON", "no data", "no item", "unsigned", "stranger's signature", "signed by a certificate that is known but not listed", "old answer",
        "other APIv3 key", "other algorithm", "no certificate inside", "two certificates inside", "serial of another", "doubled", "short key", "EC key", "merchant's serial", "merchant's key",
        "expired only", "not valid yet", "connection lost",
    ];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_refresh_that_fails_takes_no_key_away_and_adds_none(string failure)
    {
        var api = Api(() => Spoilt(failure));
        using var client = Client(api, options => options.PlatformCertificates = [Old.Pem]);
        var again = await client.Core.Keyring.RefreshAsScheduledAsync();
        Assert.InRange(again!.Value, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1));
        Assert.Equal([Old.Serial], Known(client));
        Assert.Equal("wx1", (await client.Orders.PostAsync(new(), cancellationToken: Ct)).PrepayId);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_first_list_that_is_not_proven_begins_no_trust(string failure)
    {
        var api = Api(() => Spoilt(failure));
        using var client = Client(api);
        var thrown = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.Orders.PostAsync(new() { OutTradeNo = "T1" }, cancellationToken: Ct));
        Assert.Equal((WeChatPaySignatureFailure.NoPlatformKey, WeChatPayOutcome.NotSent), (thrown.Reason, thrown.Outcome));
        Assert.Equal("POST /v3/pay/transactions/jsapi", thrown.Operation);
        Assert.DoesNotContain(api.Requests, request => !IsForCertificates(request));
        Assert.DoesNotContain(TestMerchant.ApiV3Key, thrown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transient_failure_of_the_first_list_passes()
    {
        var clock = new FakeTimeProvider(TestMerchant.Now);
        var fails = true;
        var api = Api(() => fails ? FakeApi.Unsigned("""{"code":"SYSTEM_ERROR"}""", 500) : New.Answer(TestCertificate.List(New)), clock);
        using var client = Client(api, clock: clock);
        await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.Orders.PostAsync(new(), cancellationToken: Ct));

        // Calls in between repeat what is known instead of asking each time.
        await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Single(api.Requests);

        fails = false;
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("wx1", (await client.Orders.PostAsync(new(), cancellationToken: Ct)).PrepayId);
    }

    [Fact]
    public async Task Waits_after_failures_grow_to_an_hour()
    {
        var api = Api(() => FakeApi.Unsigned("", 500));
        using var client = Client(api, options => options.PlatformCertificates = [Old.Pem]);
        var waits = new List<TimeSpan>();
        for (var i = 0; i < 9; i++)
            waits.Add((await client.Core.Keyring.RefreshAsScheduledAsync())!.Value);
        Assert.InRange(waits[0], TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1));
        Assert.InRange(waits[2], TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(4));
        Assert.InRange(waits[8], TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(60));
    }

    [Fact]
    public async Task A_verified_list_takes_away_what_it_no_longer_holds_but_never_the_public_key()
    {
        var api = Api(() => New.Answer(TestCertificate.List(New)));
        using var client = Client(api, options =>
        {
            options.PlatformCertificates = [Old.Pem];
            (options.PublicKeyId, options.PublicKey) = (TestMerchant.PublicKeyId, TestMerchant.KeyText("wechatpay_pubkey_mode_public.pem"));
        });
        await client.Notifications.ReadAsync(Old.Notification(), Ct);
        await client.Core.Keyring.RefreshAsScheduledAsync();
        Assert.Equal([TestMerchant.PublicKeyId, New.Serial], Known(client));
        await Refused(client, Old.Notification(), WeChatPaySignatureFailure.UnknownSerial);
        await client.Notifications.ReadAsync(New.Notification(), Ct);
    }

    [Fact]
    public async Task A_call_that_began_with_a_certificate_is_verified_with_it_although_it_has_left_meanwhile()
    {
        var api = Api(() => New.Answer(TestCertificate.List(New)), other: _ => Old.Answer("""{"prepay_id":"wx1"}"""));
        using var client = Client(api, options => options.PlatformCertificates = [Old.Pem]);
        api.Before = (request, _) => IsForCertificates(request) ? Task.CompletedTask : client.Core.Keyring.RefreshAsScheduledAsync();
        Assert.Equal("wx1", (await client.Orders.PostAsync(new(), cancellationToken: Ct)).PrepayId);
        Assert.Equal([New.Serial], Known(client));
    }

    [Fact]
    public async Task The_set_is_never_half_old_and_half_new()
    {
        var lists = 0;
        var api = Api(() => Interlocked.Increment(ref lists) % 2 == 0 ? Old.Answer(TestCertificate.List(Old, New)) : New.Answer(TestCertificate.List(New, Old)));
        using var client = Client(api, options => options.PlatformCertificates = [Old.Pem, New.Pem]);
        var refreshing = Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
                await client.Core.Keyring.RefreshAsScheduledAsync();
        }, Ct);
        while (!refreshing.IsCompleted)
            Assert.Equal(2, Known(client).Length);
        await refreshing;
    }

    [Fact]
    public async Task With_the_public_key_a_certificate_signed_message_brings_the_certificates()
    {
        // Before the migration has begun, an answer is signed with a certificate although the public key was asked for.
        var api = Api(() => Old.Answer(TestCertificate.List(Old)), other: _ => Old.Answer("""{"prepay_id":"wx1"}"""));
        using var client = Client(api, WithPublicKey);
        Assert.Equal("wx1", (await client.Orders.PostAsync(new(), cancellationToken: Ct)).PrepayId);
        Assert.Equal(TestMerchant.PublicKeyId, api.Requests[0].Header("Wechatpay-Serial"));
        Assert.Equal([TestMerchant.PublicKeyId, Old.Serial], Known(client));
    }

    [Fact]
    public async Task A_client_that_is_not_to_fetch_does_not()
    {
        var api = Api(() => New.Answer(TestCertificate.List(New)));
        foreach (var change in new Action<WeChatPayOptions>[] { options => options.FetchPlatformCertificates = false, options => options.ApiV3Key = null })
        {
            using var client = Client(api, options =>
            {
                WithPublicKey(options);
                change(options);
            });
            if (client.Core.Credentials.HasApiV3Key)
                await Refused(client, New.Notification(), WeChatPaySignatureFailure.UnknownSerial);
            await client.Core.Keyring.RefreshAsScheduledAsync();
        }

        Assert.Empty(api.Requests);
    }

    [Fact]
    public async Task An_overseas_merchant_asks_at_the_overseas_address()
    {
        var api = Api(() => New.Answer(TestCertificate.List(New)));
        using var client = Client(api, options => options.BaseAddress = new("https://apihk.mch.weixin.qq.com/"));
        await client.Core.Keyring.MakeReadyAsync(Ct);
        Assert.Equal("https://apihk.mch.weixin.qq.com/v3/global/certificates", Assert.Single(api.Requests).Address.AbsoluteUri);
    }

    private static HttpResponseMessage Spoilt(string failure)
    {
        var merchantKey = RSA.Create();
        merchantKey.ImportFromPem(TestMerchant.KeyText("merchant_private_pkcs8.pem"));
        var own = new TestCertificate(TestCertificate.SerialOf(4), merchantKey);
        switch (failure)
        {
            case "500": return FakeApi.Unsigned("""{"code":"SYSTEM_ERROR","message":"m"}""", 500);
            case "401": return FakeApi.Unsigned("""{"code":"SIGN_ERROR","message":"m"}""", 401);
            case "redirect": return FakeApi.Unsigned("", 302);
            case "empty": return New.Answer("");
            case "no JSON": return New.Answer("<html>");
            case "no data": return New.Answer("""{"data":"none"}""");
            case "no item": return New.Answer("""{"data":[]}""");
            case "unsigned": return FakeApi.Unsigned(TestCertificate.List(New), 200);
            case "stranger's signature":
                var answer = Stranger.Answer(TestCertificate.List(New));
                answer.Headers.Remove("Wechatpay-Serial");
                answer.Headers.Add("Wechatpay-Serial", New.Serial);
                return answer;
            case "signed by a certificate that is known but not listed": return Old.Answer(TestCertificate.List(New));
            case "old answer": return New.Answer(TestCertificate.List(New), TestMerchant.Now.AddSeconds(-301));
            case "other APIv3 key": return New.Answer(TestCertificate.List([TestCertificate.Item(New.Serial, New.Pem, new string('x', 32))]));
            case "other algorithm": return New.Answer(TestCertificate.List([TestCertificate.Item(New.Serial, New.Pem, algorithm: "AEAD_SM4_GCM")]));
            case "no certificate inside": return New.Answer(TestCertificate.List([TestCertificate.Item(New.Serial, "-")]));
            case "two certificates inside": return New.Answer(TestCertificate.List([TestCertificate.Item(New.Serial, New.Pem + "\n" + Stranger.Pem)]));
            case "serial of another": return New.Answer(TestCertificate.List([TestCertificate.Item(Stranger.Serial, New.Pem)]));
            case "doubled": return New.Answer(TestCertificate.List(New, New));
            case "short key":
                var small = new TestCertificate(TestCertificate.SerialOf(5), RSA.Create(1024));
                return small.Answer(TestCertificate.List(small));
            case "EC key": return New.Answer(TestCertificate.List([TestCertificate.Item(New.Serial, New.Pem), TestCertificate.Item(TestCertificate.SerialOf(6), EcCertificate())]));
            case "merchant's serial":
                var named = new TestCertificate(TestMerchant.MerchantSerial);
                return named.Answer(TestCertificate.List(named));
            case "merchant's key": return own.Answer(TestCertificate.List(own));
            case "expired only":
                var past = new TestCertificate(TestCertificate.SerialOf(7), notBefore: TestMerchant.Now.AddYears(-6), notAfter: TestMerchant.Now.AddSeconds(-1));
                return past.Answer(TestCertificate.List(past));
            case "not valid yet":
                var future = new TestCertificate(TestCertificate.SerialOf(8), notBefore: TestMerchant.Now.AddSeconds(1));
                return future.Answer(TestCertificate.List(future));
            case "connection lost": throw new HttpRequestException(HttpRequestError.ResponseEnded);
            default: throw new InvalidOperationException(failure);
        }
    }

    private static string EcCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=TEST ONLY", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(TestMerchant.Now.AddYears(-1), TestMerchant.Now.AddYears(1));
        return certificate.ExportCertificatePem();
    }

    private static async Task Refused(TestClient client, WeChatPayNotificationMessage message, WeChatPaySignatureFailure reason)
        => Assert.Equal(reason, (await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.Notifications.ReadAsync(message, Ct).AsTask())).Reason);

    private static string[] Known(TestClient client) => [.. client.Core.Credentials.PlatformKeys.Keys.Select(key => key.Serial)];

    private static bool IsForCertificates(Received request) => request.Address.AbsolutePath == CertificatesPath;

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(5, Ct);
    }

    /// <summary>The API: the list as the test says, everything else signed with the certificate that was asked for.</summary>
    private static FakeApi Api(Func<HttpResponseMessage> list, TimeProvider? clock = null, Func<Received, HttpResponseMessage>? other = null) => new(request =>
    {
        if (IsForCertificates(request) || request.Address.AbsolutePath == "/v3/global/certificates")
            return list();
        if (other is not null)
            return other(request);
        return new[] { Old, New, Later }.Single(certificate => certificate.Serial == request.Header("Wechatpay-Serial")).Answer("""{"prepay_id":"wx1"}""", clock?.GetUtcNow());
    });

    private static void WithPublicKey(WeChatPayOptions options)
        => (options.PublicKeyId, options.PublicKey) = (TestMerchant.PublicKeyId, TestMerchant.KeyText("wechatpay_pubkey_mode_public.pem"));

    private static TestClient Client(HttpMessageHandler api, Action<WeChatPayOptions>? change = null, TimeProvider? clock = null)
    {
        var options = TestMerchant.Options(clock);
        (options.PublicKey, options.PublicKeyId, options.PlatformCertificates, options.FetchPlatformCertificates) = (null, null, [], true);
        change?.Invoke(options);
        return new(options, api);
    }
}
