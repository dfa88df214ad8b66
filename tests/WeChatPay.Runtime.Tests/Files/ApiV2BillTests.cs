using System.IO;
using System.IO.Compression;
using System.Text;
using WeChatPay.Runtime.Tests.Core;
using WeChatPay.Runtime.Tests.V2;

namespace WeChatPay.Runtime.Tests.Files;

/// <summary>Bills of APIv2: CSV with a byte order mark and back-ticks, packed or not, and an error as XML in their place.</summary>
public sealed class ApiV2BillTests
{
    private const string Bill =
        "\uFEFF交易时间,公众账号ID,商户号,商户订单号,总金额,企业红包金额,商品名称,手续费,费率\r\n"
        + "`2014-11-10 16:33:45,`wx2421b1c4370ec43b,`10000100,`1415640626,`0.01,`0.00,`被扫, 支付测试,`0.00000,`0.60%\r\n"
        + "`2014-11-10 16:46:14,`wx2421b1c4370ec43b,`10000100,`1415635270,`1.15,`0.00,`被扫支付测试,`0.00690,`0.60%\r\n"
        + "总交易单数,总交易额,总退款金额,总企业红包退款金额,手续费总金额\r\n"
        + "`2,`1.16,`0.00,`0.00,`0.00690\r\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static V2Members Request => new(("bill_date", "20141110"), ("bill_type", "ALL"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_bill_is_read_while_it_comes(bool isGzip)
    {
        var bytes = Encoding.UTF8.GetBytes(Bill);
        using var client = Client(isGzip ? Pack(bytes) : bytes);
        await using var download = await client.Pay.BillAsync(Request, Token);
        await using var reader = new WeChatPayBillReader(download.UnverifiedStream, isGzip);

        var rows = await reader.ReadRowsAsync(Token).ToListAsync(Token);

        Assert.Equal([("1415640626", 1L), ("1415635270", 115L)], rows.Select(row => (row["商户订单号"], row.GetFen("总金额"))));
        Assert.Equal("被扫, 支付测试", rows[0]["商品名称"]);
        Assert.Equal(0.00690m, rows[1].GetYuan("手续费"));
        Assert.Throws<FormatException>(() => rows[1].GetFen("手续费"));
        Assert.Equal((reader.RowCount, rows.Sum(row => row.GetFen("总金额"))), (reader.Totals!.GetInteger("总交易单数"), reader.Totals.GetFen("总交易额")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_bill_that_is_cut_anywhere_before_its_totals_is_no_bill(bool isGzip)
    {
        var bytes = Encoding.UTF8.GetBytes(Bill[..Bill.IndexOf("`2,`1.16", StringComparison.Ordinal)]);
        for (var length = 0; length < bytes.Length; length += isGzip ? 37 : 3)
        {
            if (length == 0 && isGzip)
                continue;
            using var client = Client(isGzip ? Pack(bytes[..length]) : bytes[..length]);
            await using var download = await client.Pay.BillAsync(Request, Token);
            await using var reader = new WeChatPayBillReader(download.UnverifiedStream, isGzip);
            await Assert.ThrowsAsync<InvalidDataException>(async () => await reader.ReadRowsAsync(Token).CountAsync(Token));
            Assert.Null(reader.Totals);
        }
    }

    [Fact]
    public async Task A_packed_bill_whose_transfer_ends_early_is_no_bill()
    {
        var rows = new StringBuilder(Bill[..Bill.IndexOf('`', StringComparison.Ordinal)]);
        for (var i = 0; i < 3000; i++)
            rows.Append(System.Globalization.CultureInfo.InvariantCulture, $"`2014-11-10 16:33:45,`wx,`10000100,`{i * 7919},`0.01,`0.00,`a,`0.00000,`0.60%\r\n");
        var packed = Pack(Encoding.UTF8.GetBytes(rows.ToString()));
        using var client = Client(packed[..(packed.Length / 2)]);
        await using var download = await client.Pay.BillAsync(Request, Token);
        await using var reader = new WeChatPayBillReader(download.UnverifiedStream, isGzip: true);
        await Assert.ThrowsAsync<InvalidDataException>(async () => await reader.ReadRowsAsync(Token).CountAsync(Token));
    }

    [Theory]
    [InlineData("<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[No Bill Exist]]></return_msg><error_code><![CDATA[20002]]></error_code></xml>", "20002")]
    [InlineData("<xml>\n<return_code>FAIL</return_code><return_msg>invalid sign</return_msg></xml>", null)]
    public async Task An_error_in_xml_is_an_exception_also_where_a_packed_file_was_asked_for(string xml, string? code)
    {
        using var client = Client(Encoding.UTF8.GetBytes(xml));
        var error = await Assert.ThrowsAsync<WeChatPayApiException>(() => client.Pay.BillAsync(new(("bill_date", "20141110"), ("tar_type", "GZIP")), Token));
        if (code is not null)
            Assert.Equal(code, error.Code);
    }

    private static V2Client Client(byte[] answer)
    {
        var options = TestMerchant.Options();
        options.ApiV2Key = "TESTONLYapiv2key0123456789abcdef";
        return new(options, new FakeApi(_ => FakeApi.Unsigned(answer, 200)));
    }

    private static byte[] Pack(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(plain);
        return packed.ToArray();
    }
}
