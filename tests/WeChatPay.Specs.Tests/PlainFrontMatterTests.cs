using System.Text;
using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.Markdown;
using WeChatPay.Specs.Text;

namespace WeChatPay.Specs.Tests;

/// <summary>What is read without the YAML library must be what the library reads.</summary>
public sealed class PlainFrontMatterTests
{
    private static readonly string[] Pieces =
    [
        "title", "a", "description-2", "true", "1.0", ": ", ":", " ", "  ", "#", " #", "'", "\"", "-", "- ", "?", "{", "}", "[", "]", ",", "&", "*", "!", "|", ">", "%", "@", "`",
        "\n", "\r\n", "\n\n", "\t", "…", "下单", "，", "：", "\u00A0", "\u0085", "\u2028", "\uFEFF", "\u007F", "é", "~", "null", "<<", "---", "...", "\\", "/", "_", "🙂",
    ];

    [Theory]
    [InlineData("title: H5下单\ndescription: Creates a prepay order, 创建预支付单。\noptionality: declared")]
    [InlineData("title: a\r\n\r\ndescription: b c  \r\n")]
    [InlineData("title: a:b {c} [d] e#f 'g' \"h\"")]
    [InlineData("title: first\ntitle: second")]
    public void Plain_lines_need_no_library(string yaml)
    {
        Assert.NotNull(PlainFrontMatter.TryRead(yaml, 0, yaml.Length));
        SameAsLibrary(yaml);
    }

    [Theory]
    [InlineData("title: 'quoted'")]
    [InlineData("title: a: b")]
    [InlineData("title: a # a comment")]
    [InlineData("title: a\n  that goes on")]
    [InlineData("title:\n  - a")]
    [InlineData("title:")]
    [InlineData("title: ")]
    [InlineData("title: |\n  a")]
    [InlineData("'title': a")]
    [InlineData("just text")]
    [InlineData("title: a\t")]
    public void Anything_else_is_left_to_it(string yaml) => Assert.Null(PlainFrontMatter.TryRead(yaml, 0, yaml.Length));

    [Fact]
    public void Whatever_is_read_without_it_is_what_it_reads()
    {
        var random = new Random(20260101);
        var read = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var yaml = new StringBuilder();
            for (var line = random.Next(1, 4); line > 0; line--)
            {
                yaml.Append(random.Next(4) > 0 ? "k" + random.Next(3) + ": v" : "");
                for (var piece = random.Next(4); piece > 0; piece--) yaml.Append(Pieces[random.Next(Pieces.Length)]);
                yaml.Append('\n');
            }

            if (SameAsLibrary(yaml.ToString())) read++;
        }

        Assert.True(read > 1500, read + " of the texts were plain");
    }

    /// <summary>False where the text is left to the library.</summary>
    private static bool SameAsLibrary(string yaml)
    {
        if (PlainFrontMatter.TryRead(yaml, 0, yaml.Length) is not { } plain) return false;
        var sink = new DiagnosticSink("a.md", new LineMap(yaml));
        var library = YamlFrontMatter.ReadYaml(yaml, 0, yaml.Length, sink);
        Assert.True(sink.ToArray().IsEmpty, "the library reports a problem of " + yaml);
        var read = YamlFrontMatter.Read(yaml, 0, yaml.Length, sink);
        Assert.All(plain, item => Assert.Equal(library.Find(item.Key), read.Find(item.Key)));
        Assert.All(plain, item => Assert.NotNull(library.Find(item.Key)));
        return true;
    }
}
