using WeChatPay.Specs.Model;
using WeChatPay.Tool.Loading;

namespace WeChatPay.Tool.Text;

/// <summary>Operations, notifications and shared shapes as text for people.</summary>
internal sealed class Description
{
    private readonly MemberTable _members;

    private Description(SpecSet set) => _members = new(set.FindEnumeration);

    /// <param name="selection">What is described.</param>
    /// <param name="set">Everything that it may name.</param>
    public static string Of(SpecSelection selection, SpecSet set) => new Description(set).Of(selection);

    private string Of(SpecSelection selection)
    {
        var parts = new List<string>();
        parts.AddRange(selection.Operations.Select(Of));
        parts.AddRange(selection.Notifications.Select(Of));
        parts.AddRange(selection.SharedShapes.Select(Of));
        return string.Join("\n", parts);
    }

    private string Of(Declared<Operation> declared)
    {
        var (file, operation) = declared;
        var text = Begin(operation.Key, operation.Documentation);
        var facts = new TextTable();
        facts.Add("  file", file.Path);
        facts.Add("  call", CSharpNames.Call(operation));
        if (CSharpNames.TakesRequest(operation))
        {
            var optional = operation.IsRequestOptional ? ", may be left out" : "";
            facts.Add("  request", CSharpNames.Type(operation.Names.Namespace, operation.Names.RequestTypeName) + ", " + BodyText(operation.Body.Kind) + optional);
            if (!file.File.MarksAreTrusted) facts.Add("  required", "not said by the file (no 'optionality: declared')");
        }

        facts.Add("  answer", AnswerText(operation));
        if (operation.Response.IsUnsigned) facts.Add("  unsigned", "the answer carries no signature");
        if (operation.IdempotentBy is { } number) facts.Add("  repeat", "harmless with the same " + number);
        if (!operation.Echoes.IsEmpty) facts.Add("  compared", string.Join(", ", operation.Echoes));
        if (operation.RequiresClientCertificate) facts.Add("  TLS", "with the merchant's client certificate");
        if (operation.BaseUrl is { } host) facts.Add("  host", host);
        AddLinks(facts, operation.Documentation);
        text.Append(facts);
        AddPath(text, operation);
        _members.Append(text, "query", operation.Query);
        _members.Append(text, "headers", operation.Headers);
        _members.Append(text, "body", operation.Body.Members);
        _members.Append(text, "answer", operation.Response.Members);
        return text.ToString();
    }

    private string Of(Declared<Notification> declared)
    {
        var (file, notification) = declared;
        var text = Begin(notification.Key, notification.Documentation);
        var facts = new TextTable();
        facts.Add("  file", file.Path);
        facts.Add("  protected", ProtectionText(notification.Protection));
        facts.Add("  content", notification.WireFormat == NotificationWireFormat.Xml ? "XML" : "JSON");
        AddLinks(facts, notification.Documentation);
        text.Append(facts);
        foreach (var (shape, originalType) in NotificationShapes.Of(notification))
        {
            var original = originalType is null ? "" : " (original type " + originalType + ")";
            _members.Append(text, CSharpNames.Type(notification.Namespace, shape.TypeName) + original, shape.Members);
        }

        return text.ToString();
    }

    private string Of(Declared<SharedShape> declared)
    {
        var (file, shared) = declared;
        var text = Begin(shared.Key, shared.Shape.Documentation);
        text.Append("  file  ").Append(file.Path).Append('\n');
        var type = CSharpNames.Type("Models", shared.IsBase ? SharedShape.InterfaceOf(shared.Name) : shared.Name);
        if (shared.Enumeration is { } enumeration) text.Append("\n  ").Append(type).Append('\n').Append(MemberTable.Of(enumeration));
        else _members.Append(text, type, shared.Shape.Members);
        return text.ToString();
    }

    private static StringBuilder Begin(string key, Documentation documentation)
    {
        var text = new StringBuilder().Append(key).Append('\n');
        if (documentation.Title.Length > 0) text.Append("  ").Append(TextTable.OneLine(documentation.Title)).Append('\n');
        foreach (var line in documentation.Description.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries)) text.Append("  ").Append(line).Append('\n');
        if (documentation.Deprecation is { } reason) text.Append("  deprecated").Append(reason.Length > 0 ? ": " + TextTable.OneLine(reason) : "").Append('\n');
        return text.Append('\n');
    }

    private static void AddLinks(TextTable facts, Documentation documentation)
    {
        foreach (var link in documentation.Links) facts.Add("  link", TextTable.OneLine(link.Text.Length > 0 ? link.Text + " " + link.Url : link.Url));
    }

    private void AddPath(StringBuilder text, Operation operation)
        => _members.Append(text, "path", [.. operation.Route.Where(segment => segment.IsParameter).Select(segment => new Member
        {
            WireName = segment.Text,
            PropertyName = segment.MemberName,
            Type = segment.ParameterType ?? new ScalarType(ScalarKind.Text),
            IsRequired = true,
            Documentation = new() { Title = segment.Description ?? "" },
        })]);

    private static string BodyText(RequestBodyKind kind) => kind switch
    {
        RequestBodyKind.Json => "JSON",
        RequestBodyKind.Xml => "XML",
        RequestBodyKind.Multipart => "multipart",
        _ => "no body",
    };

    private static string AnswerText(Operation operation) => operation.Response.Kind switch
    {
        ResponseKind.NoContent => "no content",
        ResponseKind.Stream => "a stream",
        ResponseKind.Redirect => "a page for the user's browser: the method makes its address",
        ResponseKind.Xml => CSharpNames.Type(operation.Names.Namespace, operation.Names.ResponseTypeName) + ", XML",
        _ => CSharpNames.Type(operation.Names.Namespace, operation.Names.ResponseTypeName) + ", JSON",
    };

    private static string ProtectionText(NotificationProtection protection) => protection switch
    {
        NotificationProtection.SignedPlain => "signed, in the open",
        NotificationProtection.RequestInfo => "req_info, AES-256-ECB",
        NotificationProtection.SignedCiphertext => "event_ciphertext, encrypted and signed",
        _ => "resource, AEAD_AES_256_GCM",
    };
}
