using WeChatPay.Generator.Diagnostics;
using WeChatPay.Specs;
using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Pipeline;

/// <summary>What the project file says. An invalid value is a problem, and the default holds.</summary>
internal sealed record GeneratorOptions
{
    public const string NamespaceKey = "build_property.WeChatPayNamespace";
    public const string ClientNameKey = "build_property.WeChatPayClientName";
    public const string AccessibilityKey = "build_property.WeChatPayAccessibility";
    public const string RequiredMembersKey = "build_property.WeChatPayRequiredMembers";
    public const string RequestedApisKey = "build_property.WeChatPayRequestedApis";
    public const string KnownApisKey = "build_property.WeChatPayKnownApis";
    public const string RootNamespaceKey = "build_property.RootNamespace";
    public const string ProjectDirectoryKey = "build_property.ProjectDir";

    /// <summary>All that the generator reads; the shipped props must make each of them visible.</summary>
    public static IReadOnlyList<string> Keys { get; } =
    [
        NamespaceKey, ClientNameKey, AccessibilityKey, RequiredMembersKey, RequestedApisKey, KnownApisKey, RootNamespaceKey, ProjectDirectoryKey,
    ];

    public string Namespace { get; init; } = "WeChatPay";

    public string ClientName { get; init; } = "WeChatPayClient";

    public bool IsPublic { get; init; } = true;

    public RequiredMembers RequiredMembers { get; init; } = RequiredMembers.Declared;

    /// <summary>The project's own root namespace, for advice only.</summary>
    public string ProjectRootNamespace { get; init; } = "";

    public EquatableArray<ProblemInfo> Problems { get; init; }
}
