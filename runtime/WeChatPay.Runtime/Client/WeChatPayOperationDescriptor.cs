using System.ComponentModel;

namespace WeChatPay;

/// <summary>The form in which an operation sends its body.</summary>
public enum WeChatPayBodyKind
{
    /// <summary>No body; the signed message of APIv3 ends with an empty line.</summary>
    None,

    /// <summary>A JSON document, <c>{}</c> if no member is set.</summary>
    Json,

    /// <summary>Files with a JSON document <c>meta</c> beside them, of which only the latter is signed; in APIv2 with parts of text, which are.</summary>
    Multipart,

    /// <summary>An APIv2 document, signed by a member of its own with the APIv2 key.</summary>
    Xml,
}

/// <summary>What the runtime has to know of an operation; generated code holds one for each endpoint method.</summary>
/// <param name="method">The HTTP verb in upper case.</param>
/// <param name="pathTemplate">The URL path with parameters in braces.</param>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public sealed class WeChatPayOperationDescriptor(string method, string pathTemplate)
{
    /// <summary>The HTTP verb in upper case.</summary>
    public string Method { get; } = method;

    /// <summary>The URL path with parameters in braces.</summary>
    public string PathTemplate { get; } = pathTemplate;

    /// <summary>The form of the body.</summary>
    public WeChatPayBodyKind Body { get; init; }

    /// <summary>
    /// Wire names of top-level members of the answer that repeat the path, query or body value of the same name.
    /// A verified answer in which one of them differs belongs to another request and is refused.
    /// </summary>
    public IReadOnlyList<string> Echoes { get; init; } = [];

    /// <summary>The wire name of the business number that makes a repetition harmless, or null.</summary>
    public string? IdempotentBy { get; init; }

    /// <summary>
    /// The spec declares a member <c>code</c> at the top of the answer. Everywhere else such a member makes a failure of an answer,
    /// whatever its status.
    /// </summary>
    public bool HasCodeMember { get; init; }

    /// <summary>
    /// The host that the spec names for this operation, or null. The hosts of an environment that serve all of the API stand for each other, so such a call goes to
    /// <see cref="WeChatPayOptions.BaseAddress"/>, as every call does if that is on this machine or a gateway of one's own. Only hosts with a service of
    /// their own are gone to, and only from the environment to which they belong.
    /// </summary>
    public string? Host { get; init; }

    /// <summary>The answer carries no signature by the protocol: downloads, and some operations of APIv2.</summary>
    public bool IsAnswerUnsigned { get; init; }

    /// <summary>
    /// The request is signed the APIv2 way, by a value <c>sign</c> within it: in the body if there is one, otherwise in the query. A body of XML is always
    /// signed so.
    /// </summary>
    public bool IsApiV2 { get; init; }

    /// <summary>The APIv2 key signs it.</summary>
    internal bool TakesApiV2Key => IsApiV2 || Body == WeChatPayBodyKind.Xml;

    /// <summary>The call takes the merchant's TLS client certificate: <see cref="WeChatPayOptions.ClientCertificate"/>.</summary>
    public bool RequiresClientCertificate { get; init; }
}
