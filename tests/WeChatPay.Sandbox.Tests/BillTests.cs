using System.IO;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace WeChatPay.Sandbox.Tests;

/// <summary>Bills: a signed answer with the hash, an unsigned file that has it.</summary>
public sealed class BillTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 31, 1, 30, 0, TimeSpan.Zero));
    private SandboxGateway _gateway = null!;
    private HandMadeClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await SandboxGateway.StartAsync(
            new SandboxOptions { Merchants = { TestMerchants.First }, TimeProvider = _clock, RefundDelay = null }, TestContext.Current.CancellationToken);
        _client = new HandMadeClient(_gateway) { Clock = _clock };
        await _client.PostAsync("/v3/pay/transactions/jsapi", Bodies.Jsapi(_gateway, total: 12345).ToJsonString());
        await _gateway.PayAsync(Bodies.OutTradeNo, TestContext.Current.CancellationToken);
        await _client.PostAsync("/v3/refund/domestic/refunds", Bodies.Refund("REFUND-1", 345, 12345).ToJsonString());
        await _gateway.CompleteRefundAsync("REFUND-1", cancellationToken: TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _gateway.DisposeAsync();
    }

    [Theory]
    [InlineData("tradebill?bill_date=2026-01-31", "`123.45")]
    [InlineData("fundflowbill?bill_date=2026-01-31", "`支出")]
    public async Task A_bill_of_yesterday_can_be_fetched_and_checked(string request, string content)
    {
        _clock.Advance(TimeSpan.FromDays(1));

        var offer = await _client.GetAsync($"/v3/bill/{request}");
        var file = await _client.GetAsync(new Uri((string)offer.Json["download_url"]!).PathAndQuery);

        Assert.True(offer.IsSignedBy(_gateway.Merchant.PublicKey));
        Assert.False(file.Headers.ContainsKey("Wechatpay-Signature"));
        Assert.Equal((string?)offer.Json["hash_value"], Sha1(file.Body));
        var text = Encoding.UTF8.GetString(file.Body);
        Assert.StartsWith("\uFEFF", text, StringComparison.Ordinal);
        Assert.Contains(content, text, StringComparison.Ordinal);
        Assert.Contains("`3.45", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hash_of_a_packed_bill_is_the_unpacked_ones()
    {
        _clock.Advance(TimeSpan.FromDays(1));

        var offer = await _client.GetAsync("/v3/bill/tradebill?bill_date=2026-01-31&tar_type=GZIP");
        var file = await _client.GetAsync(new Uri((string)offer.Json["download_url"]!).PathAndQuery);

        Assert.False(file.Headers.ContainsKey("Content-Encoding"));
        using var unpacked = new MemoryStream();
        await using (var gzip = new GZipStream(new MemoryStream(file.Body), CompressionMode.Decompress))
            await gzip.CopyToAsync(unpacked, TestContext.Current.CancellationToken);

        Assert.Equal((string?)offer.Json["hash_value"], Sha1(unpacked.ToArray()));
    }

    [Theory]
    [InlineData("2026-01-31")]
    [InlineData("2026-01-30")]
    [InlineData("2026-02-01")]
    public async Task There_is_no_bill_of_today_of_the_future_or_of_a_quiet_day(string date)
        => Assert.Equal("NO_STATEMENT_EXIST", (await _client.GetAsync($"/v3/bill/tradebill?bill_date={date}")).Code);

    [Fact]
    public async Task A_download_address_expires()
    {
        _clock.Advance(TimeSpan.FromDays(1));
        var offer = await _client.GetAsync("/v3/bill/tradebill?bill_date=2026-01-31");

        _clock.Advance(TimeSpan.FromSeconds(301));

        Assert.Equal("INVALID_REQUEST", (await _client.GetAsync(new Uri((string)offer.Json["download_url"]!).PathAndQuery)).Code);
    }

    private static string Sha1(byte[] bytes)
    {
#pragma warning disable CA5350 // The protocol's hash.
        return Convert.ToHexStringLower(SHA1.HashData(bytes));
#pragma warning restore CA5350
    }
}
