using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using WeChatPay.Keys;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Which key is used when, to the second, and how long a refresh waits.</summary>
public class PlatformKeySetTests
{
    private static readonly RSA Rsa = RSA.Create(2048);

    [Fact]
    public void A_certificate_is_valid_in_its_first_and_in_its_last_second()
    {
        var key = Certificate(1, -10, 10);
        Assert.False(key.IsValidAt(TestMerchant.Now.AddSeconds(-11)));
        Assert.True(key.IsValidAt(TestMerchant.Now.AddSeconds(-10)));
        Assert.True(key.IsValidAt(TestMerchant.Now.AddSeconds(10)));
        Assert.False(key.IsValidAt(TestMerchant.Now.AddSeconds(11)));
        Assert.False(key.IsPublicKey);
        Assert.True(PlatformKey.FromPublicKey("P", Rsa).IsValidAt(DateTimeOffset.MaxValue));
    }

    [Fact]
    public void The_public_key_comes_first_wherever_it_stands()
    {
        var publicKey = PlatformKey.FromPublicKey("P", Rsa);
        var certificate = Certificate(1, -10, 10);
        Assert.Equal("P", Best(publicKey, certificate));
        Assert.Equal("P", Best(certificate, publicKey));
        Assert.True(Set(certificate, publicKey).HasPublicKey);
        Assert.False(Set(certificate).HasPublicKey);
    }

    [Fact]
    public void Of_certificates_the_one_issued_last_comes_first_and_then_the_one_that_lasts_longer()
    {
        var (older, newer, longer) = (Certificate(1, -20, 90), Certificate(2, -10, 10), Certificate(3, -10, 11));
        foreach (var order in new[] { new[] { older, newer }, [newer, older] })
            Assert.Equal(newer.Serial, Best(order));
        foreach (var order in new[] { new[] { older, newer, longer }, [longer, newer, older], [newer, longer, older] })
            Assert.Equal(longer.Serial, Best(order));
        var twin = Certificate(4, -10, 10);
        Assert.Equal(newer.Serial, Best(newer, twin));
        Assert.Equal(twin.Serial, Best(twin, newer));
    }

    [Fact]
    public void What_is_not_valid_or_of_another_scheme_is_not_asked_for()
    {
        var (past, future, now) = (Certificate(1, -20, -1), Certificate(2, 1, 20), Certificate(3, -30, 20));
        Assert.Equal(now.Serial, Best(past, now, future));
        Assert.Equal(now.Serial, Best(now, PlatformKey.FromPublicKey("B", Rsa).ForBrand()));
        Assert.False(Set(PlatformKey.FromPublicKey("B", Rsa).ForBrand()).HasPublicKey);
    }

    [Fact]
    public void Without_a_key_it_is_told_whether_there_is_none_or_none_any_more()
    {
        const string Text = "No key of WeChat Pay for WECHATPAY2-SHA256-RSA2048 is valid now, so no answer could be verified; set PublicKeyId and PublicKey, or let platform certificates be fetched (ApiV3Key).";
        foreach (var (set, reason) in new[]
        {
            (Set(), WeChatPaySignatureFailure.NoPlatformKey),
            (Set(PlatformKey.FromPublicKey("B", Rsa).ForBrand()), WeChatPaySignatureFailure.NoPlatformKey),
            (Set(Certificate(1, -20, -1)), WeChatPaySignatureFailure.ExpiredCertificate),
        })
        {
            var failure = Assert.Throws<WeChatPaySignatureException>(() => set.EncryptionKey);
            Assert.Equal((reason, WeChatPayOutcome.NotSent, Text), (failure.Reason, failure.Outcome, failure.BaseMessage));
        }
    }

    [Theory]
    [InlineData(1, 30, 60)]
    [InlineData(2, 60, 120)]
    [InlineData(3, 120, 240)]
    [InlineData(6, 960, 1920)]
    [InlineData(7, 1800, 3600)]
    [InlineData(8, 1800, 3600)]
    [InlineData(40, 1800, 3600)]
    public void A_failed_refresh_waits_twice_as_long_each_time_up_to_an_hour(int failures, int shortest, int longest)
        => AssertRange(() => RefreshTiming.AfterFailure(failures), TimeSpan.FromSeconds(shortest), TimeSpan.FromSeconds(longest));

    [Fact]
    public void Refreshes_are_spread_over_their_time()
    {
        AssertRange(RefreshTiming.AfterSuccess, TimeSpan.FromHours(8), TimeSpan.FromHours(11));
        AssertRange(() => RefreshTiming.AtStart(isReady: true), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10));
        AssertRange(() => RefreshTiming.AtStart(isReady: false), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void The_limits_are_those_of_the_documentation()
        => Assert.Equal((2, 60, 5, 30), (
            RefreshTiming.LongestJoin.TotalSeconds, RefreshTiming.BetweenUnknownSerials.TotalSeconds, RefreshTiming.BetweenMissingKeys.TotalSeconds, RefreshTiming.LongestDownload.TotalSeconds));

    /// <summary>Never outside of the range, and not in one half of it alone.</summary>
    private static void AssertRange(Func<TimeSpan> wait, TimeSpan shortest, TimeSpan longest)
    {
        var waits = Enumerable.Range(0, 200).Select(_ => wait()).ToList();
        Assert.All(waits, each => Assert.InRange(each, shortest, longest));
        Assert.Contains(waits, each => each < (shortest + longest) / 2);
        Assert.Contains(waits, each => each > (shortest + longest) / 2);
    }

    private static PlatformKeySet Set(params PlatformKey[] keys) => new(keys, new FakeTimeProvider(TestMerchant.Now));

    private static string Best(params PlatformKey[] keys) => Set(keys).EncryptionKey.Serial;

    private static PlatformKey Certificate(int number, int from, int to)
    {
        var certificate = new TestCertificate(TestCertificate.SerialOf(number), Rsa, TestMerchant.Now.AddSeconds(from), TestMerchant.Now.AddSeconds(to));
        using var read = X509Certificate2.CreateFromPem(certificate.Pem);
        return PlatformKey.TryFromCertificate(read, out _)!;
    }
}
