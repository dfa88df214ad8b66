using Microsoft.CodeAnalysis;
using WeChatPay.Generator.Emit;
using WeChatPay.Generator.Pipeline;
using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Tests.Support;

/// <summary>Hands an impossible model to the output.</summary>
internal sealed class BrokenGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var identity = new SpecIdentity { Path = "/src/app/specs/a.md", DisplayPath = "specs/a.md", HintName = "a.g.cs", Origin = SpecOrigin.Project };
        var file = new SpecFile { Path = "specs/a.md", Title = "", Operations = new([null!]) };
        var request = new EmitRequest(new(identity, file), default, EmitSettings.Default);
        context.RegisterSourceOutput(context.ParseOptionsProvider.Select((_, _) => request), SourceOutputs.EmitFile);
    }
}
