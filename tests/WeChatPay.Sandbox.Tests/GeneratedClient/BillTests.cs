using System.IO;
using Microsoft.Extensions.Time.Testing;

namespace WeChatPay.Sandbox.Tests.GeneratedClient;

/// <summary>Bills from the gateway to rows, plain, packed and encrypted.</summary>
public sealed class BillTests : IAsyncLifetime
{
    private static readonly DateOnly Day = new(2026, 1, 31);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 31, 1, 30, 0, TimeSpan.Zero));
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wechatpay-tests-");
    private Shop _shop = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(_folder.FullName, "bill.csv");

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.OpenAsync(sandbox: new SandboxOptions { TimeProvider = _clock, RefundDelay = null });
        foreach (var (number, total) in new[] { ("TEST-ORDER-0001", 12345L), ("TEST-ORDER-0002", 29L) })
            await _shop.Gateway.PayAsync((await _shop.OrderAsync(number, total)).PrepayId!, Token);
        _clock.Advance(TimeSpan.FromDays(1));
    }

    public async ValueTask DisposeAsync()
    {
        await _shop.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_trade_bill_becomes_rows(bool isGzip)
    {
        var bill = await _shop.Client.V3.Bill.Tradebill.GetAsync(new() { BillDate = Day, TarType = isGzip ? "GZIP" : null }, cancellationToken: Token);
        await _shop.Client.DownloadToFileAsync(
            bill.DownloadUrl, new WeChatPayFileProof { HashType = bill.HashType?.Value, HashValue = bill.HashValue, IsGzip = isGzip }, Target, cancellationToken: Token);

        await using var reader = WeChatPayBillReader.Open(Target);
        var rows = await reader.ReadRowsAsync(Token).ToListAsync(Token);
        Assert.Equal([("TEST-ORDER-0001", 12345L), ("TEST-ORDER-0002", 29L)], rows.Select(row => (row["商户订单号"], row.GetFen("订单金额"))).Order());
        Assert.Equal("茶叶 Tea", rows[0]["商品名称"]);
        Assert.Equal((2L, 12374L), (reader.Totals!.GetInteger("总交易单数"), reader.Totals.GetFen("订单总金额")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_encrypted_bill_of_a_sub_merchant_becomes_rows(bool isGzip)
    {
        var (url, proof) = await OfferAsync(isGzip);
        await _shop.Client.DownloadToFileAsync(url, proof, Target, cancellationToken: Token);

        await using var reader = WeChatPayBillReader.Open(Target);
        Assert.Equal(12374, (await reader.ReadRowsAsync(Token).ToListAsync(Token)).Sum(row => row.GetFen("收支金额(元)")));
        Assert.Equal(12374, reader.Totals!.GetFen("收入金额"));
    }

    [Fact]
    public async Task An_encrypted_bill_that_was_changed_on_the_way_is_not_kept()
    {
        var (url, proof) = await OfferAsync(isGzip: true);
        _shop.Gateway.Faults.Add(SandboxFault.TamperBody().On("GET", "/v3/billdownload/"));
        await Assert.ThrowsAsync<WeChatPayDecryptionException>(() => _shop.Client.DownloadToFileAsync(url, proof, Target, cancellationToken: Token));
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public async Task A_sub_merchant_s_bill_in_an_algorithm_that_the_gateway_lacks_is_refused()
        => Assert.Equal("PARAM_ERROR", (await Assert.ThrowsAsync<WeChatPayApiException>(() => _shop.Client.V3.Bill.SubMerchantFundflowbill.GetAsync(
            new() { SubMchid = "1900000109", BillDate = Day, Algorithm = "SM4_GCM" }, cancellationToken: Token))).Code);

    private async Task<(string? Url, WeChatPayFileProof Proof)> OfferAsync(bool isGzip)
    {
        var answer = await _shop.Client.V3.Bill.SubMerchantFundflowbill.GetAsync(
            new() { SubMchid = "1900000109", BillDate = Day, Algorithm = "AEAD_AES_256_GCM", TarType = isGzip ? "GZIP" : null }, cancellationToken: Token);
        var file = Assert.Single(answer.DownloadBillList!);
        Assert.Equal((1L, 1L), (answer.DownloadBillCount, file.BillSequence));
        return (file.DownloadUrl, new WeChatPayFileProof
        {
            HashType = file.HashType?.Value,
            HashValue = file.HashValue,
            IsGzip = isGzip,
            Encryption = new() { EncryptKey = file.EncryptKey, Nonce = file.Nonce },
        });
    }
}
