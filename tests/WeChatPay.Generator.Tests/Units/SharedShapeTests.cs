using Microsoft.CodeAnalysis;
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

    private const string Orders = """
        ---
        optionality: declared
        ---
        ```ts
        namespace WeChatPay.Models {
          /** 订单 @base */
          export interface Order {
            /** 单号 */
            no?: string
            state?: 'OPEN' | 'CLOSED'
            payer?: Payer
            items?: { id?: string }[]
          }
          /** 支付者 @received */
          export interface Payer { openid?: string }
          /** 收件人 @sent */
          export interface Recipient { name: string; phone?: string }
        }
        ```
        """;

    private const string OrderUse = """
        ---
        title: Sample
        optionality: declared
        ---
        ```ts
        namespace WeChatPay.OpenAPI.V3.Orders.PostHttpMethod {
          export interface JsonDataRequest { no: string; recipient: WeChatPay.Models.Recipient }
          export interface WellformedResponse extends WeChatPay.Models.Order {
            /** 单号 @echo */
            no?: string
            more?: string
          }
        }
        namespace WeChatPay.Webhook.V3.OrderPaid {
          export interface Notification { event_type: 'ORDER.PAID' }
          export interface Resource extends WeChatPay.Models.Order { }
        }
        ```
        """;

    /// <summary>An answer and a notification about the same thing are mapped once.</summary>
    [Fact]
    public void Answers_and_notifications_that_extend_a_base_are_read_by_one_interface()
    {
        var harness = GeneratorHarness.Run(
            [SpecText.Project("models/orders.md", Orders), SpecText.Project("orders.md", OrderUse)],
            code: """
            using WeChatPay.Models;
            using WeChatPay.V3;
            using WeChatPay.Webhook.V3;
            class Program
            {
                static string? Map(IOrder order) => order.State?.Value + order.Payer?.Openid + order.Items?[0].Id + order.No;
                static string? M(OrdersPostResponse answer, OrderPaid paid) => Map(answer) + Map(paid) + answer.More;
                static OrdersPostRequest N() => new() { No = "1", Recipient = new() { Name = "n" } };
            }
            """);
        Assert.Empty(harness.Diagnostics);
        harness.Compiled.EmitsClean();
    }

    /// <summary>What extends the second has the members of both, and is read as either.</summary>
    [Fact]
    public void A_base_may_extend_a_base()
    {
        var orders = Orders.Replace("/** 支付者 @received */", """
                /** 有备注的单 @base */
                export interface NotedOrder extends WeChatPay.Models.Order {
                  /** 单号 */
                  no?: string
                  note?: string
                  kind?: 'A' | 'B'
                }
                /** 支付者 @received */
            """, StringComparison.Ordinal);
        var harness = GeneratorHarness.Run(
            [SpecText.Project("models/orders.md", orders), SpecText.Project("orders.md", OrderUse.Replace("WellformedResponse extends WeChatPay.Models.Order", "WellformedResponse extends WeChatPay.Models.NotedOrder", StringComparison.Ordinal))],
            code: """
            using WeChatPay.Models;
            using WeChatPay.V3;
            class Program
            {
                static string? Map(INotedOrder order) => Map((IOrder)order) + order.Note + (order.Kind == NotedOrderKind.A);
                static string? Map(IOrder order) => order.State?.Value + order.Payer?.Openid + order.No;
                static string? M(OrdersPostResponse answer) => Map((INotedOrder)answer) + answer.No + answer.State + answer.Note + answer.More;
            }
            """);
        Assert.Empty(harness.Diagnostics);
        harness.Compiled.EmitsClean();
        Assert.Equal(["no", "state", "payer", "items", "note", "kind", "more"], ReadNames(harness.Sources.Values.Single(text => text.Contains("class OrdersPostResponse", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_chain_of_bases_may_be_long()
    {
        var bases = Enumerable.Range(1, 12).Select(i => $"/** 第{i}层 @base */ export interface Level{i} {(i == 1 ? "" : $"extends WeChatPay.Models.Level{i - 1} ")}{{ m{i}?: string }}");
        var harness = GeneratorHarness.Run(
            SpecText.Project("models/levels.md", "```ts\nnamespace WeChatPay.Models {\n" + string.Join('\n', bases) + "\n}\n```"),
            SpecText.Project("orders.md", """
                ```ts
                namespace WeChatPay.OpenAPI.V3.Orders.GetHttpMethod { export interface WellformedResponse extends WeChatPay.Models.Level12 { } }
                ```
                """));
        harness.Compiled.EmitsClean();
        var source = harness.Sources.Values.Single(text => text.Contains("class OrdersGetResponse", StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(1, 12).Select(i => "m" + i), ReadNames(source));
    }

    [Fact]
    public void Bases_in_a_circle_are_told_and_the_rest_compiles()
    {
        var circle = SpecText.Project("models/circle.md", """
            ```ts
            namespace WeChatPay.Models {
              /** @base */
              export interface Egg extends WeChatPay.Models.Hen { a?: string }
              /** @base */
              export interface Hen extends WeChatPay.Models.Egg { b?: string }
            }
            ```
            """);
        var harness = GeneratorHarness.Run(circle, Samples.Readers);
        Assert.Contains(harness.Diagnostics, item => item.Id == "WXP0116" && item.Text().Contains("WeChatPay.Models.Hen, which extends itself;", StringComparison.Ordinal));
        harness.Compiled.EmitsClean();
    }

    [Fact]
    public void A_member_of_a_base_that_is_added_comes_to_all_who_extend_it_and_to_no_other()
    {
        var orders = SpecText.Project("models/orders.md", Orders);
        var harness = GeneratorHarness.Run(orders, SpecText.Project("orders.md", OrderUse), Samples.Readers);
        harness.Replace(orders, orders.With(Orders.Replace("no?: string", "no?: string; memo?: string", StringComparison.Ordinal)));
        Assert.Equal("2 Modified, 1 Unchanged", harness.Reasons(TrackingNames.EmitRequests));
        harness.Compiled.EmitsClean();
    }

    /// <summary>What travels one way has the code of that way only; what is only sent can insist on its members.</summary>
    [Theory]
    [InlineData("new WeChatPay.Models.Recipient()", "CS9035")]
    [InlineData("new WeChatPay.Models.Recipient { Name = \"n\" }", null)]
    [InlineData("new WeChatPay.Models.Payer().Openid = \"o\"", "CS8852")]
    public void A_shape_has_the_form_of_its_direction(string expression, string? error)
    {
        var harness = GeneratorHarness.Run(
            [SpecText.Project("models/orders.md", Orders), SpecText.Project("orders.md", OrderUse)],
            code: "class Program { static object? M() => " + expression + "; }");
        var errors = harness.Compiled.GetDiagnostics(TestContext.Current.CancellationToken).Where(item => item.Severity == DiagnosticSeverity.Error).Select(item => item.Id);
        Assert.Equal(error is null ? [] : [error], errors);
        var source = harness.Sources.Values.Single(text => text.Contains("class Payer", StringComparison.Ordinal));
        Assert.Contains("class Payer : global::WeChatPay.Serialization.IJsonReadable<", source, StringComparison.Ordinal);
        Assert.Contains("class Recipient : global::WeChatPay.Serialization.IJsonWritable\n", source, StringComparison.Ordinal);
        Assert.DoesNotContain("class Order ", source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("payer: WeChatPay.Models.Payer", "Payer, which is @received only, in a request;")]
    [InlineData("order: WeChatPay.Models.Order", "Order, which is a @base, so that no member can be of its type;")]
    public void A_shape_that_is_not_meant_for_it_is_told_and_the_rest_compiles(string member, string expected)
    {
        var user = SpecText.Project("openapi/v3/library/loans.md", Samples.Operation("Library.Loans", member));
        var harness = GeneratorHarness.Run(SpecText.Project("models/orders.md", Orders), user, Samples.Readers);
        var error = Assert.Single(harness.Diagnostics, item => item.Id == "WXP0116");
        Assert.Equal("POST /v3/library/loans uses WeChatPay.Models." + expected + " no code is generated for it", error.Text());
        Assert.Equal(user.Path, error.Location.GetLineSpan().Path);
        harness.Compiled.EmitsClean();
    }

    /// <summary>A choice of files does not know which shapes it needs, so all of the catalogue's are there; what nothing names must cost nothing.</summary>
    [Fact]
    public void A_shape_of_the_catalogue_yields_code_only_if_something_names_it()
    {
        var catalogue = new[] { SpecText.Catalogue("models/loan.md", Model), SpecText.Catalogue("models/orders.md", Orders) };
        var without = GeneratorHarness.Run([.. catalogue, Samples.Readers]);
        Assert.Empty(without.Diagnostics);
        Assert.Equal(2, without.Sources.Count);

        var with = GeneratorHarness.Run([.. catalogue, Samples.Readers, User]);
        Assert.Empty(with.Diagnostics);
        Assert.Equal(4, with.Sources.Count);
        with.Compiled.EmitsClean();
        Assert.Equal(
            GeneratorHarness.Run([catalogue[0], User]).Sources.Values.Single(text => text.Contains("class Loan ", StringComparison.Ordinal)),
            with.Sources.Values.Single(text => text.Contains("class Loan ", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_shape_of_the_project_replaces_that_of_the_catalogue_for_all_who_name_it()
    {
        var own = SpecText.Project("models/loan.md", Model.Replace("loan_no: string", "loan_no: string; memo?: string", StringComparison.Ordinal));
        var harness = GeneratorHarness.Run(
            [SpecText.Catalogue("models/loan.md", Model), SpecText.Catalogue("openapi/v3/library/loans.md", User.Content), own],
            code: "class Program { static string? M(WeChatPay.V3.Library.LoansPostResponse answer) => answer.Loan?.Memo; }");
        Assert.Equal("WXP0110", Assert.Single(harness.Diagnostics).Id);
        harness.Compiled.EmitsClean();
    }

    private static IEnumerable<string> ReadNames(string source)
        => System.Text.RegularExpressions.Regex.Matches(source, "r\\.At\\(\"(\\w+)\"u8\\)").Select(match => match.Groups[1].Value).Distinct();
}
