using System.Text;
using WeChatPay.Serialization;

namespace WeChatPay.Runtime.Tests.Models;

/// <summary>Money rule 4: a missing amount is never 0, nothing becomes an integer silently, what is required is asked for before signing.</summary>
public sealed class MoneyRule04AmountsTests
{
    private static long? Total(string value) => JsonBodyReaderTests.Read($$$"""{"amount":{"currency":"CNY","total":{{{value}}}}}""").Amount!.Total;

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-1", -1)]
    [InlineData("100", 100)]
    [InlineData("\"100\"", 100)]
    [InlineData("3000000000", 3_000_000_000)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("\"-9223372036854775808\"", long.MinValue)]
    public void An_integer_is_read_exactly(string json, long expected) => Assert.Equal(expected, Total(json));

    [Theory]
    [InlineData("1.0")]
    [InlineData("1.00")]
    [InlineData("0.5")]
    [InlineData("1e2")]
    [InlineData("1E0")]
    [InlineData("100e-2")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("\"1.0\"")]
    [InlineData("\"1e2\"")]
    [InlineData("\" 1\"")]
    [InlineData("\"1 \"")]
    [InlineData("\"+1\"")]
    [InlineData("\"-\"")]
    [InlineData("\"1,000\"")]
    [InlineData("\"1_000\"")]
    [InlineData("\"0x10\"")]
    [InlineData("\"１\"")]
    [InlineData("\"¥1\"")]
    [InlineData("\"9223372036854775808\"")]
    [InlineData("true")]
    [InlineData("[1]")]
    [InlineData("{}")]
    public void What_is_no_integer_is_a_failure_with_its_path(string json)
        => Assert.Equal("amount.total", Assert.Throws<JsonBodyException>(() => Total(json)).Path);

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    public void An_amount_that_says_nothing_is_null(string json) => Assert.Null(Total(json));

    [Fact]
    public void A_missing_amount_is_null()
    {
        Assert.Null(JsonBodyReaderTests.Read("""{"amount":{}}""").Amount!.Total);
        Assert.Null(JsonBodyReaderTests.Read("{}").Amount);
    }

    [Theory]
    [InlineData("1.10", "1.10")]
    [InlineData("\"0.0001\"", "0.0001")]
    [InlineData("1.0E-4", "0.00010")]
    [InlineData("1e3", "1000")]
    [InlineData("-7", "-7")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("9999999999999999999999999999", "9999999999999999999999999999")]
    public void A_decimal_is_read_exactly(string json, string expected)
    {
        var rate = JsonBodyReaderTests.Read($$"""{"rate":{{json}}}""").Rate;
        Assert.Equal(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), rate);
    }

    [Theory]
    [InlineData("0.00000000000000000000000000001")]
    [InlineData("1.00000000000000000000000000001")]
    [InlineData("99999999999999999999999999999")]
    [InlineData("1e-40")]
    [InlineData("1e40")]
    [InlineData("1e99999")]
    [InlineData("\"1.\"")]
    [InlineData("\".5\"")]
    [InlineData("\"1.2.3\"")]
    [InlineData("\"1,5\"")]
    [InlineData("\"NaN\"")]
    [InlineData("\"-\"")]
    public void A_decimal_that_would_be_rounded_is_a_failure(string json)
        => Assert.Equal("rate", Assert.Throws<JsonBodyException>(() => JsonBodyReaderTests.Read($$"""{"rate":{{json}}}""")).Path);

    [Fact]
    public void A_required_member_that_is_not_set_is_an_error_that_names_its_path()
    {
        var order = new OrderRequest { Appid = "wx1", Amount = new() { Total = 1, Currency = null } };
        Assert.Equal("amount.currency", Assert.Throws<ArgumentException>(() => JsonBody.Write(order, null)).ParamName);
    }

    [Fact]
    public void Numbers_are_written_in_plain_digits_under_any_culture()
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo("") { NumberFormat = { NegativeSign = "~", NumberDecimalSeparator = "," } };
            var order = new OrderRequest { Appid = "a", Amount = new() { Total = -5, Currency = "CNY" } };
            Assert.Contains("\"total\":-5", Encoding.UTF8.GetString(JsonBody.Write(order, null).Bytes.Span), StringComparison.Ordinal);
            var query = new QueryWriter(null);
            query.Integer("i", -5);
            query.Decimal("d", 1.5m);
            Assert.Equal("i=-5&d=1.5", query.ToString());
            Assert.Equal(-5, Total("\"-5\""));
            Assert.Equal(1.5m, JsonBodyReaderTests.Read("""{"rate":"1.5"}""").Rate);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }
}
