using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Emit;

/// <summary>The base address that a spec names for an operation. Whether it may be gone to, the runtime decides when it knows the options.</summary>
/// <param name="Name">The host, with its port if that is not the one of https.</param>
/// <param name="Prefix">What comes before the path of the operation, without a slash at its end; mostly empty. It is a part of what is signed.</param>
internal sealed record OperationHost(string Name, string Prefix)
{
    /// <summary>Null if the spec names none, or none that calls can be sent to.</summary>
    public static OperationHost? Of(Operation operation)
    {
        if (operation.BaseUrl is not { } text
            || !Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url)
            || url is not { Scheme: "https" or "http", UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 })
        {
            return null;
        }

        // Whatever a document says, calls go over https; so its own port says no more than the scheme.
        return new(url.IsDefaultPort ? url.Host : url.Authority, url.AbsolutePath.TrimEnd('/'));
    }
}
