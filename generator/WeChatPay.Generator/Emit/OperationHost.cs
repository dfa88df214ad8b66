using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Emit;

/// <summary>The host that a spec names for an operation. Whether it may be gone to, the runtime decides when it knows the options.</summary>
internal static class OperationHost
{
    /// <summary>Null if the spec names none, or more than https and a host: the path is what is signed.</summary>
    public static string? Of(Operation operation)
        => operation.BaseUrl is { } text
            && Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url)
            && url is { Scheme: "https", IsDefaultPort: true, UserInfo.Length: 0, PathAndQuery: "/", Fragment.Length: 0 }
            ? url.Host
            : null;
}
