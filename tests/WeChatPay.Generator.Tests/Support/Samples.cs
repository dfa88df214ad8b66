namespace WeChatPay.Generator.Tests.Support;

/// <summary>The spec files of the tests: an API of no real merchant.</summary>
internal static class Samples
{
    /// <summary>Lean form, declared optionality: a POST with everything that a body can have.</summary>
    public static SpecText Loans => Read("openapi/v3/library/loans.md");

    /// <summary>The same with quotes in its front matter, which only the YAML library reads.</summary>
    public static SpecText LoansInQuotes => Loans.With(System.Text.RegularExpressions.Regex.Replace(Loans.Content!, "^title: (.*)$", "title: '$1'", System.Text.RegularExpressions.RegexOptions.Multiline));

    /// <summary>Lean form, two operations on one node: GET with path, query and header; DELETE without content.</summary>
    public static SpecText LoanNo => Read("openapi/v3/library/loans/loan-no/{loan_no}.md");

    /// <summary>Full form with chain interfaces and an example; nothing is marked optional.</summary>
    public static SpecText Readers => Read("openapi/v3/library/readers.md");

    /// <summary>A stream without a signature.</summary>
    public static SpecText Reports => Read("openapi/v3/library/reports.md");

    /// <summary>A body without members, a request that may be left out, a deprecated operation.</summary>
    public static SpecText Inventory => Read("openapi/v3/library/inventory.md");

    /// <summary>A notification with a variant.</summary>
    public static SpecText LoanClosed => Read("webhook/v3/LOAN.CLOSED.md");

    /// <summary>Notifications of typedefs: APIv3; APIv2 signed, refund, and encrypted.</summary>
    public static IReadOnlyList<SpecText> Typedefs
        => [Read("webhook/v3/PARCEL.ARRIVED.md"), Read("webhook/v2/parcel-paid.md"), Read("webhook/v2/parcel-refunded.md"), Read("webhook/v2/PARCEL.CHECKED.md")];

    /// <summary>An APIv2 notification of our own form, with a variant.</summary>
    public static SpecText ParcelSigned => Read("webhook/v2/PARCEL.SIGNED.md");

    public static IReadOnlyList<SpecText> All => [Loans, LoanNo, Readers, Reports, Inventory, LoanClosed];

    /// <summary>One operation with one member, for tests that need many files or peculiar ones.</summary>
    public static string Operation(string segments, string member = "id: string", string verb = "Post")
        => $$"""
            ---
            title: Sample
            description: A sample.
            optionality: declared
            ---

            # Sample {#{{verb.ToLowerInvariant()}}}

            ```ts
            namespace WeChatPay.OpenAPI.V3.{{segments}}.{{verb}}HttpMethod {
              export interface JsonDataRequest {
                {{member}}
              }
              export interface WellformedResponse {
                id?: string
              }
            }
            ```
            """.ReplaceLineEndings("\n") + "\n";

    private static SpecText Read(string name)
        => SpecText.Project(name, File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Specs", name)));
}
