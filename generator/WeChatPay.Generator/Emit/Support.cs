using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Emit;

/// <summary>What code is generated for. Anything else is named in a diagnostic, never half generated.</summary>
internal static class Support
{
    public static bool IsGenerated(Operation operation) => Missing(operation) is null;

    public static bool IsGenerated(Notification notification) => Missing(notification) is null;

    /// <summary>What stands in the way, in words for a message; null if nothing does.</summary>
    public static string? Missing(Operation operation)
    {
        if (operation.Body.Kind == RequestBodyKind.Xml || operation.Response.Kind == ResponseKind.Xml) return "an XML body";
        if (operation.Body.Kind == RequestBodyKind.Multipart) return "a multipart body";
        if (operation.RequiresClientCertificate) return "a TLS client certificate";
        return operation.BaseUrl is null ? null : "a host of its own (" + operation.BaseUrl + ")";
    }

    public static string? Missing(Notification notification) => notification.Version == 3 ? null : "an XML notification";
}
