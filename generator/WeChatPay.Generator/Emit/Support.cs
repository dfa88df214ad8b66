using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Emit;

/// <summary>What code is generated for. Anything else is named in a diagnostic, never half generated.</summary>
internal static class Support
{
    public static bool IsGenerated(Operation operation) => Missing(operation) is null;

    /// <summary>What stands in the way, in words for a message; null if nothing does.</summary>
    public static string? Missing(Operation operation)
    {
        if (operation.Response.Kind == ResponseKind.Xml && operation.Body.Kind != RequestBodyKind.Xml) return "an XML answer to a request without an XML body";
        if (operation.Response.Kind == ResponseKind.Json && operation.Body.Kind == RequestBodyKind.Xml) return "a JSON answer to an XML body";
        if (operation.Body.Kind == RequestBodyKind.Xml && HasEncrypted(operation.Body.Members, operation.Response.Members)) return "a member of an XML body that is encrypted with the platform's key";
        if (operation.Body.Kind == RequestBodyKind.Multipart && UploadForm.Of(operation) is null)
        {
            return operation.Route[0].IsVirtual ? "an APIv2 upload" : "a multipart body of another form than one file, its meta and parts of text";
        }

        // APIv2 signs what it sends in ways of its own; the APIv3 signature of a query or a JSON body would only be refused by the server.
        if (operation.Route[0].IsVirtual && operation.Body.Kind != RequestBodyKind.Xml) return "an APIv2 operation without an XML body";
        if (operation.RequiresClientCertificate && operation.Body.Kind != RequestBodyKind.Xml) return "a TLS client certificate without an XML body";
        return operation.BaseUrl is null || OperationHost.Of(operation) is not null ? null : "a base address of more than https and a host (" + operation.BaseUrl + ")";
    }

    private static bool HasEncrypted(params EquatableArray<Member>[] places)
    {
        foreach (var members in places)
        {
            foreach (var member in members)
            {
                if (member.Encryption == Encryption.Platform) return true;
            }
        }

        return false;
    }
}
