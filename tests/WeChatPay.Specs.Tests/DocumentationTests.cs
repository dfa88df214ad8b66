using WeChatPay.Specs.JsDoc;
using WeChatPay.Specs.Model;

namespace WeChatPay.Specs.Tests;

/// <summary>Prose, comments, links, deprecation.</summary>
public sealed class DocumentationTests
{
    private static Documentation Page(string prose, string frontMatter = "title: 标题\ndescription: 说明", string after = "")
        => Assert.Single(Spec.Clean("---\n" + frontMatter + "\n---\n\n" + prose + "\n\n```ts\n" + Spec.Body("a: string") + "\n```\n" + after).Operations).Documentation;

    [Theory]
    [InlineData("# {{ $frontmatter.title }} {#post}", "标题")]
    [InlineData("# {{$frontmatter.title}}（{{ $frontmatter.description }}） {#post}", "标题（说明）")]
    [InlineData("# 字面标题 {#post}", "字面标题")]
    [InlineData("# 字面 `code` *强调* [链接](https://a.example/) {#post .x key=y}", "字面 code 强调 链接")]
    [InlineData("# a &amp; b <c> {#post}", "a & b")]
    [InlineData("", "标题")]
    [InlineData("# 没有标记", "没有标记")]
    [InlineData("# 另一个 {#get}\n\ntext\n\n# 这一个 {#post}", "这一个")]
    [InlineData("# 整页\n\n## 另一个 {#get}\n\ntext\n\n## 这一个 {#post .x}", "这一个")]
    [InlineData("# 整页\n\n## 小节 {#section}", "整页")]
    [InlineData("# 这一个\n{#post}\n\n# 另一个 {#get}", "这一个")]
    [InlineData("这一个 {#post}\n===", "这一个")]
    [InlineData("# 这一个 {.x #post data-y=1}", "这一个")]
    [InlineData("# <Badge type=\"tip\" text=\"v3\" /> 🚀 这一个 {#post}", "🚀 这一个")]
    public void Titles(string prose, string expected) => Assert.Equal(expected, Page(prose).Title);

    [Theory]
    [InlineData("# x {#post}\n\n{{ $frontmatter.description }} [官方文档](https://a.example/)", "说明")]
    [InlineData("# x {#post}\n\n一句 [链接](https://a.example/) 在中间。", "一句 链接 在中间。")]
    [InlineData("# x {#post}\n\n第一段\n续行\n\n第二段", "第一段\n续行\n\n第二段")]
    [InlineData("# x {#post}\n\n第一段\n\n参阅 [甲](https://a.example/)、[乙](https://b.example/)", "第一段")]
    [InlineData("# x {#post}\n\n[甲](https://a.example/)、[乙](https://b.example/)", "说明")]
    [InlineData("# x {#post}\n\n第一段\n\n> [!IMPORTANT]\n> 提示\n\n- 列表\n\n::: warning 注意\n框内\n:::", "第一段\n\nImportant: 提示\n\nWarning: 注意 框内")]
    [InlineData("# x {#post}\n\n> [!CAUTION] 当心\n> - **一** 与 [二](https://a.example/)\n>\n> 1. `三`\n\n第一段", "第一段\n\nCaution: 当心 一 与 二 1. 三")]
    [InlineData("# x {#post}\n\n> 引文不是说明\n\n::: details 例\n不是说明\n:::\n\n::: tip\n框内\n\n:::\n\n::: info\n:::", "说明\n\nTip: 框内")]
    [InlineData("# y {#get}\n\n> [!NOTE]\n> 别的\n\n# x {#post}\n\n第一段", "第一段")]
    [InlineData("# x {#post}\n\n[[toc]]\n\n| a | b |\n| - | - |\n| c | d |\n\n<<< @/snippets/a.js{2}\n\n<!-- 注释 -->\n\n第一段", "第一段")]
    [InlineData("# x\n{#post}\n\n第一段", "第一段")]
    [InlineData("<script setup lang=\"ts\">\nimport A from './a.vue'\nconst b = `c`\n</script>\n\n# x {#post}\n\n第一段", "第一段")]
    [InlineData("# x {#post}", "说明")]
    public void Descriptions(string prose, string expected) => Assert.Equal(expected, Page(prose).Description);

    [Fact]
    public void A_note_that_is_an_essay_is_cut()
        => Assert.EndsWith("甲…", Page("# x {#post}\n\n> [!NOTE]\n> " + new string('甲', 600)).Description, StringComparison.Ordinal);

    [Fact]
    public void A_paragraph_of_more_than_a_thousand_brackets_is_left_out_and_the_rest_is_read()
    {
        static string Prose(int brackets) => string.Concat(Enumerable.Repeat("[a](b) ", brackets)) + "末";
        Assert.EndsWith("末", Page("# x {#post}\n\n" + Prose(1000)).Description, StringComparison.Ordinal);
        var documentation = Page("# x {#post}\n\n" + Prose(1001) + "\n\n第二段 [甲](https://a.example/)");
        Assert.Equal(("第二段", "https://a.example/"), (documentation.Description, Assert.Single(documentation.Links).Url));
    }

    [Fact]
    public void Links_are_collected_once_and_in_order()
    {
        var documentation = Page(
            "# x {#post}\n\n[甲](https://a.example/?x=1&y=2) <https://b.example/> [相对](./other.md)\n\n参阅 [丙](https://c.example/)、[甲又](https://a.example/?x=1&y=2)",
            after: "\n[后](https://d.example/)\n\n# y {#get}\n\n[别处](https://e.example/)\n");
        Assert.Equal(
            ["甲 https://a.example/?x=1&y=2", "https://b.example/ https://b.example/", "丙 https://c.example/", "后 https://d.example/"],
            documentation.Links.Select(l => l.Text + " " + l.Url));
    }

    [Fact]
    public void A_link_with_a_misspelt_scheme_is_reported()
    {
        var text = "# x {#post}\n\n[甲](hhttps://a.example/)\n\n```ts\n" + Spec.Body("a: string") + "\n```\n";
        var diagnostic = Spec.Only(Spec.Read(text));
        Assert.Equal("WXP0051", diagnostic.Descriptor.Id);
        Assert.Contains("hhttps://a.example/", diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal(2, diagnostic.Range.StartLine);
    }

    [Theory]
    [InlineData("# x {#post}\n\n::: danger 已下线 {.im-deprecated}\n请用 [新接口](https://a.example/)\n:::", "已下线 请用 新接口")]
    [InlineData("::: danger {.im-deprecated}\n:::\n\n# x {#post}", "")]
    [InlineData("# x {#post}\n\n::: warning\n停用 {.im-deprecated}\n:::", "停用")]
    [InlineData("# x {#post}\n\n::: danger 当心\n不是停用\n:::", null)]
    [InlineData("# y {#get}\n\n::: danger {.im-deprecated}\n别的\n:::\n\n# x {#post}", null)]
    public void Boxes_deprecate_the_operations_of_their_section(string prose, string? expected) => Assert.Equal(expected, Page(prose).Deprecation);

    [Theory]
    [InlineData("/** @deprecated 改用新接口 */\n", "", "改用新接口")]
    [InlineData("", "/** @deprecated */", "")]
    [InlineData("", "/** 说明 */", null)]
    public void Comments_deprecate(string onNamespace, string onCall, string? expected)
    {
        var operation = Spec.Operation(onNamespace + Spec.Body("a: string") + "\nnamespace WeChatPay.OpenAPI.V3 { export interface Sample { " + onCall + " post(data: D): R } }");
        Assert.Equal(expected, operation.Documentation.Deprecation);
    }

    [Fact]
    public void Links_of_the_call_come_in_all_their_forms()
    {
        const string chain = """
            namespace WeChatPay.OpenAPI.V3 {
              export interface Sample {
                /**
                 * shortland
                 * @link https://a.example/
                 */
                (data: D): R
                /**
                 * 见 {@link https://b.example/ 乙} 和 {@link https://c.example/}
                 * @link
                 * @link [丁](https://d.example/)
                 * @see https://e.example/ 戊
                 */
                post(data: D): R
              }
            }
            """;
        var documentation = Spec.Operation(Spec.Body("a: string") + "\n" + chain, "optionality: declared").Documentation;
        Assert.Equal("见 乙 和 https://c.example/", documentation.Title);
        Assert.Equal(
            ["乙 https://b.example/", "https://c.example/ https://c.example/", "丁 https://d.example/", "戊 https://e.example/", "https://a.example/ https://a.example/"],
            documentation.Links.Select(l => l.Text + " " + l.Url));
    }

    [Fact]
    public void A_member_has_its_label_limits_and_unknown_tags()
    {
        var member = Spec.Member("""
            /**
             * 商户订单号，联系 ops@example.com
             *
             * 只能是数字、字母
             * @maxLength 32
             * @minLength 6
             * @minimum -1.5 @maximum 10
             * @pattern ^[0-9A-Za-z_|*@-]+$
             * @default CNY @example 1217752501201407033233368018
             * @since 2020 年
             *   起
             * @deprecated 改用 b
             */
            a: string
            """);
        Assert.Equal("商户订单号，联系 ops@example.com", member.Documentation.Title);
        Assert.Equal("只能是数字、字母\n@since 2020 年 起", member.Documentation.Description);
        Assert.Equal("改用 b", member.Documentation.Deprecation);
        Assert.Equal(
            new MemberConstraints
            {
                MaxLength = 32, MinLength = 6, Minimum = "-1.5", Maximum = "10", Pattern = "^[0-9A-Za-z_|*@-]+$", Default = "CNY", Example = "1217752501201407033233368018",
            },
            member.Constraints);
    }

    [Theory]
    [InlineData("/** @maxLength many */ a: string")]
    [InlineData("/** @minimum low */ a: number")]
    public void A_wrong_value_of_a_tag_is_reported(string member) => Spec.MemberWith("WXP0048", member);

    [Theory]
    [InlineData("/** a */", "a", "")]
    [InlineData("/** a @b c */", "a", "b=c")]
    [InlineData("/**@b*/", "", "b=")]
    [InlineData("/**\r\n * a\r\n * @b c\r\n *   d\r\n * @e\r\n */", "a", "b=c d;e=")]
    [InlineData("/** 用 `@x y` 和 a@b @c d */", "用 `@x y` 和 a@b", "c=d")]
    [InlineData("/** @a {@link b @c} */", "", "a={@link b @c}")]
    [InlineData("/***/", "", "")]
    [InlineData("/** */", "", "")]
    [InlineData("/*** a **/", "* a *", "")]
    public void Comments_are_taken_apart(string comment, string summary, string tags)
    {
        var parsed = JsDocParser.Parse(comment, 0, comment.Length);
        Assert.Equal(summary, parsed.Summary);
        Assert.Equal(tags, string.Join(";", parsed.Tags.Select(t => t.Name + "=" + t.Text)));
        Assert.All(parsed.Tags, t => Assert.StartsWith("@" + t.Name, comment.AsSpan(t.Start, t.Length).ToString(), StringComparison.Ordinal));
    }
}
