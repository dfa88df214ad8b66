using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WeChatPay.Fuzz.Grammar;

namespace WeChatPay.Generator.Tests.Snapshots;

/// <summary>Whatever valid document there is, the code made of it compiles without any warning.</summary>
public sealed class RandomDocumentTests
{
    private const int Documents = 75;

    private const string Model = """
        ```ts
        namespace WeChatPay.Enumerations { export type TradeState = 'SUCCESS' | 'NOTPAY' }
        namespace WeChatPay.Models { export interface Transaction { transaction_id: string; amount: { total: number } } }
        ```
        """;

    /// <summary>Many documents in one project, told apart by a segment of their own; a failure names the generated line, whose file names the document.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Their_code_compiles_without_a_warning(int batch)
    {
        var documents = Enumerable.Range(0, Documents).Select(i => WeChatPay.Fuzz.Grammar.Documents.Make((ulong)((batch * 100_000) + i), "Doc" + i));
        var files = documents.Select((document, i) => SpecText.Project(Distinct(document.Path, i), document.Text)).Append(SpecText.Project("models/transaction.md", Model));

        var harness = GeneratorHarness.Run(files, new TestOptions(("WeChatPayRequiredMembers", batch == 1 ? "declared" : "all")), LanguageVersion.CSharp12, batch == 1 ? References.Net80 : References.Net100);

        Assert.Empty(harness.Diagnostics.Where(item => item.Severity == DiagnosticSeverity.Error).Select(item => item.ToString()));
        Assert.True(harness.Sources.Count > Documents / 2);
        harness.Compiled.EmitsClean();
    }

    /// <summary>Below <c>specs</c>, in a folder of its own where the place does not matter.</summary>
    private static string Distinct(string path, int number)
    {
        var name = path["specs/".Length..];
        return name.StartsWith("webhook/", StringComparison.Ordinal) || name.StartsWith("models/", StringComparison.Ordinal) ? name : number + "/" + name;
    }
}
