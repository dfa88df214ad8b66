using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WeChatPay.Generator.Tests.Snapshots;

/// <summary>Generated code compiles without any warning, documentation included, in the oldest and the newest surroundings.</summary>
public sealed class CompileTests
{
    [Fact]
    public void On_net80_with_the_lowest_language()
        => GeneratorHarness.Run(Samples.All, version: LanguageVersion.CSharp12, references: References.Net80).Compiled.EmitsClean();

    [Fact]
    public void On_net100_with_the_newest_language()
        => GeneratorHarness.Run(Samples.All, version: LanguageVersion.Preview, references: References.Net100).Compiled.EmitsClean();

    [Fact]
    public void Also_where_the_project_uses_checked_arithmetic_and_unsafe_code_and_global_names_of_its_own()
    {
        var code = """
            global using Task = System.Int32;
            namespace WeChatPay.V3 { class System { } class Text { } }
            namespace System.Text { class Json2 { } }
            class Program { }
            """;
        GeneratorHarness.Run(Samples.All, code: code).Compiled.EmitsClean();
    }

    [Fact]
    public void What_is_deprecated_warns_its_users_and_not_its_own_code()
    {
        var harness = GeneratorHarness.Run(
            [Samples.Inventory],
            code: "class Program { static void Use(WeChatPay.WeChatPayClient client) => _ = client.V3.Library.Inventory.PutAsync(new()); }");
        harness.Compiled.EmitsClean();
        var warning = Assert.Single(harness.Compiled.GetDiagnostics(TestContext.Current.CancellationToken), item => item.Id == "CS0618");
        Assert.Equal("/src/app/Program.cs", warning.Location.GetLineSpan().Path);
        Assert.Contains("Use POST.", warning.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_public_member_is_documented()
    {
        // The user's assembly with documentation on: a missing comment is CS1591, a wrong one CS15xx.
        var compiled = GeneratorHarness.Run(Samples.All).Compiled;
        Assert.DoesNotContain(compiled.GetDiagnostics(TestContext.Current.CancellationToken), item => item.Id.StartsWith("CS15", StringComparison.Ordinal) && item.Location.SourceTree?.FilePath != "/src/app/Program.cs");
    }
}
