using System.IO;
using System.IO.Compression;
using System.Text;
using CsCheck;
using WeChatPay.Bills;

namespace WeChatPay.Runtime.Tests.Files;

/// <summary>Reading bills: names to values, fen exactly, and no short bill passes for a whole one.</summary>
public sealed class BillReaderTests
{
    private const string Names = "交易时间,商户订单号,商品名称,订单金额,手续费\r\n";
    private const string Row = "`2025-10-09 16:53:20,`A-1,`茶叶, 红茶,`1.00,`0.00060\r\n";
    private const string Totals = "总交易单数,订单总金额,手续费总金额\r\n`1,`1.00,`0.00060\r\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "\r\n")]
    [InlineData("\uFEFF", "\r\n")]
    [InlineData("", "\n")]
    [InlineData("\uFEFF", "\n")]
    public async Task Rows_and_totals_of_both_versions(string mark, string ending)
    {
        using var reader = Reader((mark + Names + Row + Row + Totals).Replace("\r\n", ending, StringComparison.Ordinal));
        var rows = await reader.ReadRowsAsync(Token).ToListAsync(Token);
        Assert.Equal(2, rows.Count);
        Assert.Equal(2, reader.RowCount);
        var row = rows[1];
        Assert.Equal(("A-1", "茶叶, 红茶", 100L, 0.00060m, 3L), (row["商户订单号"], row["商品名称"], row.GetFen("订单金额"), row.GetYuan("手续费"), row.LineNumber));
        Assert.Equal(TimeSpan.FromHours(8), row.GetTime("交易时间").Offset);
        Assert.Equal(["2025-10-09 16:53:20", "A-1", "茶叶, 红茶", "1.00", "0.00060"], row.Values);
        Assert.Equal(1, reader.Totals!.GetInteger("总交易单数"));
        Assert.Empty(await reader.ReadRowsAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Totals_are_not_there_before_the_rows_have_ended()
    {
        using var reader = Reader(Names + Row + Totals);
        await foreach (var row in reader.ReadRowsAsync(Token))
            Assert.Null(reader.Totals);
        Assert.NotNull(reader.Totals);
    }

    [Fact]
    public async Task A_bill_without_rows_has_totals()
    {
        using var reader = Reader(Names + Totals.Replace("`1,", "`0,", StringComparison.Ordinal) + "\r\n");
        Assert.Empty(await reader.ReadRowsAsync(Token).ToListAsync(Token));
        Assert.Equal(0, reader.Totals!.GetInteger("总交易单数"));
    }

    [Fact]
    public async Task A_packed_bill_is_unpacked_up_to_a_limit()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Names + string.Concat(Enumerable.Repeat(Row, 5000)) + Totals), Token);

        packed.Position = 0;
        using (var reader = new WeChatPayBillReader(packed, isGzip: true, leaveOpen: true))
            Assert.Equal(5000, await reader.ReadRowsAsync(Token).CountAsync(Token));

        packed.Position = 0;
        using var limited = new WeChatPayBillReader(packed, isGzip: true, maxUnpackedLength: 100_000);
        await Assert.ThrowsAsync<InvalidDataException>(async () => await limited.ReadRowsAsync(Token).CountAsync(Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData(Names)]
    [InlineData(Names + Row)]
    [InlineData(Names + Row + "总交易单数,订单总金额\r\n")]
    [InlineData(Names + Row + "`2025-10-09")]
    [InlineData(Names + Row + "总交易单数,订单总金额\r\n`1\r\n")]
    [InlineData(Names + Row + Totals + Row)]
    [InlineData(Names + Row + Totals + Names)]
    [InlineData(Names + "\r\n" + Row + Totals)]
    [InlineData(Names + "`2025-10-09 16:53:20,`A-1,`a,`b,`1.00,`0.00060\r\n" + Totals)]
    [InlineData(Names + "`2025-10-09 16:53:20,`A-1,`two\r\nlines,`1.00,`0.00060\r\n" + Totals)]
    [InlineData(Row + Totals)]
    [InlineData("<xml><return_code><![CDATA[FAIL]]></return_code></xml>")]
    [InlineData("{\"code\":\"NO_STATEMENT_EXIST\",\"message\":\"x\"}")]
    public async Task What_is_no_whole_bill_is_an_error(string text)
    {
        using var reader = Reader(text);
        await Assert.ThrowsAsync<InvalidDataException>(async () => await reader.ReadRowsAsync(Token).CountAsync(Token));
        Assert.Null(reader.Totals);
    }

    [Fact]
    public async Task A_line_without_end_is_no_bill()
    {
        using var reader = Reader(new string('x', 100_000));
        await Assert.ThrowsAsync<InvalidDataException>(async () => await reader.ReadRowsAsync(Token).CountAsync(Token));
    }

    [Fact]
    public Task Any_change_of_a_bill_is_read_or_refused_as_no_bill()
        => Gen.Select(Gen.Int[0, 400], Gen.Byte, Gen.Int[0, 400]).SampleAsync(
            async (at, value, cut) =>
            {
                var bytes = Encoding.UTF8.GetBytes(Names + Row + Row + Totals);
                bytes[at % bytes.Length] = value;
                bytes = bytes[..Math.Max(1, bytes.Length - (cut % bytes.Length))];
                using var reader = new WeChatPayBillReader(new MemoryStream(bytes));
                try
                {
                    await foreach (var row in reader.ReadRowsAsync(Token))
                        Assert.Equal(row.Columns.Count, row.Values.Count);
                    Assert.NotNull(reader.Totals);
                }
                catch (InvalidDataException)
                {
                    Assert.Null(reader.Totals);
                }
            },
            iter: 3000,
            threads: 1);

    [Fact]
    public async Task Columns_that_are_missing_or_double_are_told()
    {
        using var reader = Reader("a,b,b\r\n`1,`2,`3\r\nn,m\r\n`1,`2\r\n");
        var row = Assert.Single(await reader.ReadRowsAsync(Token).ToListAsync(Token));
        Assert.Equal("1", row["a"]);
        Assert.True(row.Contains("a"));
        Assert.False(row.Contains("b"));
        Assert.Throws<KeyNotFoundException>(() => row["b"]);
        Assert.Contains("a, b, b", Assert.Throws<KeyNotFoundException>(() => row["c"]).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.00", 100)]
    [InlineData("0.01", 1)]
    [InlineData("0.1", 10)]
    [InlineData("0", 0)]
    [InlineData("12", 1200)]
    [InlineData("-1.05", -105)]
    [InlineData("0.29", 29)]
    [InlineData("1.15", 115)]
    [InlineData("8.20000", 820)]
    [InlineData("92233720368547757.00", 9223372036854775700)]
    [InlineData("0000000001.00", 100)]
    public void Yuan_are_fen_exactly(string text, long fen)
    {
        Assert.True(YuanText.TryToFen(text, out var read));
        Assert.Equal(fen, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("+1.00")]
    [InlineData(" 1.00")]
    [InlineData("1.00 ")]
    [InlineData("1,000.00")]
    [InlineData("1e2")]
    [InlineData("0.001")]
    [InlineData("0.00060")]
    [InlineData("--1")]
    [InlineData("1.0.0")]
    [InlineData("１.00")]
    [InlineData("¥1.00")]
    [InlineData("NaN")]
    [InlineData("92233720368547758.08")]
    [InlineData("99999999999999999999999999999999.00")]
    [InlineData("0.0000000000000000000000000000000001")]
    public void What_is_not_whole_fen_is_no_amount(string text)
    {
        Assert.False(YuanText.TryToFen(text, out var fen));
        Assert.Equal(0, fen);
    }

    [Fact]
    public async Task A_cell_of_another_kind_is_told_without_its_text()
    {
        using var reader = Reader("金额,时间\r\n`张三,`李四\r\nn,m\r\n`1,`2\r\n");
        var row = Assert.Single(await reader.ReadRowsAsync(Token).ToListAsync(Token));
        foreach (var read in new Action[] { () => row.GetFen("金额"), () => row.GetYuan("金额"), () => row.GetInteger("金额"), () => row.GetTime("时间") })
        {
            var message = Assert.Throws<FormatException>(read).Message;
            Assert.Contains("line 2", message, StringComparison.Ordinal);
            Assert.DoesNotContain("张三", message, StringComparison.Ordinal);
            Assert.DoesNotContain("李四", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_is_opened_and_closed()
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, Names + Row + Totals, Token);
            await using (var reader = WeChatPayBillReader.Open(path))
                Assert.Equal(1, await reader.ReadRowsAsync(Token).CountAsync(Token));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void What_cannot_be_read_is_refused()
    {
        var closed = new MemoryStream();
        closed.Dispose();
        Assert.Throws<ArgumentException>(() => new WeChatPayBillReader(closed));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WeChatPayBillReader(new MemoryStream(), maxUnpackedLength: 0));
    }

    private static WeChatPayBillReader Reader(string text) => new(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
