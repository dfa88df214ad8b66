using System.Reflection;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using WeChatPay.Generator.Diagnostics;
using WeChatPay.Specs.Diagnostics;

namespace WeChatPay.Generator.Tests.HelpPages;

/// <summary>Whatever can be reported: by the reader, by the generator, by the package's MSBuild targets.</summary>
internal static class Descriptors
{
    public static IReadOnlyList<DiagnosticDescriptor> Generator { get; } = [.. Fields<DiagnosticDescriptor>(typeof(GeneratorDiagnostics))];

    public static IReadOnlyList<DiagnosticDescriptor> Reader { get; } = [.. Fields<SpecDiagnosticDescriptor>(typeof(SpecDiagnostics)).Select(ReaderDescriptors.Of)];

    public static IReadOnlyList<DiagnosticDescriptor> Compiler { get; } = [.. Reader.Concat(Generator)];

    /// <summary>Ids of MSBuild errors, which have no title but that of their page.</summary>
    public static IReadOnlyList<string> Targets { get; } =
    [
        .. XDocument.Load(TargetsFile).Descendants("Error").Select(error => error.Attribute("Code")!.Value).Distinct().Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<string> Ids { get; } = [.. Compiler.Select(item => item.Id).Concat(Targets).Order(StringComparer.Ordinal)];

    public static string TargetsFile => Path.Combine(Repository.Root, "build", "WeChatPay.Generated.targets");

    private static IEnumerable<T> Fields<T>(Type type)
        => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Select(field => field.GetValue(null))
            .Concat(type.GetProperties(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Select(property => property.GetValue(null)))
            .OfType<T>().Distinct();
}
