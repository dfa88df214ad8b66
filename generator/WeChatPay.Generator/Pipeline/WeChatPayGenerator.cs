using Microsoft.CodeAnalysis;

namespace WeChatPay.Generator.Pipeline;

/// <summary>Turns spec files into a typed client. Wires the steps, nothing else.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class WeChatPayGenerator : IIncrementalGenerator
{
    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
    }
}
