using System.Globalization;
using System.Text;
using WeChatPay.Specs.Model;

namespace WeChatPay.Specs.Tests;

/// <summary>The generator caches by the equality of what is read here.</summary>
public sealed class EqualityTests
{
    public static TheoryData<string> Texts() => [Samples.FullForm, Samples.LeanForm, Spec.Page(Spec.Body("a: ?\nb: string")), ""];

    [Theory]
    [MemberData(nameof(Texts))]
    public void The_same_text_gives_equal_results_and_hash_codes(string text)
    {
        var first = Spec.Read(text);
        var second = Spec.Read(new StringBuilder(text).ToString());
        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
        Assert.Equal(first.File.GetHashCode(), second.File.GetHashCode());
    }

    [Fact]
    public void A_moved_line_changes_no_model()
    {
        var moved = Samples.LeanForm.Replace("# 查询优惠批次", "\n\n# 查询优惠批次", StringComparison.Ordinal).Replace("params: {", "// why\n params: {", StringComparison.Ordinal);
        Assert.Equal(Spec.Clean(Samples.LeanForm), Spec.Clean(moved));
        Assert.NotEqual(Spec.Read(Samples.LeanForm).Declarations, Spec.Read(moved).Declarations);
    }

    [Fact]
    public void An_edited_label_changes_documentation_only()
    {
        var first = Spec.Clean(Samples.LeanForm);
        var second = Spec.Clean(Samples.LeanForm.Replace("商户号", "特约商户号", StringComparison.Ordinal));
        Assert.NotEqual(first, second);
        Assert.Equal(WithoutDocumentation(first), WithoutDocumentation(second));
    }

    [Fact]
    public void An_edited_member_changes_the_model()
        => Assert.NotEqual(Spec.Clean(Samples.LeanForm), Spec.Clean(Samples.LeanForm.Replace("page?: number", "page?: string", StringComparison.Ordinal)));

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("fi-FI")]
    [InlineData("ar-SA")]
    [InlineData("zh-CN")]
    public void The_culture_of_the_machine_changes_nothing(string culture)
    {
        // tr-TR: "i".ToUpper() is "İ"; fi-FI writes another minus; ar-SA other digits and dates.
        var text = Spec.Page("namespace WeChatPay.OpenAPI.V3.Id.Ident._id_info_.PatchHttpMethod {\ninterface JsonDataRequest {\nid_info: 'INIT' | 'init_i' | '-1'\n/** @minimum -1.5 @maxLength 10 */\nitem: string\nii: ?\n} }");
        var expected = Spec.Read(text);
        var saved = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(culture);
            var actual = Spec.Read(text);
            Assert.Equal(expected, actual);
            Assert.Equal(expected.Diagnostics.Select(d => d.ToString()), actual.Diagnostics.Select(d => d.ToString()));
        }
        finally
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = saved;
        }
    }

    private static string WithoutDocumentation(SpecFile file)
    {
        var text = new StringBuilder();
        foreach (var operation in file.Operations)
        {
            text.Append(operation.Key).Append(string.Join(",", operation.Echoes)).Append(operation.IsRequestOptional);
            foreach (var member in operation.Query.Concat(operation.Headers).Concat(operation.Body.Members).Concat(operation.Response.Members))
            {
                text.Append(member.WireName).Append(member.PropertyName).Append(member.IsRequired).Append(Spec.Show(member.Type));
            }
        }

        return text.ToString();
    }
}
