using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WeChatPay.Encryption;
using WeChatPay.Serialization;

namespace WeChatPay.Runtime.Tests.Models;

public sealed class QueryAndHeaderWriterTests
{
    [Fact]
    public void The_query_keeps_its_order_and_is_encoded_once()
    {
        var w = new QueryWriter(null);
        w.Text("z", "a b&c=d/中+*%2F");
        w.Text("missing", null);
        w.Integer("i", -5);
        w.Unsigned("u", ulong.MaxValue);
        w.Decimal("d", 1.50m);
        w.Boolean("b", false);
        w.Text("empty", "");
        w.Enumeration<TradeState>("e", new TradeState("X Y"));
        w.Enumeration<TradeState>("none", default(TradeState));
        w.Texts("l", ["1", "2"]);
        w.Date("bill_date", new DateOnly(2025, 10, 9), WeChatPayTimeFormat.Date);
        w.Time("t", new DateTimeOffset(2025, 10, 9, 0, 0, 0, TimeSpan.Zero), WeChatPayTimeFormat.DateTime);
        w.Object("o", new OrderRequestAmount { Total = 1, Currency = "CNY" });
        w.Json("j", JsonDocument.Parse("[1]").RootElement);

        Assert.Equal(
            "z=a%20b%26c%3Dd%2F%E4%B8%AD%2B%2A%252F&i=-5&u=18446744073709551615&d=1.50&b=false&empty=&e=X%20Y&l=1&l=2&bill_date=2025-10-09"
            + "&t=2025-10-09T00%3A00%3A00%2B00%3A00&o=%7B%22total%22%3A1%2C%22currency%22%3A%22CNY%22%7D&j=%5B1%5D",
            w.ToString());
        Assert.Equal(new("z", "a b&c=d/中+*%2F"), w.Pairs[0]);
        Assert.Equal("https://x/?" + w, new Uri("https://x/?" + w).AbsoluteUri);
    }

    [Fact]
    public void No_member_is_no_query() => Assert.Equal("", new QueryWriter(null).ToString());

    [Fact]
    public void What_cannot_be_sent_in_a_query_is_refused_by_name()
    {
        var w = new QueryWriter(null);
        Assert.Equal("mchid", Assert.Throws<ArgumentException>(() => w.RequiredText("mchid", null)).ParamName);
        Assert.Equal("e", Assert.Throws<ArgumentException>(() => w.RequiredEnumeration<TradeState>("e", default)).ParamName);
        Assert.Equal("l[1]", Assert.Throws<ArgumentException>(() => w.Texts("l", ["a", null!])).ParamName);
        Assert.Equal("l", Assert.Throws<ArgumentException>(() => w.RequiredTexts("l", null)).ParamName);
        Assert.Equal("n", Assert.Throws<ArgumentException>(() => w.Text("n", "🍎")).ParamName);
        Assert.Equal("o.currency", Assert.Throws<ArgumentException>(() => w.Object("o", new OrderRequestAmount { Total = 1 })).ParamName);
        Assert.Equal("s", Assert.Throws<ArgumentException>(() => w.Encrypted("s", "张三")).ParamName);
    }

    [Fact]
    public void An_encrypted_query_member_names_its_key()
    {
        using var rsa = RSA.Create(2048);
        var w = new QueryWriter(new SensitiveEncryptor("S1", rsa));
        w.Encrypted("name", "张三");
        Assert.Equal("S1", w.EncryptedWithSerial);
        Assert.Equal("张三", Encoding.UTF8.GetString(rsa.Decrypt(Convert.FromBase64String(w.Pairs[0].Value), RSAEncryptionPadding.OaepSHA1)));
    }

    [Fact]
    public void Headers_are_printable_ASCII()
    {
        var w = new HeaderWriter();
        w.RequiredText("Idempotency-Key", "a b~");
        w.Integer("N", 5);
        w.Boolean("B", true);
        w.Text("missing", null);
        Assert.Equal([new("Idempotency-Key", "a b~"), new("N", "5"), new("B", "true")], w.Headers);
    }

    [Theory]
    [InlineData("a\r\nX: 1")]
    [InlineData("a\n")]
    [InlineData("a\0")]
    [InlineData("中")]
    [InlineData("a\u007f")]
    public void A_header_that_could_become_two_is_refused(string value)
        => Assert.Equal("Idempotency-Key", Assert.Throws<ArgumentException>(() => new HeaderWriter().Text("Idempotency-Key", value)).ParamName);

    [Fact]
    public void The_signature_is_nothing_that_a_request_can_set()
    {
        var w = new HeaderWriter();
        w.Text("authorization", null);
        Assert.Contains("client makes", Assert.Throws<ArgumentException>(() => w.Text("authorization", "Bearer x")).Message, StringComparison.Ordinal);
        Assert.Empty(w.Headers);
    }
}
