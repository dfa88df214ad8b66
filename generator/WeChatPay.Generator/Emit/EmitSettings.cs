namespace WeChatPay.Generator.Emit;

/// <summary>What the project decides about all generated code. Equal settings, equal code.</summary>
internal sealed record EmitSettings
{
    public static EmitSettings Default { get; } = new();

    public string RootNamespace { get; init; } = "WeChatPay";

    public string ClientName { get; init; } = "WeChatPayClient";

    public bool IsPublic { get; init; } = true;

    /// <summary>False where generated code could not compile; a diagnostic says why.</summary>
    public bool IsEnabled { get; init; } = true;

    public string Accessibility => IsPublic ? "public" : "internal";
}
