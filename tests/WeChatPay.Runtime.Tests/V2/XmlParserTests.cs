using System.Text;
using WeChatPay.Serialization;
using WeChatPay.V2;

namespace WeChatPay.Runtime.Tests.V2;

/// <summary>What the XML parser takes and what it refuses.</summary>
public sealed class XmlParserTests
{
    [Theory]
    [InlineData("<xml><a>1</a></xml>", "1")]
    [InlineData("\uFEFF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- c --><xml>\n <a x=\"1>2\" >1</a > <!-- c --></xml>\n", "1")]
    [InlineData("<root><a><![CDATA[<b>&amp;]]></a></root>", "<b>&amp;")]
    [InlineData("<xml><a>x<![CDATA[y]]>&lt;&gt;&amp;&quot;&apos;&#20013;&#x4E2D;</a></xml>", "xy<>&\"'中中")]
    [InlineData("<xml><a/></xml>", "")]
    [InlineData("<xml><a> \r\n</a></xml>", " \r\n")]
    [InlineData("<xml><a><b>1</b><b>2</b></a></xml>", "<b>1</b><b>2</b>")]
    public void Reads(string xml, string expected) => Assert.Equal(expected, XmlParser.Parse(Encoding.UTF8.GetBytes(xml)).Find("a"));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("<html><body><br></body></html>")]
    [InlineData("<!DOCTYPE a><xml/>")]
    [InlineData("<xml><!ENTITY a 'b'></xml>")]
    [InlineData("<xml>&a;</xml>")]
    [InlineData("<xml>& </xml>")]
    [InlineData("<xml>&#xD800;</xml>")]
    [InlineData("<xml>&#0;</xml>")]
    [InlineData("<xml><a></b></xml>")]
    [InlineData("<xml><a>")]
    [InlineData("<xml><a")]
    [InlineData("<xml><a x='></xml>")]
    [InlineData("<xml/><xml/>")]
    [InlineData("<xml></xml>x")]
    [InlineData("<xml><![CDATA[</xml>")]
    [InlineData("<xml>< a/></xml>")]
    public void Refuses(string xml) => Assert.Throws<JsonBodyException>(() => XmlParser.Parse(Encoding.UTF8.GetBytes(xml)));

    [Fact]
    public void Refuses_what_is_too_deep_too_much_or_no_UTF8()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 100_000));
        Assert.Throws<JsonBodyException>(() => XmlParser.Parse(Encoding.UTF8.GetBytes(deep)));
        var much = $"<xml>{string.Concat(Enumerable.Repeat("<a/>", 100_000))}</xml>";
        Assert.Throws<JsonBodyException>(() => XmlParser.Parse(Encoding.UTF8.GetBytes(much)));
        Assert.Throws<JsonBodyException>(() => XmlParser.Parse([.. "<xml>"u8, 0xFF, .. "</xml>"u8]));
    }

    [Fact]
    public void Every_beginning_and_every_changed_byte_ends_in_a_document_or_a_refusal()
    {
        var xml = Encoding.UTF8.GetBytes("<?xml version='1.0'?><xml><a x=\"1\">&#x4E2D;</a><b><![CDATA[]]]]></b><c><d/></c></xml>");
        for (var i = 0; i < xml.Length; i++)
        {
            Try(xml.AsSpan(0, i));
            for (var bit = 0; bit < 8; bit++)
            {
                xml[i] ^= (byte)(1 << bit);
                Try(xml);
                xml[i] ^= (byte)(1 << bit);
            }
        }

        static void Try(ReadOnlySpan<byte> bytes)
        {
            try
            {
                Assert.NotNull(XmlParser.Parse(bytes));
            }
            catch (JsonBodyException)
            {
                // Refused, which is as good.
            }
        }
    }
}
