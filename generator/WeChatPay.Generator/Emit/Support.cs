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
        if (operation.Body.Kind == RequestBodyKind.Multipart && UploadForm.Of(operation) is null)
        {
            return operation.Route[0].IsVirtual ? "an APIv2 upload" : "a multipart body of another form than one file, its meta and parts of text";
        }

        if (operation.RequiresClientCertificate) return "a TLS client certificate";
        return operation.BaseUrl is null || OperationHost.Of(operation) is not null ? null : "a base address of more than https and a host (" + operation.BaseUrl + ")";
    }

    public static string? Missing(Notification notification) => notification.Version == 3 ? null : "an XML notification";
}
