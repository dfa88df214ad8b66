using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using WeChatPay.Generator.Diagnostics;
using WeChatPay.Generator.Emit;
using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Pipeline;

/// <summary>The ends of the pipeline.</summary>
internal static class SourceOutputs
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    public static void EmitFile(SourceProductionContext context, EmitRequest? request)
    {
        if (request is null) return;
        var identity = request.Model.Identity;
        try
        {
            var source = SpecFileEmitter.Emit(request.Model.File, request.Exclusions, request.Settings, context.CancellationToken);
            if (source is not null) context.AddSource(identity.HintName, Text(source));
        }
        catch (Exception exception) when (!IsCancellation(exception, context.CancellationToken))
        {
            Report(context, InternalError(identity.Path, identity.DisplayPath, exception));
        }
    }

    public static void EmitTree(SourceProductionContext context, (ClientTree Tree, EmitSettings Settings) request)
    {
        if (!request.Settings.IsEnabled) return;
        try
        {
            context.AddSource(TreeEmitter.HintName, Text(TreeEmitter.Emit(request.Tree, request.Settings, context.CancellationToken)));
        }
        catch (Exception exception) when (!IsCancellation(exception, context.CancellationToken))
        {
            Report(context, InternalError(null, TreeEmitter.HintName, exception));
        }
    }

    public static void Report(SourceProductionContext context, ProblemInfo problem) => context.ReportDiagnostic(problem.ToDiagnostic());

    private static ProblemInfo InternalError(string? path, string name, Exception exception)
        => ProblemInfo.Of(GeneratorDiagnostics.InternalError, name, exception.GetType().Name + ": " + exception.Message) with { Path = path };

    private static bool IsCancellation(Exception exception, CancellationToken cancellationToken)
        => exception is OperationCanceledException && cancellationToken.IsCancellationRequested;

    /// <summary>The one place where text becomes a source text.</summary>
    private static SourceText Text(string source) => SourceText.From(source, Utf8, SourceHashAlgorithm.Sha256);
}
