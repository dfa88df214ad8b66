using Mono.Cecil;

namespace WeChatPay.PackTool;

/// <summary>
/// Gives the libraries that the generator brings along names of our own.
/// The SDK drops all but the highest version of equally named analyzer files, and a .NET Framework host loads one assembly per name:
/// another generator with another Markdig would meet ours. Under a name that nobody else uses, nothing can.
/// </summary>
internal static class AssemblyRenamer
{
    private static readonly Dictionary<string, string> s_newNames = new(StringComparer.Ordinal)
    {
        ["Markdig"] = "WeChatPay.Markdig",
        ["YamlDotNet"] = "WeChatPay.YamlDotNet",
    };

    /// <param name="assemblies">What the generator's build put out.</param>
    /// <param name="references">What it was compiled against: the size of a constant of a foreign enumeration is written nowhere else.</param>
    /// <param name="outputFolder">Where the copies go.</param>
    /// <param name="systemMemoryOfOldestHost">See <see cref="OldestHost"/>.</param>
    public static void Rename(IReadOnlyList<string> assemblies, IReadOnlyList<string> references, string outputFolder, string systemMemoryOfOldestHost)
    {
        Directory.CreateDirectory(outputFolder);
        using var resolver = new DefaultAssemblyResolver();
        foreach (var folder in assemblies.Concat(references).Select(a => Path.GetDirectoryName(Path.GetFullPath(a))!).Distinct(StringComparer.Ordinal))
            resolver.AddSearchDirectory(folder);

        using var host = new OldestHost(systemMemoryOfOldestHost);
        foreach (var path in assemblies)
        {
            using var assembly = AssemblyDefinition.ReadAssembly(path, new ReaderParameters { AssemblyResolver = resolver, InMemory = true });
            host.LowerReferences(assembly.MainModule);
            foreach (var reference in assembly.MainModule.AssemblyReferences)
            {
                if (!s_newNames.TryGetValue(reference.Name, out var name))
                    continue;
                reference.Name = name;
                reference.PublicKeyToken = [];
            }

            if (s_newNames.TryGetValue(assembly.Name.Name, out var newName))
                Rename(assembly, newName);

            // Deterministic: the same inputs pack to the same bytes. Symbols stay behind; stack traces keep the method names.
            assembly.Write(
                Path.Combine(outputFolder, assembly.Name.Name + ".dll"),
                new WriterParameters { DeterministicMvid = true, Timestamp = 0, WriteSymbols = false });
        }
    }

    /// <remarks>
    /// YamlDotNet is strong-named. Its signature could not hold over changed bytes, so the copy is an unsigned assembly: the key goes from the
    /// identity and from all references to it. Nothing of ours is strong-named, so no signed assembly refers to an unsigned one.
    /// </remarks>
    private static void Rename(AssemblyDefinition assembly, string newName)
    {
        assembly.Name.Name = newName;
        assembly.Name.PublicKey = [];
        assembly.Name.HasPublicKey = false;
        assembly.MainModule.Name = newName + ".dll";
        assembly.MainModule.Attributes &= ~ModuleAttributes.StrongNameSigned;
    }
}
