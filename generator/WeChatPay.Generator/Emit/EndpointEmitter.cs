using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Emit;

/// <summary>The method of an operation on its node of the client tree, and the descriptor that tells the runtime about it.</summary>
internal static class EndpointEmitter
{
    public static void Emit(SourceWriter w, Operation operation, NamespaceContext names)
    {
        // Lower case: properties of the tree never begin with it, so that no child can meet the field.
        var descriptor = operation.Verb.ToLowerInvariant() + "Operation";
        var hasRequest = RequestEmitter.HasRequest(operation);
        var (result, send) = operation.Response.Kind switch
        {
            ResponseKind.NoContent => (RuntimeNames.Response, "SendForNoContentAsync"),
            ResponseKind.Stream => (RuntimeNames.Download, "SendForStreamAsync"),
            ResponseKind.Xml => (names.Local(operation.Names.ResponseTypeName), "SendForXmlAnswerAsync<" + names.Local(operation.Names.ResponseTypeName) + ">"),
            _ => (names.Local(operation.Names.ResponseTypeName), "SendForAnswerAsync<" + names.Local(operation.Names.ResponseTypeName) + ">"),
        };

        w.Line("private static readonly " + RuntimeNames.OperationDescriptor + " ", descriptor, " = new(", Address(operation), ")" + Initializer(operation), ";");

        DocumentationWriter.Write(w, operation.Documentation, XmlText.Code(operation.Key), XmlText.Code(operation.Key) + ".");
        if (hasRequest)
        {
            DocumentationWriter.Parameter(w, "request", RequestEmitter.IsOptional(operation) ? "What is sent; may be left out." : "What is sent.");
        }

        if (operation.Response.Kind == ResponseKind.Redirect)
        {
            Uri(w, operation, names, descriptor);
            return;
        }

        DocumentationWriter.Parameter(w, "options", "Options of this call, or null.");
        DocumentationWriter.Parameter(w, "cancellationToken", "Ends the wait; what was sent may still be carried out.");
        w.Line("/// <returns>", Returns(operation.Response), "</returns>");
        w.Line("/// <exception cref=\"" + RuntimeNames.Exception + "\">The call failed; its outcome says what is known.</exception>");
        if (operation.Documentation.Deprecation is { } reason) w.Line(GeneratedFile.Obsolete(reason));
        w.Line("[" + RuntimeNames.OperationAttribute + "(", Address(operation), ")]");
        w.Line(
            "public " + FrameworkNames.Task + "<" + result + "> ",
            operation.Names.MethodName,
            "(",
            hasRequest ? RequestParameter(operation, names) : "",
            RuntimeNames.RequestOptions + "? options = null, " + FrameworkNames.CancellationToken + " cancellationToken = default)");
        w.Line("    => ", send, "(" + descriptor, hasRequest ? ", request" : ", null", ", options, cancellationToken);");
    }

    /// <summary>Nothing is called: the user's browser is.</summary>
    private static void Uri(SourceWriter w, Operation operation, NamespaceContext names, string descriptor)
    {
        var isSigned = operation.IsSignedWithin;
        w.Line("/// <returns>The address to which the user's browser is sent", isSigned ? ", signed with the APIv2 key" : "", ". Nothing is sent by this method.</returns>");
        w.Line("/// <exception cref=\"" + FrameworkNames.ArgumentException + "\">A member of the request is missing or cannot be sent.</exception>");
        if (isSigned) w.Line("/// <exception cref=\"" + FrameworkNames.InvalidOperationException + "\">The APIv2 key is not set.</exception>");
        if (operation.BaseUrl is not null) w.Line("/// <exception cref=\"" + RuntimeNames.Exception + "\">The page is on a host that is none of the environment of the base address.</exception>");
        if (operation.Documentation.Deprecation is { } reason) w.Line(GeneratedFile.Obsolete(reason));
        w.Line("[" + RuntimeNames.OperationAttribute + "(", Address(operation), ")]");
        var hasRequest = RequestEmitter.HasRequest(operation);
        var parameter = names.Local(operation.Names.RequestTypeName) + (RequestEmitter.IsOptional(operation) ? "? request = null" : " request");
        w.Line("public " + FrameworkNames.Uri + " ", operation.Names.MethodName, "(", hasRequest ? parameter : "", ")");
        w.Line("    => CreateUri(" + descriptor, hasRequest ? ", request" : ", null", ");");
    }

    private static string Returns(Response response) => response.Kind switch
    {
        ResponseKind.NoContent => "The verified answer, which has no content of its own.",
        ResponseKind.Stream => "The file as it comes; dispose of it.",
        _ when response.IsUnsigned => "The answer, which carries no signature.",
        _ => "The verified answer.",
    };

    private static string RequestParameter(Operation operation, NamespaceContext names)
        => names.Local(operation.Names.RequestTypeName) + (RequestEmitter.IsOptional(operation) ? "? request = null, " : " request, ");

    private static string Address(Operation operation)
        => CSharpText.Literal(operation.Verb) + ", " + CSharpText.Literal(OperationHost.Of(operation)?.Prefix + operation.PathTemplate);

    private static string Initializer(Operation operation)
    {
        var parts = new List<string>();
        if (operation.Body.Kind == RequestBodyKind.Json) parts.Add("Body = " + RuntimeNames.BodyKind + ".Json");
        if (operation.Body.Kind == RequestBodyKind.Xml) parts.Add("Body = " + RuntimeNames.BodyKind + ".Xml");
        if (operation.Body.Kind == RequestBodyKind.Multipart) parts.Add("Body = " + RuntimeNames.BodyKind + ".Multipart");
        if (OperationHost.Of(operation) is { } host) parts.Add("Host = " + CSharpText.Literal(host.Name));
        if (!operation.Echoes.IsEmpty)
        {
            var names = new List<string>();
            foreach (var name in operation.Echoes) names.Add(CSharpText.Literal(name));
            parts.Add("Echoes = new[] { " + string.Join(", ", names) + " }");
        }

        if (operation.IdempotentBy is { } field) parts.Add("IdempotentBy = " + CSharpText.Literal(field));
        // Otherwise the runtime takes a code at the top of an answer for an error.
        foreach (var member in operation.Response.Members)
        {
            if (member.WireName == "code" && operation.Response.Kind == ResponseKind.Json) parts.Add("HasCodeMember = true");
        }

        if (operation.IsSignedWithin && operation.Body.Kind != RequestBodyKind.Xml) parts.Add("IsApiV2 = true");
        if (operation.Response.IsUnsigned) parts.Add("IsAnswerUnsigned = true");
        if (operation.RequiresClientCertificate) parts.Add("RequiresClientCertificate = true");
        return parts.Count == 0 ? "" : " { " + string.Join(", ", parts) + " }";
    }
}
