using System.Reflection;
using Microsoft.CodeAnalysis;
using WeChatPay.Generator.Emit;

namespace WeChatPay.Generator.Tests.Units;

/// <summary>The generator knows the runtime by names only: each of them must be there.</summary>
public sealed class RuntimeNamesTests
{
    public static TheoryData<string> Names
        => [.. typeof(RuntimeNames).GetFields(BindingFlags.Static | BindingFlags.Public).Select(item => (string)item.GetRawConstantValue()!).Where(name => name.StartsWith("global::", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_runtime_has_the_type(string name)
    {
        var compilation = GeneratorHarness.Run([]).Compiled;
        var metadataName = name["global::".Length..];
        string[] candidates = [metadataName, metadataName + "Attribute", metadataName + "`1"];
        Assert.Contains(candidates, candidate => compilation.GetTypeByMetadataName(candidate) is { ContainingAssembly.Name: RuntimeNames.PackageName });
    }

    [Fact]
    public void The_marker_is_in_the_runtime()
        => Assert.Equal(RuntimeNames.PackageName, GeneratorHarness.Run([]).Compiled.GetTypeByMetadataName(RuntimeNames.MarkerMetadataName)!.ContainingAssembly.Name);

    /// <summary>Also the methods: every name that the mapping of types can yield has its counterpart in the writers and the reader.</summary>
    [Fact]
    public void The_runtime_has_the_methods()
    {
        var harness = GeneratorHarness.Run([AllTypes.File]);
        harness.Compiled.EmitsClean();
        var source = harness.SourceOf("v3.all-types");
        Assert.All(AllTypes.ExpectedCalls, call => Assert.Contains(call, source, StringComparison.Ordinal));
    }

    private static class AllTypes
    {
        private const string Members = """
            text: string; text_or_number: string | number; integer: number
            /** @format uint64 */ unsigned: number
            /** @format decimal */ decimal_: number
            flag: boolean; some_time: string | Date
            /** @format date */ date_: string
            /** @format unix-seconds */ seconds: number
            any_: any; raw: {}; enumeration: 'A' | 'B'; shape: { a: string }
            /** @encrypted */ secret: string
            texts: string[]; integers: number[]
            /** @format uint64 */ unsigneds: number[]
            /** @format decimal */ decimals: number[]
            flags: boolean[]; times: (string | Date)[]
            /** @format date */ dates: string[]
            anys: any[]; tuple: []; enumerations: ('A' | 'B')[]; shapes: { a: string }[]
            /** @encrypted */ secrets: string[]
            nested: string[][]
            """;

        public static SpecText File { get; } = SpecText.Project(
            "openapi/v3/all-types.md",
            Samples.Operation("AllTypes", Members)
                .Replace("id?: string", Optional(), StringComparison.Ordinal)
            + "\n```ts\nnamespace WeChatPay.OpenAPI.V3.AllTypes.PutHttpMethod {\nexport interface JsonDataRequest {\n" + Optional() + "\n}\nexport interface WellformedResponse { id?: string }\n}\n"
            + "namespace WeChatPay.OpenAPI.V3.AllTypes.GetHttpMethod {\nexport interface RequestConfig {\nparams: {\n" + Members + "\n}\nheaders: { 'X-Text': string; 'X-Number'?: number; 'X-Kind': 'A' | 'B' }\n}\nexport interface WellformedResponse { id?: string }\n}\n```\n");

        public static IReadOnlyList<string> ExpectedCalls { get; } =
        [
            "w.RequiredText(\"text\"u8, Text);", "w.Text(\"text\"u8, Text);", "w.RequiredEncrypted(\"secret\"u8, Secret);", "w.RequiredEncrypteds(\"secrets\"u8, Secrets);",
            "w.RequiredEnumeration(\"enumeration\"u8, Enumeration);", "w.RequiredObjects(\"shapes\"u8, Shapes);", "w.RequiredText(\"X-Text\", ",
        ];

        private static string Optional() => System.Text.RegularExpressions.Regex.Replace(Members, "([a-z_]+): ", "$1?: ");
    }
}
