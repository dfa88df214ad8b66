using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Emit;

/// <summary>What code is generated for. Anything else is named in a diagnostic, never half generated.</summary>
internal static class Support
{
    public static bool IsGenerated(Operation operation) => Missing(operation) is null;

    /// <summary>What stands in the way, in words for a message; null if nothing does.</summary>
    public static string? Missing(Operation operation)
        => operation.BaseUrl is null || OperationHost.Of(operation) is not null ? null : "its base address '" + operation.BaseUrl + "' is none that calls can be sent to (https, a host, at most a port and a path)";
}
