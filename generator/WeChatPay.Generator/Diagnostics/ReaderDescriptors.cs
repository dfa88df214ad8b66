using Microsoft.CodeAnalysis;
using WeChatPay.Specs.Diagnostics;

namespace WeChatPay.Generator.Diagnostics;

/// <summary>Descriptors of the spec reader, which knows nothing of Roslyn, in Roslyn's form.</summary>
internal static class ReaderDescriptors
{
    public static DiagnosticDescriptor Of(SpecDiagnosticDescriptor descriptor) => GeneratorDiagnostics.Create(
        descriptor.Id,
        descriptor.Title,
        descriptor.MessageFormat,
        descriptor.Severity switch
        {
            SpecSeverity.Error => DiagnosticSeverity.Error,
            SpecSeverity.Warning => DiagnosticSeverity.Warning,
            _ => DiagnosticSeverity.Info,
        },
        descriptor.Description);
}
