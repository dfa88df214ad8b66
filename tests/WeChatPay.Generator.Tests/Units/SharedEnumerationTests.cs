using Microsoft.CodeAnalysis;
using WeChatPay.Generator.Pipeline;

namespace WeChatPay.Generator.Tests.Units;

/// <summary>Enumerations that several members have.</summary>
public sealed class SharedEnumerationTests
{
    private const string Model = """
        ---
        optionality: declared
        ---
        ```ts
        namespace WeChatPay.Enumerations {
          /** 借阅状态 */
          export type LoanState = 'OPEN' | 'CLOSED'
        }
        namespace WeChatPay.Models {
          /** 借阅 @received */
          export interface Loan { state?: WeChatPay.Enumerations.LoanState }
          /** 借阅 @sent */
          export interface LoanInput { state: WeChatPay.Enumerations.LoanState }
          /** 一本书 @base */
          export interface Book { state?: WeChatPay.Enumerations.LoanState }
        }
        ```
        """;

    private const string Operation = """
        ---
        title: Sample
        optionality: declared
        ---
        ```ts
        namespace WeChatPay.OpenAPI.V3.Loans.PostHttpMethod {
          export interface JsonDataRequest {
            state: WeChatPay.Enumerations.LoanState
            states?: WeChatPay.Enumerations.LoanState[]
            loan?: WeChatPay.Models.LoanInput
          }
          export interface RequestConfig { params?: { filter?: WeChatPay.Enumerations.LoanState } }
          export interface WellformedResponse extends WeChatPay.Models.Book {
            states?: WeChatPay.Enumerations.LoanState[]
            loan?: WeChatPay.Models.Loan
          }
        }
        ```
        """;

    private static readonly SpecText Shapes = SpecText.Catalogue("models/loans.md", Model);

    private static readonly SpecText User = SpecText.Project("openapi/v3/loans.md", Operation);

    [Fact]
    public void It_is_one_class_for_all_members_that_name_it()
    {
        var harness = GeneratorHarness.Run(
            [Shapes, User],
            code: """
            using WeChatPay.Models;
            using WeChatPay.V3;
            class Program
            {
                static LoanState?[] M(LoansPostResponse answer) => [answer.State, answer.Loan?.State, answer.States?[0], ((IBook)answer).State];
                static LoansPostRequest N(LoanState state) => new() { State = state, States = [LoanState.Open, "LOST"], Filter = state, Loan = new() { State = state } };
            }
            """);
        Assert.Empty(harness.Diagnostics);
        harness.Compiled.EmitsClean();
    }

    [Fact]
    public void A_new_value_emits_its_file_and_no_other()
    {
        var harness = GeneratorHarness.Run(Shapes, User);
        harness.Replace(Shapes, Shapes.With(Model.Replace("'CLOSED'", "'CLOSED' | 'LOST'", StringComparison.Ordinal)));
        Assert.Equal("1 Cached, 1 Modified", harness.Reasons(TrackingNames.EmitRequests));
        Assert.Equal("1 Cached", harness.Reasons(TrackingNames.TreeRequest));
    }

    [Fact]
    public void In_the_catalogue_it_costs_nothing_where_nobody_names_it()
        => Assert.DoesNotContain(GeneratorHarness.Run(Shapes, Samples.Readers).Sources, source => source.Value.Contains("LoanState", StringComparison.Ordinal));

    [Theory]
    [InlineData("Enumerations.LoanState", "Enumerations.LoanStat", "WXP0115", "names WeChatPay.Enumerations.LoanStat, which no spec file declares, so no code is generated for it: did you mean LoanState?")]
    [InlineData("Enumerations.LoanState", "Models.LoanState", "WXP0116", "uses WeChatPay.Models.LoanState, which is an enumeration: WeChatPay.Enumerations holds it; no code is generated for it")]
    [InlineData("Models.LoanInput", "Enumerations.LoanInput", "WXP0116", "uses WeChatPay.Enumerations.LoanInput, which is no enumeration: WeChatPay.Models holds it; no code is generated for it")]
    public void A_name_that_leads_to_nothing_of_its_kind_is_told(string name, string wrong, string id, string message)
    {
        var typo = User.With(Operation.Replace("WeChatPay." + name, "WeChatPay." + wrong, StringComparison.Ordinal));
        var harness = GeneratorHarness.Run(Shapes, typo, Samples.Readers);
        var error = Assert.Single(harness.Diagnostics, item => item.Id == id);
        Assert.Equal("POST /v3/loans " + message, error.Text());
        harness.Compiled.EmitsClean();
    }

    /// <summary>A project that knows more values than the catalogue.</summary>
    [Fact]
    public void The_projects_own_replaces_that_of_the_catalogue()
    {
        var own = SpecText.Project("models/states.md", """
            ```ts
            namespace WeChatPay.Enumerations { export type LoanState = 'OPEN' | 'CLOSED' | 'LOST' }
            ```
            """);
        var harness = GeneratorHarness.Run([Shapes, own, User], code: "class Program { static WeChatPay.Models.LoanState M() => WeChatPay.Models.LoanState.Lost; }");
        Assert.Equal(["WXP0110"], harness.Diagnostics.Select(item => item.Id));
        harness.Compiled.EmitsClean();
    }
}
