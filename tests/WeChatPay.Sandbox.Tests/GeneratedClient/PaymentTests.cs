using System.IO;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using WeChatPay.V3.Pay.Transactions;

namespace WeChatPay.Sandbox.Tests.GeneratedClient;

/// <summary>The generated client and a gateway that shares no line with it agree on the wire.</summary>
public sealed class PaymentTests
{
    [Theory]
    [InlineData("A-1_2*3|4")]
    [InlineData("TEST.ORDER")]
    public async Task Odd_order_numbers_reach_the_gateway_as_one_segment(string outTradeNo)
    {
        await using var shop = await Shop.OpenAsync();

        var refused = await Assert.ThrowsAsync<WeChatPayApiException>(() => shop.QueryAsync(outTradeNo));

        Assert.Equal("ORDER_NOT_EXIST", refused.Code);
        Assert.Equal($"/v3/pay/transactions/out-trade-no/{Uri.EscapeDataString(outTradeNo)}?mchid=1900000001", shop.Gateway.Exchanges.Single().Target);
    }

    [Fact]
    public async Task Closing_answers_204_and_is_verified()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.OrderAsync("TEST-ORDER-0001");

        var closed = await shop.Client.V3.Pay.Transactions.OutTradeNo.ByOutTradeNo("TEST-ORDER-0001").Close
            .PostAsync(new() { Mchid = shop.Gateway.Merchant.MerchantId }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(204, closed.Http.Status);
        Assert.Equal("CLOSED", (await shop.QueryAsync("TEST-ORDER-0001")).TradeState?.Value);
    }

    [Fact]
    public async Task Sensitive_fields_arrive_encrypted_and_are_opened_by_the_gateway()
    {
        await using var shop = await Shop.OpenAsync();
        var order = shop.Order("TEST-ORDER-0001");
        order.Payer.Identity = new() { Type = "IDCARD", Number = "11010119900101001X", Name = "张三" };

        await shop.Client.V3.Pay.Transactions.Jsapi.PostAsync(order, cancellationToken: TestContext.Current.CancellationToken);

        var sent = shop.Gateway.Exchanges.Single();
        Assert.DoesNotContain("11010119900101001X", Encoding.UTF8.GetString(sent.RequestBody.Span), StringComparison.Ordinal);
        Assert.Equal(shop.Gateway.Merchant.PublicKeyId, sent.RequestHeaders["Wechatpay-Serial"]);
        var opened = JsonNode.Parse(shop.Gateway.Orders.Single().RequestJson)!["payer"]!["identity"]!;
        Assert.Equal("11010119900101001X", (string?)opened["number"]);
        Assert.Equal("张三", (string?)opened["name"]);
    }

    [Theory]
    [InlineData(SandboxKeyMode.Certificate, false)]
    [InlineData(SandboxKeyMode.Certificate, true)]
    [InlineData(SandboxKeyMode.Migration, true)]
    public async Task A_merchant_with_certificates_or_both_is_served(SandboxKeyMode mode, bool hasPublicKey)
    {
        using var merchant = SandboxMerchant.Create();
        merchant.KeyMode = mode;
        await using var shop = await Shop.OpenAsync(merchant, options =>
        {
            options.PlatformCertificates = [merchant.PlatformCertificates.Single().Pem];
            if (!hasPublicKey)
                options.PublicKeyId = options.PublicKey = null;
        });

        Assert.NotNull((await shop.OrderAsync("TEST-ORDER-0001")).PrepayId);
    }

    [Fact]
    public async Task A_bill_is_fetched_and_kept_only_with_its_hash()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 31, 1, 30, 0, TimeSpan.Zero));
        await using var shop = await Shop.OpenAsync(sandbox: new SandboxOptions { TimeProvider = clock });
        var order = await shop.OrderAsync("TEST-ORDER-0001", total: 12345);
        await shop.Gateway.PayAsync(order.PrepayId!, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromDays(1));
        var directory = Directory.CreateTempSubdirectory();
        var file = Path.Combine(directory.FullName, "bill.csv");

        var bill = await shop.Client.V3.Bill.Tradebill.GetAsync(new() { BillDate = new DateOnly(2026, 1, 31) }, cancellationToken: TestContext.Current.CancellationToken);
        await shop.Client.DownloadToFileAsync(bill.DownloadUrl, bill.HashType?.Value, bill.HashValue, file, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Contains("`123.45", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        File.Delete(file);
        shop.Gateway.Faults.Add(SandboxFault.TamperBody().On("GET", "/v3/billdownload/"));
        await Assert.ThrowsAsync<WeChatPaySignatureException>(() => shop.Client.DownloadToFileAsync(
            bill.DownloadUrl, bill.HashType?.Value, bill.HashValue, file, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Empty(directory.GetFiles());
        directory.Delete();
    }

    [Fact]
    public async Task Many_orders_at_once_do_not_meet()
    {
        await using var shop = await Shop.OpenAsync();
        var numbers = Enumerable.Range(0, 64).Select(i => $"TEST-ORDER-{i:0000}").ToArray();
        await Task.WhenAll(numbers.Select(n => shop.OrderAsync(n)));

        var answers = await Task.WhenAll(numbers.Select(n => shop.QueryAsync(n)));

        Assert.Equal(numbers, answers.Select(a => a.OutTradeNo));
        Assert.All(answers, a => Assert.Equal(WeChatPay.Models.TradeState.Notpay, a.TradeState?.Value));
    }
}
