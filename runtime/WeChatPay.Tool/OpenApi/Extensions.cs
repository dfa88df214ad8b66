namespace WeChatPay.Tool.OpenApi;

/// <summary>What OpenAPI has no word for. Documented in the README of the tool.</summary>
internal static class Extensions
{
    private const string Prefix = "x-wechatpay-";

    /// <summary>The file, below the exported folder.</summary>
    public const string Spec = Prefix + "spec";

    /// <summary>Further links of the document.</summary>
    public const string Links = Prefix + "links";

    /// <summary>Why something is deprecated.</summary>
    public const string Deprecation = Prefix + "deprecation";

    /// <summary>The call in C#, after the client.</summary>
    public const string CSharpCall = Prefix + "csharp-call";

    public const string CSharpRequest = Prefix + "csharp-request";

    public const string CSharpResponse = Prefix + "csharp-response";

    /// <summary>The C# type of a schema.</summary>
    public const string CSharpType = Prefix + "csharp-type";

    /// <summary>The C# property of a member.</summary>
    public const string CSharpName = Prefix + "csharp-name";

    /// <summary><c>platform</c>: under the platform's key or the merchant's certificate; <c>other</c>: as the description says.</summary>
    public const string Encrypted = Prefix + "encrypted";

    /// <summary>The answer repeats the request's value of this name.</summary>
    public const string Echo = Prefix + "echo";

    /// <summary>Repeating the call with the same value of this member is harmless.</summary>
    public const string IdempotentBy = Prefix + "idempotentBy";

    /// <summary>The call needs the merchant's TLS client certificate.</summary>
    public const string MutualTls = Prefix + "mtls";

    /// <summary>The answer carries no signature.</summary>
    public const string UnsignedAnswer = Prefix + "unsigned-answer";

    /// <summary><c>xml</c> where it is not JSON.</summary>
    public const string WireFormat = Prefix + "wire-format";

    /// <summary>The path as the document writes it, where another operation names its parameters otherwise.</summary>
    public const string Path = Prefix + "path";

    /// <summary>Operations that OpenAPI cannot tell from this one: same verb, and a path that differs in names of parameters only.</summary>
    public const string Alternatives = Prefix + "alternatives";

    /// <summary>Values outside <c>enum</c> may come.</summary>
    public const string OpenEnum = Prefix + "open-enum";

    /// <summary>The wire name of an indexed family, <c>coupon_id_$n</c>.</summary>
    public const string Family = Prefix + "family";

    /// <summary>What the client sends where nothing else is set.</summary>
    public const string Preset = Prefix + "preset";

    public const string Pattern = Prefix + "pattern";

    public const string Minimum = Prefix + "minimum";

    public const string Maximum = Prefix + "maximum";

    public const string EventType = Prefix + "event-type";

    public const string OriginalType = Prefix + "original-type";

    /// <summary>How a notification is protected.</summary>
    public const string Protection = Prefix + "protection";
}
