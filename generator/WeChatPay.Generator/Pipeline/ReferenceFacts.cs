using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Pipeline;

/// <summary>What a referenced assembly has that matters here; most have nothing.</summary>
internal sealed record ReferenceFacts
{
    public required string AssemblyName { get; init; }

    public bool HasRuntime { get; init; }

    /// <summary>Types of generated code that it defines already.</summary>
    public EquatableArray<TakenType> Taken { get; init; }
}

/// <param name="Name">The full name.</param>
/// <param name="IsPublic">False: only its friends see it.</param>
internal sealed record TakenType(string Name, bool IsPublic);

/// <summary>The types whose presence in a referenced assembly would clash with those that are generated.</summary>
/// <param name="Namespace">Of both.</param>
/// <param name="Client">The client of the options.</param>
internal sealed record ClashingTypes(string Namespace, string Client)
{
    /// <summary>The node of APIv3: a client of another name beside one in the same namespace shares all nodes and models with it.</summary>
    public const string Node = "V3Resource";

    public static ClashingTypes Of(GeneratorOptions options, CancellationToken cancellationToken)
    {
        _ = cancellationToken;
        return new(options.Namespace, options.ClientName);
    }
}
