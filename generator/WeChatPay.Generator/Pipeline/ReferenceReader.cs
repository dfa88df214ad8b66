using System.Collections.Immutable;
using System.IO;
using System.Reflection;
using System.Reflection.Metadata;
using Microsoft.CodeAnalysis;
using WeChatPay.Generator.Emit;
using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Pipeline;

/// <summary>
/// Looks into one referenced assembly. Done once for each reference and again only when that one is exchanged, while all that
/// is asked of the compilation is asked again at every key stroke.
/// </summary>
internal static class ReferenceReader
{
    /// <summary>Nothing for an assembly that neither is the runtime nor builds on it: it holds no generated code.</summary>
    public static ImmutableArray<ReferenceFacts> Read((MetadataReference Reference, ClashingTypes Types) input, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var facts = input.Reference switch
        {
            // Another project of the solution, as editors hand it over.
            CompilationReference { Compilation: var compilation } => Read(compilation, input.Types),
            PortableExecutableReference file => Read(file, input.Types),
            _ => null,
        };
        return facts is null ? ImmutableArray<ReferenceFacts>.Empty : ImmutableArray.Create(facts);
    }

    private static ReferenceFacts? Read(Compilation compilation, ClashingTypes types)
    {
        var name = compilation.AssemblyName ?? "";
        var isConcerned = name == RuntimeNames.PackageName;
        foreach (var referenced in compilation.ReferencedAssemblyNames) isConcerned = isConcerned || referenced.Name == RuntimeNames.PackageName;
        if (!isConcerned) return null;

        var taken = new List<TakenType>();
        foreach (var type in new[] { types.Client, ClashingTypes.Node })
        {
            var fullName = types.Namespace + "." + type;
            if (compilation.Assembly.GetTypeByMetadataName(fullName) is { } found) taken.Add(new(fullName, found.DeclaredAccessibility == Accessibility.Public));
        }

        return new()
        {
            AssemblyName = name,
            HasRuntime = compilation.Assembly.GetTypeByMetadataName(RuntimeNames.MarkerMetadataName) is not null,
            Taken = new([.. taken]),
        };
    }

    private static ReferenceFacts? Read(PortableExecutableReference reference, ClashingTypes types)
    {
        try
        {
            // The compiler's own copy, which stays in its hands.
            return reference.GetMetadata() is AssemblyMetadata assembly ? Read(assembly.GetModules()[0].GetMetadataReader(), types) : null;
        }
        catch (Exception exception) when (exception is BadImageFormatException or IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // A reference that cannot be read is an error of the compiler's own.
            return null;
        }
    }

    private static ReferenceFacts? Read(MetadataReader reader, ClashingTypes types)
    {
        if (!reader.IsAssembly) return null;
        var name = reader.GetAssemblyDefinition().Name;
        if (!reader.StringComparer.Equals(name, RuntimeNames.PackageName) && !ReferencesRuntime(reader)) return null;

        TakenType? client = null, node = null;
        var hasRuntime = false;
        foreach (var handle in reader.TypeDefinitions)
        {
            var type = reader.GetTypeDefinition(handle);
            var visibility = type.Attributes & TypeAttributes.VisibilityMask;
            if (visibility > TypeAttributes.Public) continue;
            if (Is(type, types.Namespace, types.Client)) client = new(types.Namespace + "." + types.Client, visibility == TypeAttributes.Public);
            if (Is(type, types.Namespace, ClashingTypes.Node)) node = new(types.Namespace + "." + ClashingTypes.Node, visibility == TypeAttributes.Public);
            hasRuntime = hasRuntime || Is(type, RuntimeNames.MarkerNamespace, RuntimeNames.MarkerName);
        }

        var taken = new List<TakenType>();
        if (client is not null) taken.Add(client);
        if (node is not null) taken.Add(node);
        return new() { AssemblyName = reader.GetString(name), HasRuntime = hasRuntime, Taken = new([.. taken]) };

        bool Is(in TypeDefinition type, string space, string typeName)
            => reader.StringComparer.Equals(type.Name, typeName) && reader.StringComparer.Equals(type.Namespace, space);
    }

    private static bool ReferencesRuntime(MetadataReader reader)
    {
        foreach (var handle in reader.AssemblyReferences)
        {
            if (reader.StringComparer.Equals(reader.GetAssemblyReference(handle).Name, RuntimeNames.PackageName)) return true;
        }

        return false;
    }
}
