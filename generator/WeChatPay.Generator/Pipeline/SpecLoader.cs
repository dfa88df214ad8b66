using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.Text;
using WeChatPay.Generator.Diagnostics;
using WeChatPay.Generator.Emit;
using WeChatPay.Specs;
using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Pipeline;

/// <summary>Reads and binds one file. Whatever happens in it stays in it: a generator that throws is switched off for the whole project.</summary>
internal static class SpecLoader
{
    public static LoadedSpec Load((SpecSource Source, RequiredMembers RequiredMembers) input, CancellationToken cancellationToken)
    {
        var (source, requiredMembers) = input;
        var identity = source.Identity;
        if (source.Text is not { } text) return Failed(identity, GeneratorDiagnostics.FileNotReadable);
        try
        {
            return Read(identity, text, requiredMembers, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception) when (MissingAssembly(exception) is { } assembly)
        {
            return Failed(identity, GeneratorDiagnostics.DependencyNotLoaded, assembly);
        }
        catch (Exception exception)
        {
            return Failed(identity, GeneratorDiagnostics.InternalError, exception.GetType().Name + ": " + exception.Message);
        }
    }

    /// <summary>Not inlined: the runtime loads Markdig and YamlDotNet when it compiles what calls them, and that failure must come inside the caller's <c>try</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LoadedSpec Read(SpecIdentity identity, SourceText text, RequiredMembers requiredMembers, CancellationToken cancellationToken)
    {
        var options = requiredMembers == RequiredMembers.Declared ? SpecReaderOptions.Default : new SpecReaderOptions { RequiredMembers = requiredMembers };
        var result = SpecReader.Read(identity.DisplayPath, text.ToString(), options, cancellationToken);
        var problems = new List<ProblemInfo>();
        foreach (var diagnostic in result.Diagnostics) problems.Add(ProblemInfo.Of(diagnostic, identity.Path));
        foreach (var operation in result.File.Operations) AddMissing(problems, identity, result, operation.Key, Support.Missing(operation));
        return new()
        {
            Identity = identity,
            File = result.File,
            Problems = new(problems.ToArray()),
            Declarations = result.Declarations,
        };
    }

    private static void AddMissing(List<ProblemInfo> problems, SpecIdentity identity, SpecReadResult result, string key, string? missing)
    {
        if (missing is null) return;
        var range = TextRange.None;
        foreach (var site in result.Declarations)
        {
            if (site.Key == key) range = site.Range;
        }

        problems.Add(ProblemInfo.At(GeneratorDiagnostics.NotGeneratedYet, identity.Path, range, key, missing));
    }

    private static LoadedSpec Failed(SpecIdentity identity, Microsoft.CodeAnalysis.DiagnosticDescriptor descriptor, string detail = "") => new()
    {
        Identity = identity,
        File = new SpecFile { Path = identity.DisplayPath, Title = "" },
        Problems = new([ProblemInfo.At(descriptor, identity.Path, TextRange.None, identity.DisplayPath, detail)]),
    };

    /// <summary>The assembly whose absence or wrong version an exception tells of, or null.</summary>
    private static string? MissingAssembly(Exception exception)
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            switch (current)
            {
                case FileNotFoundException { FileName: { Length: > 0 } name }:
                    return name;
                case FileLoadException { FileName: { Length: > 0 } name }:
                    return name;
                case BadImageFormatException { FileName: { Length: > 0 } name }:
                    return name;
                case TypeLoadException { TypeName: { Length: > 0 } name }:
                    return name;
                case MissingMemberException member:
                    return member.Message;
                case ReflectionTypeLoadException types:
                    return types.Message;
            }
        }

        return null;
    }
}
