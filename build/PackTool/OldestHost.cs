using Mono.Cecil;

namespace WeChatPay.PackTool;

/// <summary>
/// What the oldest supported host can bind: Visual Studio 17.8, whose compiler runs on .NET Framework with its own copies of the System.*
/// packages. A reference above those versions fails there (CS8784) and nowhere else, so no build on .NET shows it.
/// </summary>
/// <remarks>
/// We compile against System.Memory 4.6.3 because Markdig asks for it, but use nothing that 4.5.5 lacks. So the shipped copies refer to 4.5.5,
/// and no System.* assembly has to lie beside the generator, where .NET hosts could load it in place of their own.
/// </remarks>
internal sealed class OldestHost(string systemMemoryPath) : IDisposable
{
    /// <summary>System.Memory 4.5.5, the version that Microsoft.CodeAnalysis 4.8.0 itself refers to.</summary>
    private static readonly Version s_systemMemoryVersion = new(4, 0, 1, 2);

    private readonly AssemblyDefinition _systemMemory = AssemblyDefinition.ReadAssembly(systemMemoryPath);

    public void LowerReferences(ModuleDefinition module)
    {
        var reference = module.AssemblyReferences.SingleOrDefault(r => r.Name == "System.Memory");
        if (reference is null || reference.Version <= s_systemMemoryVersion)
            return;

        var missing = module.GetTypeReferences().Where(t => t.Scope == reference && Find(t) is null).Select(t => t.FullName)
            .Concat(module.GetMemberReferences().Where(m => Scope(m) == reference && !Exists(m)).Select(m => m.FullName))
            .ToList();
        if (missing.Count > 0)
            throw new PackToolException($"{module.Name} uses what System.Memory {s_systemMemoryVersion} of the oldest host lacks: {string.Join("; ", missing)}");
        reference.Version = s_systemMemoryVersion;
    }

    public void Dispose() => _systemMemory.Dispose();

    private static IMetadataScope? Scope(MemberReference member) => member.DeclaringType?.GetElementType().Scope;

    private TypeDefinition? Find(TypeReference type)
        => type.DeclaringType is { } outer
            ? Find(outer)?.NestedTypes.SingleOrDefault(t => t.Name == type.Name)
            : _systemMemory.MainModule.GetType(type.Namespace, type.Name);

    /// <summary>By name, count and types of parameters; generic parameters print alike in a reference and in its definition.</summary>
    private bool Exists(MemberReference member)
    {
        var type = Find(member.DeclaringType.GetElementType());
        return type is not null && member switch
        {
            FieldReference field => type.Fields.Any(f => f.Name == field.Name),
            MethodReference method => type.Methods.Any(m => m.Name == method.Name && m.GenericParameters.Count == method.GenericParameters.Count && Signature(m) == Signature(method)),
            _ => false,
        };
    }

    private static string Signature(MethodReference method)
        => Print(method.ReturnType) + "(" + string.Join(',', method.Parameters.Select(p => Print(p.ParameterType))) + ")";

    private static string Print(TypeReference type) => type switch
    {
        GenericParameter parameter => (parameter.Type == GenericParameterType.Method ? "!!" : "!") + parameter.Position,
        GenericInstanceType generic => generic.ElementType.FullName + "<" + string.Join(',', generic.GenericArguments.Select(Print)) + ">",
        ByReferenceType reference => Print(reference.ElementType) + "&",
        ArrayType array => Print(array.ElementType) + "[]",
        PointerType pointer => Print(pointer.ElementType) + "*",
        RequiredModifierType modified => Print(modified.ElementType) + " modreq",
        _ => type.FullName,
    };
}
