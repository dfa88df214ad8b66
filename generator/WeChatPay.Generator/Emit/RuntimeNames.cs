namespace WeChatPay.Generator.Emit;

/// <summary>
/// Everything that generated code calls in WeChatPay.Runtime. The generator never references that assembly;
/// a test holds these names against it.
/// </summary>
internal static class RuntimeNames
{
    /// <summary>Found in a compilation: the runtime is referenced.</summary>
    public const string MarkerMetadataName = MarkerNamespace + "." + MarkerName;

    public const string MarkerNamespace = "WeChatPay";

    public const string MarkerName = "WeChatPayClientBase";

    public const string PackageName = "WeChatPay.Runtime";

    public const string ClientBase = Root + "WeChatPayClientBase";
    public const string ClientContract = Root + "IWeChatPayClient";
    public const string Core = Root + "WeChatPayCore";
    public const string Options = Root + "WeChatPayOptions";
    public const string RequestOptions = Root + "WeChatPayRequestOptions";
    public const string Resource = Root + "WeChatPayResource";
    public const string ResourceContext = Root + "WeChatPayResourceContext";
    public const string Response = Root + "WeChatPayResponse";
    public const string Download = Root + "WeChatPayDownload";
    public const string OperationAttribute = Root + "WeChatPayOperation";
    public const string OperationDescriptor = Root + "WeChatPayOperationDescriptor";
    public const string BodyKind = Root + "WeChatPayBodyKind";
    public const string Exception = Root + "WeChatPayException";
    public const string File = Root + "WeChatPayFile";
    public const string Time = Root + "WeChatPayTime";
    public const string Date = Root + "WeChatPayDate";
    public const string TimeFormat = Root + "WeChatPayTimeFormat";

    public const string Request = Serialization + "IWeChatPayRequest";
    public const string UploadRequest = Serialization + "IWeChatPayUploadRequest";
    public const string UploadWriter = Serialization + "UploadWriter";
    public const string JsonWritable = Serialization + "IJsonWritable";
    public const string JsonReadable = Serialization + "IJsonReadable";
    public const string OpenEnumeration = Serialization + "IOpenEnumeration";
    public const string Enumeration = Root + "WeChatPayEnumeration";
    public const string NotificationResource = Serialization + "INotificationResource";
    public const string XmlNotification = Serialization + "IXmlNotification";
    public const string XmlNotificationForm = Serialization + "XmlNotificationForm";
    public const string BodyWriter = Serialization + "JsonBodyWriter";
    public const string BodyReader = Serialization + "JsonBodyReader";
    public const string QueryWriter = Serialization + "QueryWriter";
    public const string HeaderWriter = Serialization + "HeaderWriter";
    public const string XmlReadable = Serialization + "IXmlReadable";
    public const string XmlWriter = Serialization + "XmlBodyWriter";
    public const string XmlReader = Serialization + "XmlBodyReader";
    public const string XmlRequestConverter = Serialization + "XmlRequestJsonConverter";
    public const string XmlAnswerConverter = Serialization + "XmlAnswerJsonConverter";
    public const string RequestConverter = Serialization + "RequestJsonConverter";
    public const string AnswerConverter = Serialization + "AnswerJsonConverter";
    public const string NotificationConverter = Serialization + "NotificationJsonConverter";
    public const string XmlNotificationConverter = Serialization + "XmlNotificationJsonConverter";

    /// <summary>The static class with <c>AddWeChatPay&lt;TClient&gt;</c>.</summary>
    public const string ServiceCollectionExtensions = "global::Microsoft.Extensions.DependencyInjection.WeChatPayServiceCollectionExtensions";

    private const string Root = "global::WeChatPay.";
    private const string Serialization = "global::WeChatPay.Serialization.";
}

/// <summary>Types of the base library, as generated code writes them.</summary>
internal static class FrameworkNames
{
    public const string Uri = "global::System.Uri";
    public const string ArgumentException = "global::System.ArgumentException";
    public const string InvalidOperationException = "global::System.InvalidOperationException";
    public const string Task = "global::System.Threading.Tasks.Task";
    public const string CancellationToken = "global::System.Threading.CancellationToken";
    public const string ReadOnlyList = "global::System.Collections.Generic.IReadOnlyList";
    public const string JsonElement = "global::System.Text.Json.JsonElement";
    public const string JsonObject = "global::System.Text.Json.Nodes.JsonObject";
    public const string JsonConverter = "global::System.Text.Json.Serialization.JsonConverter";
    public const string Obsolete = "global::System.Obsolete";
    public const string NotNullIfNotNull = "global::System.Diagnostics.CodeAnalysis.NotNullIfNotNull";
    public const string GeneratedCode = "global::System.CodeDom.Compiler.GeneratedCode";
    public const string Configuration = "global::Microsoft.Extensions.Configuration.IConfiguration";
    public const string ServiceCollection = "global::Microsoft.Extensions.DependencyInjection.IServiceCollection";
}
