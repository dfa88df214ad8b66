using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.JsDoc;

namespace WeChatPay.Specs.Binding;

internal enum ResponseForm
{
    Unspecified,
    Redirect,
    Stream,
    Json,
    Xml,
    Csv,
}

/// <summary>The tags on an operation's namespace.</summary>
internal sealed class OperationTags
{
    public JsDocTag? Path { get; private init; }

    public string? BaseUrl { get; private init; }

    public bool RequiresClientCertificate { get; private init; }

    public bool IsUnsigned { get; private init; }

    public ResponseForm Response { get; private init; }

    public JsDocTag? IdempotentBy { get; private init; }

    public static OperationTags Read(JsDocComment comment, DiagnosticSink sink) => new()
    {
        Path = comment.Find("path"),
        BaseUrl = ReadHost(comment, sink),
        RequiresClientCertificate = comment.Find("mtls") is not null,
        IsUnsigned = comment.Find("unsigned") is not null,
        Response = ReadResponse(comment, sink),
        IdempotentBy = comment.Find("idempotentBy"),
    };

    /// <summary>A host name, or a whole base URL.</summary>
    private static string? ReadHost(JsDocComment comment, DiagnosticSink sink)
    {
        if (comment.Find("host") is not { } tag) return null;
        var url = tag.Text.StartsWith("https://", StringComparison.Ordinal) ? tag.Text : "https://" + tag.Text;
        if (tag.Text.Length > 0 && Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.UserInfo.Length == 0) return parsed.AbsoluteUri;
        sink.Report(SpecDiagnostics.BadTagValue, tag.Start, tag.Length, "host", tag.Text, "a host name such as 'api.mch.weixin.qq.com'");
        return null;
    }

    private static ResponseForm ReadResponse(JsDocComment comment, DiagnosticSink sink)
    {
        if (comment.Find("response") is not { } tag) return ResponseForm.Unspecified;
        switch (tag.Text)
        {
            case "redirect": return ResponseForm.Redirect;
            case "stream": return ResponseForm.Stream;
            case "json": return ResponseForm.Json;
            case "xml": return ResponseForm.Xml;
            case "csv": return ResponseForm.Csv;
            default:
                sink.Report(SpecDiagnostics.BadTagValue, tag.Start, tag.Length, "response", tag.Text, "redirect, stream, json, xml or csv");
                return ResponseForm.Unspecified;
        }
    }
}
