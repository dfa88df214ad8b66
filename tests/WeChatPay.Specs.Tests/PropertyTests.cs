using System.Diagnostics;
using CsCheck;

namespace WeChatPay.Specs.Tests;

/// <summary>Random text and damaged specs: reading never throws, ends soon, and stays inside the text.</summary>
public sealed class PropertyTests
{
    private static readonly string[] Pieces =
    [
        "{", "}", "(", ")", "[", "]", "<", ">", ":", ";", ",", "|", "&", "=", "=>", "?", "...", "'", "\"", "`", "\\", "//", "/*", "/**", "*/", "@format ", "@encrypted ",
        "namespace ", "WeChatPay.OpenAPI.V3.A.PostHttpMethod", "interface ", "JsonDataRequest ", "RequestConfig ", "WellformedResponse ", "export ", "type ", "extends ",
        "typeof ", "readonly ", "string", "number", "Date", "'A' ", "\n", "\r\n", " ", "a", "_x_", "$n", "params", "headers", "data", "```", "```ts\n", "---\n", "# x {#post}\n",
        "{{ $frontmatter.title }}", "::: danger {.im-deprecated}\n", "\uD800", "\uFEFF", "：", "0", "1.5e-", "-", "[x](https://a.example/)",
    ];

    private static readonly Gen<string> Soup = OneOf(Pieces).Array[0, 200].Select(string.Concat);

    [Fact]
    public void Random_tokens() => Soup.Sample(body => Check("```ts\nnamespace WeChatPay.OpenAPI.V3.A.PostHttpMethod {\n" + body), iter: 1000);

    [Fact]
    public void Random_members() => Soup.Sample(body => Check(Spec.Page(Spec.Body(body))), iter: 1000);

    [Fact]
    public void Random_pages() => Soup.Sample(body => Check(body + "\n```ts\nnamespace WeChatPay.OpenAPI.V3.A.PostHttpMethod {\n" + body + "\n```\n" + body), iter: 1000);

    [Fact]
    public void Random_characters() => Gen.Char.Array[0, 300].Select(c => new string(c)).Sample(body => Check(Spec.Page(Spec.Body(body))), iter: 1000);

    [Fact]
    public void Damaged_specs()
        => Gen.Select(OneOf(Samples.FullForm, Samples.LeanForm), Gen.Select(Gen.Int[0, 4000], Gen.Int[0, 30], OneOf(Pieces)).Array[1, 5])
            .Sample(
                (text, cuts) =>
                {
                    foreach (var (at, length, piece) in cuts)
                    {
                        var start = Math.Min(at, text.Length);
                        text = text.Remove(start, Math.Min(length, text.Length - start)).Insert(start, piece);
                    }

                    Check(text);
                },
                iter: 1000);

    [Fact]
    public void A_truncated_spec_never_throws()
    {
        for (var length = 0; length <= Samples.FullForm.Length; length++) Check(Samples.FullForm[..length]);
    }

    [Fact]
    public void One_damaged_member_costs_that_member_only()
        => Gen.Select(Gen.Int[0, 5], OneOf(["?", "x y", ": string", "= 5", "a: ", "a: |", "a: 'b' 'c'", "a: [", "a: (", "a: string[5"]))
            .Sample(
                (position, broken) =>
                {
                    var members = Enumerable.Range(0, 5).Select(i => "m" + i + ": string").ToList();
                    members.Insert(position, broken);
                    var result = Check(Spec.Page(Spec.Body(string.Join("\n", members))));
                    var names = result.File.Operations[0].Body.Members.Select(m => m.WireName).ToHashSet();
                    // The member after the damage may be taken for a part of it; every other one must be there.
                    return result.Diagnostics.Count > 0 && Enumerable.Range(0, 5).Count(i => !names.Contains("m" + i)) <= 1;
                },
                iter: 300);

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static SpecReadResult Check(string text)
    {
        var watch = Stopwatch.StartNew();
        var result = SpecReader.Read("specs/openapi/v3/a.md", text);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), "took " + watch.Elapsed);
        foreach (var diagnostic in result.Diagnostics)
        {
            Assert.NotEqual("WXP0010", diagnostic.Descriptor.Id);
            Assert.InRange(diagnostic.Range.Start, 0, text.Length);
            Assert.InRange(diagnostic.Range.Start + diagnostic.Range.Length, 0, text.Length);
            Assert.NotEmpty(diagnostic.ToString());
        }

        Assert.Equal(result, SpecReader.Read("specs/openapi/v3/a.md", text));
        return result;
    }
}
