namespace WeChatPay.Specs.Model;

/// <summary>One verb on one URL path, with everything that the emitters need.</summary>
public sealed record Operation
{
    /// <summary>Upper case: GET, POST, PUT, PATCH or DELETE.</summary>
    public required string Verb { get; init; }

    /// <summary>The URL path with parameters in braces, e.g. <c>/v3/pay/transactions/id/{transaction_id}</c>.</summary>
    public required string PathTemplate { get; init; }

    /// <summary>
    /// The segments of the path from the root, in order; they are also the nodes of the client tree. A trailing
    /// slash adds nothing to the tree and is in <see cref="PathTemplate"/> only.
    /// </summary>
    public required EquatableArray<RouteSegment> Route { get; init; }

    public required OperationNames Names { get; init; }

    public required Documentation Documentation { get; init; }

    public EquatableArray<Member> Query { get; init; }

    public EquatableArray<Member> Headers { get; init; }

    public required RequestBody Body { get; init; }

    /// <summary>The request parameter may be left out (<c>= null</c>); only by the rule of the dialect.</summary>
    public bool IsRequestOptional { get; init; }

    public required Response Response { get; init; }

    /// <summary>Wire names of top-level response members that repeat the request's value of the same name.</summary>
    public EquatableArray<string> Echoes { get; init; }

    /// <summary>The wire name of the member that makes a repetition harmless, or null.</summary>
    public string? IdempotentBy { get; init; }

    /// <summary>
    /// Signed the APIv2 way: by a value <c>sign</c> in the body, or in the query where there is none. Otherwise the signature is a header.
    /// </summary>
    public bool IsSignedWithin { get; init; }

    /// <summary>APIv2 calls over the merchant's TLS client certificate.</summary>
    public bool RequiresClientCertificate { get; init; }

    /// <summary>Another host than the configured one, or null.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Verb and template; the identity of an operation.</summary>
    public string Key => Verb + " " + PathTemplate;
}

/// <summary>A segment of a URL path: literal text or a parameter.</summary>
public sealed record RouteSegment
{
    /// <summary>The literal as it stands in the URL, or the wire name of the parameter without braces.</summary>
    public required string Text { get; init; }

    public bool IsParameter { get; init; }

    /// <summary>A node of the client tree that the URL lacks: <c>V2</c>, whose endpoints have no version prefix.</summary>
    public bool IsVirtual { get; init; }

    /// <summary>The C# member that leads here: <c>OutTradeNo</c> (property) or <c>ByOutTradeNo</c> (method).</summary>
    public required string MemberName { get; init; }

    /// <summary>The C# name of the method's argument (<c>outTradeNo</c>, escaped if a keyword); null for a literal.</summary>
    public string? ArgumentName { get; init; }

    /// <summary>The type of the parameter; null for a literal.</summary>
    public TypeReference? ParameterType { get; init; }

    /// <summary>The C# type of the node, e.g. <c>OutTradeNoResource</c>.</summary>
    public required string ResourceTypeName { get; init; }

    /// <summary>The namespace of the node below the root namespace, e.g. <c>V3.Pay.Transactions</c>; empty for the first segment.</summary>
    public required string ResourceNamespace { get; init; }

    public string? Description { get; init; }
}

/// <summary>The C# names of an operation: a pure function of its verb and path.</summary>
public sealed record OperationNames
{
    /// <summary>Below the root namespace, e.g. <c>V3.Pay.Transactions</c>.</summary>
    public required string Namespace { get; init; }

    /// <summary>E.g. <c>OutTradeNoByOutTradeNoGet</c>; request and response append their suffix.</summary>
    public required string TypePrefix { get; init; }

    public required string RequestTypeName { get; init; }

    public required string ResponseTypeName { get; init; }

    /// <summary>E.g. <c>PostAsync</c>.</summary>
    public required string MethodName { get; init; }
}

public enum RequestBodyKind
{
    None,
    Json,
    Xml,
    Multipart,
}

public sealed record RequestBody
{
    public static RequestBody None { get; } = new() { Kind = RequestBodyKind.None };

    public required RequestBodyKind Kind { get; init; }

    public EquatableArray<Member> Members { get; init; }
}

public enum ResponseKind
{
    /// <summary>No members declared: 204, or 202 without a body.</summary>
    NoContent,
    Json,
    Xml,
    Stream,

    /// <summary>A page: the user's browser is sent to the address of the operation, and nothing is called.</summary>
    Redirect,
}

public sealed record Response
{
    public required ResponseKind Kind { get; init; }

    public EquatableArray<Member> Members { get; init; }

    /// <summary>The bases of <c>models/</c> that the answer extends; their members are not among its own.</summary>
    public EquatableArray<string> Bases { get; init; }

    /// <summary>The answer carries no signature by the protocol (downloads).</summary>
    public bool IsUnsigned { get; init; }
}
