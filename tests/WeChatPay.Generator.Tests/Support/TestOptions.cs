using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace WeChatPay.Generator.Tests.Support;

/// <summary>MSBuild properties and item metadata, as the compiler hands them over.</summary>
internal sealed class TestOptions : AnalyzerConfigOptionsProvider
{
    private readonly Values _global;

    public TestOptions(params (string Property, string Value)[] properties)
    {
        var values = new Dictionary<string, string>
        {
            ["build_property.ProjectDir"] = "/src/app/",
            ["build_property.RootNamespace"] = "Contoso.Shop",
        };
        foreach (var (property, value) in properties) values["build_property." + property] = value;
        _global = new(values);
    }

    public override AnalyzerConfigOptions GlobalOptions => _global;

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => _global;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile)
        => new Values(((SpecText)textFile).Metadata.ToDictionary(pair => "build_metadata.AdditionalFiles." + pair.Key, pair => pair.Value));

    private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
