using WeChatPay.Generator.Pipeline;

namespace WeChatPay.Generator.Tests.Units;

/// <summary>Shapes that several operations use.</summary>
public sealed class SharedShapeTests
{
    private const string Model = """
        # Loan

        ```ts
        namespace WeChatPay.Models {
          export interface Loan {
            /** 借书单号 */
            loan_no: string
            state?: 'OPEN' | 'CLOSED'
            parts?: { no: string }[]
          }
        }
        ```
        """;

    private static readonly SpecText Shape = SpecText.Project("models/loan.md", Model);

    private static readonly SpecText User = SpecText.Project("openapi/v3/library/loans.md", Samples.Operation("Library.Loans", "loan: WeChatPay.Models.Loan; loans?: WeChatPay.Models.Loan[]")
        .Replace("id?: string", "loan?: WeChatPay.Models.Loan", StringComparison.Ordinal));

    [Fact]
    public void A_shape_is_one_class_for_all_who_name_it()
    {
        var harness = GeneratorHarness.Run(
            [Shape, User],
            code: """
            using WeChatPay.Models;
            using WeChatPay.V3.Library;
            class Program
            {
                static Loan? M(LoansPostResponse answer) => answer.Loan;
                static LoansPostRequest N() => new() { Loan = new() { LoanNo = "1", State = LoanState.Open, Parts = [new() { No = "2" }] } };
            }
            """);
        Assert.Empty(harness.Diagnostics);
        harness.Compiled.EmitsClean();
    }

    [Fact]
    public void A_change_of_the_shape_emits_only_its_file()
    {
        var harness = GeneratorHarness.Run(Shape, User);
        harness.Replace(Shape, Shape.With(Model.Replace("loan_no: string", "loan_no: string; more?: string", StringComparison.Ordinal)));
        Assert.Equal("1 Cached, 1 Modified", harness.Reasons(TrackingNames.EmitRequests));
        Assert.Equal("1 Cached", harness.Reasons(TrackingNames.TreeRequest));
    }

    [Fact]
    public void A_shape_that_no_file_declares_is_told_and_the_rest_compiles()
    {
        var typo = User.With(User.Content!.Replace("Models.Loan", "Models.Laon", StringComparison.Ordinal));
        var harness = GeneratorHarness.Run(Shape, typo, Samples.Readers);

        var error = Assert.Single(harness.Diagnostics, item => item.Id == "WXP0115");
        Assert.Equal("POST /v3/library/loans names WeChatPay.Models.Laon, which no spec file declares, so no code is generated for it: did you mean Loan?", error.Text());
        Assert.Equal(typo.Path, error.Location.GetLineSpan().Path);
        Assert.Equal(3, harness.Sources.Count);
        harness.Compiled.EmitsClean();
    }
}
