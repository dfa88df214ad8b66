using Microsoft.Extensions.Time.Testing;

namespace WeChatPay.Sandbox.Tests.GeneratedClient;

/// <summary>Whatever is done to an answer on its way: an exception and never a model, and the outcome is unknown.</summary>
public sealed class TamperingTests
{
    public static TheoryData<string, WeChatPaySignatureFailure> Faults => new()
    {
        { "body", WeChatPaySignatureFailure.Mismatch },
        { "signature", WeChatPaySignatureFailure.Mismatch },
        { "probe", WeChatPaySignatureFailure.MalformedSignature },
        { "unsigned", WeChatPaySignatureFailure.MissingHeader },
        { "no timestamp", WeChatPaySignatureFailure.MissingHeader },
        { "no nonce", WeChatPaySignatureFailure.MissingHeader },
        { "no serial", WeChatPaySignatureFailure.MissingHeader },
        { "two nonces", WeChatPaySignatureFailure.DuplicateHeader },
        { "early", WeChatPaySignatureFailure.ClockSkew },
        { "late", WeChatPaySignatureFailure.ClockSkew },
        { "serial", WeChatPaySignatureFailure.UnknownSerial },
        { "algorithm", WeChatPaySignatureFailure.UnsupportedAlgorithm },
        { "base64", WeChatPaySignatureFailure.MalformedSignature },
        { "swapped", WeChatPaySignatureFailure.EchoMismatch },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_changed_answer_is_refused(string fault, WeChatPaySignatureFailure reason)
    {
        // One clock for both sides that stands still, so that a second too much is a second too much.
        await using var shop = await Shop.OpenAsync(sandbox: new SandboxOptions { TimeProvider = new FakeTimeProvider(DateTimeOffset.UtcNow) });
        await shop.OrderAsync("TEST-ORDER-0001");
        await shop.OrderAsync("TEST-ORDER-0002");
        await shop.QueryAsync("TEST-ORDER-0002");
        shop.Gateway.Faults.Add(Create(fault));

        var refused = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => shop.QueryAsync("TEST-ORDER-0001"));

        // A probe may or may not be of a form that base64 can have; it is called by its name either way.
        if (fault == "probe")
            Assert.True(refused.IsProbe);
        else
            Assert.Equal(reason, refused.Reason);

        Assert.Equal(WeChatPayOutcome.Unknown, refused.Outcome);
        Assert.Equal("TEST-ORDER-0001", refused.BusinessNumber);
        Assert.Equal("TEST-ORDER-0001", (await shop.QueryAsync("TEST-ORDER-0001")).OutTradeNo);
    }

    private static SandboxFault Create(string fault) => fault switch
    {
        "body" => SandboxFault.TamperBody(),
        "signature" => SandboxFault.TamperSignature(),
        "probe" => SandboxFault.ProbeSignature(),
        "unsigned" => SandboxFault.DropSignature(),
        "no timestamp" => SandboxFault.DropHeader("Wechatpay-Timestamp"),
        "no nonce" => SandboxFault.DropHeader("Wechatpay-Nonce"),
        "no serial" => SandboxFault.DropHeader("Wechatpay-Serial"),
        "two nonces" => SandboxFault.DuplicateHeader("Wechatpay-Nonce"),
        "early" => SandboxFault.ShiftClock(TimeSpan.FromSeconds(-301)),
        "late" => SandboxFault.ShiftClock(TimeSpan.FromSeconds(301)),
        "serial" => SandboxFault.ReplaceHeader("Wechatpay-Serial", "PUB_KEY_ID_0119000000010000000000000000000000"),
        "algorithm" => SandboxFault.ReplaceHeader("Wechatpay-Signature-Type", "WECHATPAY2-SM2-WITH-SM3"),
        "base64" => SandboxFault.ReplaceHeader("Wechatpay-Signature", "not*base64"),
        _ => SandboxFault.SwapAnswer(),
    };
}
