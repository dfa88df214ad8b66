using WeChatPay.Generator.Pipeline;

namespace WeChatPay.Generator.Tests.Units;

public sealed class SpecPathsTests
{
    [Theory]
    [InlineData("/src/app/specs/openapi/v3/a.md", "/src/app/", "specs/openapi/v3/a.md")]
    [InlineData("/src/app/specs/openapi/v3/a.md", "/src/app", "specs/openapi/v3/a.md")]
    [InlineData("/src/shared/a.md", "/src/app/", "../shared/a.md")]
    [InlineData("/src/application/a.md", "/src/app/", "../application/a.md")]
    [InlineData("C:\\src\\App\\specs\\a.md", "c:\\src\\app\\", "specs/a.md")]
    [InlineData("D:\\x\\specs\\a.md", "C:\\src\\app\\", "specs/a.md")]
    [InlineData("/x/a.md", "", "a.md")]
    [InlineData("/x/specs/v3/a.md", "", "specs/v3/a.md")]
    public void A_projects_file_is_named_from_the_project(string path, string directory, string expected)
        => Assert.Equal(expected, SpecPaths.Display(path, directory, SpecOrigin.Project));

    [Theory]
    [InlineData("/home/dev/.nuget/packages/wechatpay.generated/0.1.0/specs/openapi/v3/a.md", "specs/openapi/v3/a.md")]
    [InlineData("/src/app/specs/packages/specs/openapi/v3/a.md", "specs/openapi/v3/a.md")]
    public void A_catalogues_file_is_named_from_the_catalogue(string path, string expected)
        => Assert.Equal(expected, SpecPaths.Display(path, "/src/app/", SpecOrigin.Catalogue));

    [Theory]
    [InlineData("/a/specs/b.md", true)]
    [InlineData("C:\\a\\specs\\b.MD", true)]
    [InlineData("/a/specs/b.txt", false)]
    [InlineData("/a/docs/b.md", false)]
    public void Without_metadata_the_place_decides(string path, bool expected) => Assert.Equal(expected, SpecPaths.LooksLikeSpec(path));

    [Fact]
    public void Hints_are_short_legal_and_readable()
    {
        string[] paths =
        [
            "specs/openapi/v3/pay/transactions/out-trade-no/{out_trade_no}.md",
            "specs/openapi/v3/merchant-service/complaints-v2/{complaint_id}/" + new string('x', 300) + ".md",
            "specs/文档/支付.md",
            ".md",
            "../../Shared Specs/a b.md",
        ];
        foreach (var path in paths)
        {
            var hint = SpecPaths.Hint(path, SpecOrigin.Project);
            Assert.InRange(hint.Length, 1, SpecPaths.MaxHintLength);
            Assert.Matches("^[A-Za-z0-9._-]+\\.g\\.cs$", hint);
        }

        Assert.StartsWith("v3.pay.transactions.out-trade-no.out_trade_no-", SpecPaths.Hint(paths[0], SpecOrigin.Project), StringComparison.Ordinal);
    }

    [Fact]
    public void Hints_differ_also_where_case_does_not_count()
    {
        string[] paths = ["specs/a.md", "specs/A.md", "specs/a-.md", "specs/{a}.md", "specs/a/.md", "a.md"];
        var hints = paths.Select(path => SpecPaths.Hint(path, SpecOrigin.Project)).Append(SpecPaths.Hint("specs/a.md", SpecOrigin.Catalogue)).ToList();
        Assert.Equal(hints.Count, hints.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void The_hash_is_the_same_for_ever() => Assert.Equal("2beydxgr", StableHash.Text("specs/a.md", 8));

    /// <summary>Each as a file of the project and of the catalogue; APIv2 stands in a folder of its own.</summary>
    [Fact]
    public void Hints_of_all_endpoints_are_short_and_differ_even_where_case_does_not_count()
    {
        var paths = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "endpoints.tsv")).Select(line => line.Split('\t'))
            .Select(parts => "specs/openapi" + (parts[0] == "v2" ? "/v2" : "") + parts[2] + (parts[2].EndsWith('/') ? "index.md" : ".md"))
            .Distinct(StringComparer.Ordinal).ToList();
        Assert.InRange(paths.Count, 1000, 1159);
        var hints = paths.SelectMany(path => new[] { SpecPaths.Hint(path, SpecOrigin.Project), SpecPaths.Hint(path, SpecOrigin.Catalogue) }).ToList();
        Assert.Equal(hints.Count, hints.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(hints, hint => Assert.InRange(hint.Length, 1, SpecPaths.MaxHintLength));
    }
}
