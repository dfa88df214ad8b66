using Microsoft.CodeAnalysis.CSharp;
using WeChatPay.Generator.Diagnostics;
using WeChatPay.Generator.Emit;

namespace WeChatPay.Generator.Tests.Units;

public sealed class TextTests
{
    public static TheoryData<string> Texts =>
    [
        "", "plain", "商户", "a\"b\\c", "\0\u0001\n\r\t", "\u2028\u2029\u0085\u00AD\uFEFF", "😀", "\u202E right to left", "{0} {{ $\" @",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_literal_means_the_text(string text)
    {
        var literal = (Microsoft.CodeAnalysis.CSharp.Syntax.LiteralExpressionSyntax)SyntaxFactory.ParseExpression(CSharpText.Literal(text));
        Assert.Equal(text, literal.Token.ValueText);
        Assert.Empty(literal.GetDiagnostics());
        Assert.DoesNotContain('\n', CSharpText.Literal(text));
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character()
        => Assert.Equal("\"a\\uFFFDb\\uFFFD\"", CSharpText.Literal("a\ud800b\udc00"));

    [Theory]
    [InlineData("a & b < c > d", "a &amp; b &lt; c &gt; d")]
    [InlineData("  a\r\n\r\n b\t", "a b")]
    [InlineData("a\u2028b\u0085c", "a b c")]
    [InlineData("a\0b\u202Ec", "a bc")]
    [InlineData("😀 ]]> \"", "😀 ]]&gt; &quot;")]
    public void Documentation_is_escaped_and_on_one_line(string text, string expected) => Assert.Equal(expected, XmlText.Escape(text));

    [Fact]
    public void Half_a_surrogate_pair_does_not_reach_the_documentation() => Assert.Equal("a\uFFFDb", XmlText.Escape("a\ud800b"));

    [Theory]
    [InlineData("文档", "https://x.test/?a=1&b=2", "<see href=\"https://x.test/?a=1&amp;b=2\">文档</see>")]
    [InlineData("", "http://x.test/", "<see href=\"http://x.test/\">http://x.test/</see>")]
    [InlineData("x", "javascript:alert(1)", "x")]
    [InlineData("x", "hhttps://x.test", "x")]
    public void Only_web_addresses_become_links(string text, string url, string expected) => Assert.Equal(expected, XmlText.Link(text, url));

    [Theory]
    [InlineData("paay", "pay")]
    [InlineData("PAYSCORE", "payscore")]
    [InlineData("refnud", "refund")]
    [InlineData("zzz", null)]
    [InlineData("", null)]
    public void A_near_name_is_suggested(string text, string? expected)
        => Assert.Equal(expected, Suggestion.Closest(text, ["bill", "pay", "payscore", "refund"]));

    [Fact]
    public void The_writer_indents_and_ends_lines_with_line_feeds()
    {
        var w = new SourceWriter();
        w.Line("a");
        w.Open();
        w.Line("b", "c");
        w.Line();
        w.Close("};");
        Assert.Equal("a\n{\n    bc\n\n};\n", w.ToString());
    }
}
