using System.Threading.Tasks;

namespace WeChatPay.Package.Tests;

/// <summary>Which files a project hands to the compiler, by evaluation alone.</summary>
[Trait("Category", "Slow")]
public sealed class SelectionTests(Feed feed)
{
    [Fact]
    public async Task Files_of_a_family_reach_the_compiler_and_no_others()
    {
        var consumer = await RestoredAsync("Families");

        Assert.Empty(await consumer.SpecsAsync());

        var refund = await consumer.SpecsAsync("-p:WeChatPayApis=refund");
        Assert.Contains("openapi/v3/refund/domestic/refunds/{out_refund_no}.md", refund.Keys);
        Assert.Contains("webhook/v3/REFUND.SUCCESS.md", refund.Keys);
        Assert.All(refund.Keys, path => Assert.Matches("^openapi/v3/refund/|^webhook/v3/REFUND|^models/(refund|common).md", path));
        Assert.Contains("models/refund.md", refund.Keys);
        Assert.All(refund.Values, origin => Assert.Equal("catalogue", origin));

        var bill = await consumer.SpecsAsync("-p:WeChatPayApis=bill");
        Assert.Contains("openapi/v3/billdownload/file.md", bill.Keys);
        Assert.All(bill.Keys, path => Assert.Matches("^openapi/v3/bill(download)?/|^models/", path));
        Assert.Contains("models/merchant.md", bill.Keys);


        // Taken once, however often asked for; separated and spelt as people write.
        var spelt = new Consumer(feed, "Spelling", "<WeChatPayApis>\n  Bill, billdownload;\n  | REFUND\n</WeChatPayApis>");
        (await spelt.DotnetAsync("restore")).Succeeded();
        var both = await spelt.SpecsAsync();
        Assert.Equal(bill.Keys.Union(refund.Keys).Order(StringComparer.Ordinal), both.Keys.Order(StringComparer.Ordinal));

        var all = await consumer.SpecsAsync("-p:WeChatPayApis=all");
        Assert.Equal(Directory.GetFiles(Repository.Path("specs"), "*.md", SearchOption.AllDirectories).Length - 1, all.Count);
        Assert.DoesNotContain("README.md", all.Keys);
        Assert.Equal(all.Count, (await consumer.SpecsAsync("-p:WeChatPayApis=All")).Count);
    }

    [Theory]
    [InlineData("v3/pay/transactions/jsapi", "openapi/v3/pay/transactions/jsapi.md")]
    [InlineData("/v3/pay/transactions/out-trade-no/{out_trade_no}", "openapi/v3/pay/transactions/out-trade-no/{out_trade_no}.md")]
    [InlineData("v3/pay/transactions/out-trade-no/{out_trade_no}/**", "openapi/v3/pay/transactions/out-trade-no/{out_trade_no}/close.md openapi/v3/pay/transactions/out-trade-no/{out_trade_no}/reverse.md")]
    [InlineData("webhook/v3/REFUND.S*", "webhook/v3/REFUND.SUCCESS.md")]
    [InlineData("certificates|v3/certificates.md", "openapi/v3/certificates.md")]
    public async Task Places_of_the_catalogue_can_be_asked_for_one_by_one(string apis, string expected)
    {
        var consumer = await RestoredAsync("Places");
        var specs = await consumer.SpecsAsync("-p:WeChatPayApis=" + apis);
        Assert.Equal(expected.Split(' '), specs.Keys.Where(path => !IsSharedShape(path)).Order(StringComparer.Ordinal));
        Assert.Equal(SharedShapes(), specs.Keys.Where(IsSharedShape).Order(StringComparer.Ordinal));
    }

    /// <summary>All of them come with a place, which does not say what it names; the generator leaves out what nothing names.</summary>
    private static IEnumerable<string> SharedShapes()
        => Directory.GetFiles(Repository.Path("specs", "models"), "*.md").Select(file => "models/" + Path.GetFileName(file)).Order(StringComparer.Ordinal);

    private static bool IsSharedShape(string path) => path.StartsWith("models/", StringComparison.Ordinal);

    [Fact]
    public async Task Specs_of_the_project_are_found_can_be_removed_and_switched_off()
    {
        var consumer = new Consumer(feed, "Own", items: """<AdditionalFiles Remove="specs/drafts/**" />""");
        consumer.Write("specs/openapi/v3/a/{b_c}/d.md", "# d");
        consumer.Write("specs/drafts/e.md", "# e");
        consumer.Write("elsewhere/f.md", "# f");
        consumer.Write("Program.cs", "return;");
        (await consumer.DotnetAsync("restore")).Succeeded();

        Assert.Equal(new Dictionary<string, string> { ["openapi/v3/a/{b_c}/d.md"] = "project" }, await consumer.SpecsAsync());
        Assert.Empty(await consumer.SpecsAsync("-p:EnableDefaultWeChatPaySpecItems=false"));
    }

    [Theory]
    [InlineData("v3/pay/transactions/typo", "error WXP0203: .*'openapi/v3/pay/transactions/typo.md'.*The folder specs")]
    [InlineData("refund|v3/pya/**", "error WXP0203: .*'openapi/v3/pya/")]
    [InlineData("refund|payscroe", "WXP01\\d\\d: .*payscroe.*payscore")]
    public async Task A_name_that_the_catalogue_does_not_have_is_reported(string apis, string expected)
    {
        var consumer = await RestoredAsync("Typo");
        var build = await consumer.BuildAsync("-p:WeChatPayApis=" + apis);
        Assert.Contains(build.Failed().Problems("error"), line => System.Text.RegularExpressions.Regex.IsMatch(line, expected));
    }

    [Theory]
    [InlineData("-p:CompilerApiVersion=roslyn4.7", "WXP0201")]
    [InlineData("-p:CompilerApiVersion=", "WXP0201")]
    [InlineData("-p:Language=VB", "WXP0202")]
    public async Task A_compiler_that_cannot_load_the_generator_is_an_error_and_not_silence(string property, string expected)
    {
        var consumer = await RestoredAsync("Compiler");
        var check = await consumer.DotnetAsync("msbuild", "-t:_WeChatPayCheckCompiler", property);
        Assert.Contains($"error {expected}: ", check.Failed().Output, StringComparison.Ordinal);
        (await consumer.DotnetAsync("msbuild", "-t:_WeChatPayCheckCompiler", "-p:CompilerApiVersion=roslyn4.8")).Succeeded();
    }

    private async Task<Consumer> RestoredAsync(string name)
    {
        var consumer = new Consumer(feed, name);
        consumer.Write("Program.cs", "return;");
        (await consumer.DotnetAsync("restore")).Succeeded();
        return consumer;
    }
}
