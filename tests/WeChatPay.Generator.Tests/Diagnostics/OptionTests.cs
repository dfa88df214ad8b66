using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WeChatPay.Generator.Tests.Diagnostics;

/// <summary>MSBuild properties, and what the project must bring along.</summary>
public sealed class OptionTests
{
    [Theory]
    [InlineData("WeChatPayNamespace", "Contoso..Pay", "'Contoso..Pay' is no valid value of the MSBuild property WeChatPayNamespace: expected a namespace such as Contoso.WeChatPay; 'WeChatPay' is used instead")]
    [InlineData("WeChatPayNamespace", "Contoso.class", "'Contoso.class' is no valid value of the MSBuild property WeChatPayNamespace: expected a namespace such as Contoso.WeChatPay; 'WeChatPay' is used instead")]
    [InlineData("WeChatPayClientName", "My Client", "'My Client' is no valid value of the MSBuild property WeChatPayClientName: expected a C# identifier; 'WeChatPayClient' is used instead")]
    [InlineData("WeChatPayAccessibility", "private", "'private' is no valid value of the MSBuild property WeChatPayAccessibility: expected public or internal; 'public' is used instead")]
    [InlineData("WeChatPayRequiredMembers", "some", "'some' is no valid value of the MSBuild property WeChatPayRequiredMembers: expected declared or all or none; 'declared' is used instead")]
    public void An_invalid_value_is_an_error_and_the_default_holds(string property, string value, string message)
    {
        var harness = GeneratorHarness.Run(Samples.All, new TestOptions((property, value)));

        var error = Assert.Single(harness.Diagnostics);
        Assert.Equal(("WXP0103", DiagnosticSeverity.Error, message), (error.Id, error.Severity, error.Text()));
        Assert.Equal(GeneratorHarness.Run(Samples.All).Sources, harness.Sources);
    }

    [Theory]
    [InlineData("payscoer", "did you mean 'payscore'?")]
    [InlineData("Bil", "did you mean 'bill'?")]
    [InlineData("somethingelse", "known are all, bill, pay, payscore")]
    public void An_unknown_family_is_told_with_advice(string family, string advice)
    {
        var harness = GeneratorHarness.Run([], new TestOptions(("WeChatPayRequestedApis", "pay|" + family), ("WeChatPayKnownApis", "all|bill|pay|payscore")));
        var error = Assert.Single(harness.Diagnostics);
        Assert.Equal(("WXP0104", $"WeChatPayApis names the family '{family}', which the catalogue does not have: {advice}"), (error.Id, error.Text()));
    }

    [Fact]
    public void Known_families_are_fine_in_any_case()
        => Assert.Empty(GeneratorHarness.Run([], new TestOptions(("WeChatPayRequestedApis", "Pay|all"), ("WeChatPayKnownApis", "all|bill|pay"))).Diagnostics);

    [Fact]
    public void Without_the_runtime_there_is_one_error_and_no_code()
    {
        var harness = GeneratorHarness.Run(Samples.All, references: References.FrameworkOnly);
        Assert.Equal("WXP0105", Assert.Single(harness.Diagnostics).Id);
        Assert.Empty(harness.Sources);
    }

    [Fact]
    public void With_an_old_language_there_is_one_error_and_no_code()
    {
        var harness = GeneratorHarness.Run(Samples.All, version: LanguageVersion.CSharp11);
        var error = Assert.Single(harness.Diagnostics);
        Assert.Equal("WXP0106", error.Id);
        Assert.Contains("C# 11.0", error.Text(), StringComparison.Ordinal);
        Assert.Empty(harness.Sources);
    }

    [Fact]
    public void A_client_in_a_referenced_assembly_is_told_with_the_properties_that_help()
    {
        var other = GeneratorHarness.Run(Samples.All).Compiled.WithAssemblyName("WeChatPay.Client");
        var references = References.Net100.Append(MetadataReference.CreateFromImage(other.EmitsClean())).ToList();

        var harness = GeneratorHarness.Run(Samples.All, references: references);

        var error = Assert.Single(harness.Diagnostics);
        Assert.Equal("WXP0107", error.Id);
        Assert.All(
            ["'WeChatPay.WeChatPayClient'", "'WeChatPay.Client'", "WeChatPayNamespace (for example Contoso.Shop.WeChatPay)", "WeChatPayAccessibility"],
            part => Assert.Contains(part, error.Text(), StringComparison.Ordinal));
        Assert.Empty(harness.Sources);

        harness.SetOptions(new TestOptions(("WeChatPayNamespace", "Contoso.Shop.WeChatPay")));
        Assert.Empty(harness.Diagnostics);
        harness.Compiled.EmitsClean();
    }

    [Fact]
    public void Another_name_of_the_client_does_not_part_it_from_one_in_the_same_namespace()
    {
        var other = GeneratorHarness.Run(Samples.All).Compiled.WithAssemblyName("Other");
        var references = References.Net100.Append(MetadataReference.CreateFromImage(other.EmitsClean())).ToList();

        var harness = GeneratorHarness.Run(Samples.All, new TestOptions(("WeChatPayClientName", "MineClient")), references: references);

        var error = Assert.Single(harness.Diagnostics);
        Assert.Equal("WXP0107", error.Id);
        Assert.Contains("'WeChatPay.V3Resource'", error.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("WeChatPayClientName", error.Text(), StringComparison.Ordinal);
        Assert.Empty(harness.Sources);
    }

    [Fact]
    public void An_internal_client_in_a_referenced_assembly_is_in_nobodys_way()
    {
        var other = GeneratorHarness.Run(Samples.All, new TestOptions(("WeChatPayAccessibility", "internal"))).Compiled.WithAssemblyName("Other");
        var references = References.Net100.Append(MetadataReference.CreateFromImage(other.EmitsClean())).ToList();

        var harness = GeneratorHarness.Run(Samples.All, references: references);

        Assert.Empty(harness.Diagnostics);
        harness.Compiled.EmitsClean();
    }

    [Fact]
    public void The_users_own_part_of_the_client_is_no_other_client()
    {
        var harness = GeneratorHarness.Run(Samples.All, code: "namespace WeChatPay { partial class WeChatPayClient { public int Mine => 1; } }");
        Assert.Empty(harness.Diagnostics);
        harness.Compiled.EmitsClean();
    }

    [Fact]
    public void Names_and_accessibility_follow_the_properties()
    {
        var harness = GeneratorHarness.Run(
            Samples.All,
            new TestOptions(("WeChatPayNamespace", "Contoso.Pay"), ("WeChatPayClientName", "LibraryClient"), ("WeChatPayAccessibility", "internal")));

        Assert.Empty(harness.Diagnostics);
        var compiled = harness.Compiled;
        compiled.EmitsClean();
        Assert.Equal(Accessibility.Internal, compiled.GetTypeByMetadataName("Contoso.Pay.LibraryClient")!.DeclaredAccessibility);
        Assert.NotNull(compiled.GetTypeByMetadataName("Contoso.Pay.V3.Library.LoansPostRequest"));
        Assert.NotNull(compiled.GetTypeByMetadataName("Contoso.Pay.Webhook.V3.LoanClosed"));
        Assert.NotEmpty(compiled.GetTypeByMetadataName("Contoso.Pay.LibraryClientServiceCollectionExtensions")!.GetMembers("AddLibrary"));
        Assert.DoesNotContain(compiled.Assembly.GlobalNamespace.GetNamespaceMembers(), space => space.Name == "WeChatPay");
    }

    [Theory]
    [InlineData("declared", false)]
    [InlineData("none", false)]
    [InlineData("all", true)]
    public void Required_members_of_a_file_without_declared_optionality_follow_the_property(string value, bool isRequired)
    {
        var harness = GeneratorHarness.Run([Samples.Readers], new TestOptions(("WeChatPayRequiredMembers", value)));
        Assert.Equal(isRequired, harness.SourceOf("v3.library.readers").Contains("public required string LibraryId", StringComparison.Ordinal));
        harness.Compiled.EmitsClean();
    }

    [Fact]
    public void Without_any_spec_there_is_still_a_client()
    {
        var harness = GeneratorHarness.Run([]);
        Assert.Equal("WeChatPayClient.g.cs", Assert.Single(harness.Sources).Key);
        harness.Compiled.EmitsClean();
    }
}
