using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.Model;
using WeChatPay.Specs.TypeScript;

namespace WeChatPay.Specs.Binding;

/// <summary>Verb and path of an operation, enough to tell whether the file declares it twice.</summary>
/// <param name="Verb"><c>Post</c>.</param>
internal sealed record OperationHead(NamespaceBlock Block, string Verb, OperationTags Tags, Route Route)
{
    public OperationNames Names { get; } = RouteNames.Operation(Route, Verb);

    public string HttpVerb => Verb.ToUpperInvariant();

    public string Key => HttpVerb + " " + Route.Template;
}

/// <summary>Binds one namespace <c>WeChatPay.OpenAPI.….&lt;Verb&gt;HttpMethod</c>.</summary>
internal sealed class OperationBinder(BindingContext context, MemberBinder members, PageDocumentation page)
{
    public const string Suffix = "HttpMethod";

    private const string SerialHeader = "Wechatpay-Serial";

    private static readonly string[] Verbs = ["Get", "Post", "Put", "Patch", "Delete"];

    private static readonly string[] KnownInterfaces = ["JsonDataRequest", "XmlDataRequest", "BinaryDataRequest", "RequestConfig", "WellformedResponse"];

    /// <summary>What identifies the operation; null after a problem was reported.</summary>
    /// <param name="block">The namespace.</param>
    /// <param name="place">The path that the place of the file says, or null.</param>
    public OperationHead? ReadHead(NamespaceBlock block, string? place)
    {
        var last = block.Path[block.Path.Count - 1];
        var verb = last.Text.Substring(0, last.Text.Length - Suffix.Length);
        if (Array.IndexOf(Verbs, verb) < 0)
        {
            context.Sink.Report(SpecDiagnostics.UnknownVerb, last.Start, last.Length, last.Text);
            return null;
        }

        var tags = OperationTags.Read(context.Comment(block.Doc), context.Sink);
        if (ReadRoute(block, tags, place) is not { } route) return null;
        if (tags.Response == ResponseForm.Redirect && verb != "Get")
        {
            // A browser is sent to an address, which is no more than a verb GET.
            context.Sink.Report(SpecDiagnostics.NotSupportedYet, block.NameRange.Start, block.NameRange.Length, "Redirects of another verb than GET are");
            return null;
        }

        return new OperationHead(block, verb, tags, route);
    }

    public Operation Bind(OperationHead head)
    {
        var (block, verb, tags, route) = head;
        var names = head.Names;
        WarnOfMisspelling(block);
        var typeNames = new UniqueNames(context.Sink);
        typeNames.Reserve(names.RequestTypeName);
        typeNames.Reserve(names.ResponseTypeName);

        var config = RequestConfig.Read(block, route, context);
        var chain = CallChain.Read(block, verb, context);
        var requestUse = new ShapeUse(ShapeRole.Request, typeNames);
        var (bodyKind, bodyViews) = ReadBody(block, config, verb);
        requestUse.HasFiles = bodyKind == RequestBodyKind.Multipart;
        requestUse.IsXml = bodyKind == RequestBodyKind.Xml;
        var views = bodyViews.Concat(config.Query).Concat(config.Headers).ToList();
        var inputs = members.BindRoot(views, names.RequestTypeName, requestUse);
        var answerUse = new ShapeUse(ShapeRole.Answer, typeNames);
        var response = ReadResponse(head, config, bodyKind, answerUse);
        var nodes = RouteNames.Nodes(route, s => BindParameter(s, config, names, requestUse));

        inputs = WithoutSerial(inputs, requestUse, answerUse);
        var inputNames = new HashSet<string>(inputs.Select(i => i.Member.WireName).Concat(route.Segments.Where(s => s.IsParameter).Select(s => s.Text)), StringComparer.Ordinal);
        var headers = new HashSet<string>(inputs.Where(i => i.View.Place == MemberPlace.Header).Select(i => i.Member.WireName), StringComparer.Ordinal);
        return new Operation
        {
            Verb = head.HttpVerb,
            PathTemplate = route.Template,
            Route = nodes,
            Names = response.Kind == ResponseKind.Redirect ? names with { MethodName = verb + "Uri" } : names,
            Documentation = page.Operation(block, verb, chain, context),
            Query = At(inputs, MemberPlace.Query),
            Headers = At(inputs, MemberPlace.Header),
            Body = bodyKind == RequestBodyKind.None ? RequestBody.None : new RequestBody { Kind = bodyKind, Members = At(inputs, MemberPlace.Body) },
            IsRequestOptional = new OptionalRequest(context).Decide(inputs, chain, config, bodyKind),
            Response = response,
            Echoes = Echoes(response, inputNames, headers, block),
            IdempotentBy = IdempotentBy(tags, inputNames),
            IsSignedWithin = V2Operations.SignsWithin(route, bodyKind),
            RequiresClientCertificate = tags.RequiresClientCertificate || config.RequiresClientCertificate,
            BaseUrl = tags.BaseUrl ?? config.BaseUrl,
        };
    }

    private static EquatableArray<Member> At(List<BoundMember> inputs, MemberPlace place)
        => new([.. inputs.Where(i => i.View.Place == place).Select(i => i.Member)]);

    private Route? ReadRoute(NamespaceBlock block, OperationTags tags, string? place)
    {
        var route = Route.FromNamespace(block, context.Sink);
        if (tags.Path is not { } path || route is null) return route?.SpelledAs(place);
        var literal = Route.FromPath(path.Text, route.Segments[0].IsVirtual);
        if (literal is null)
        {
            context.Sink.Report(SpecDiagnostics.BadPath, path.Start, path.Length, path.Text, "expected a path such as '/v3/pay/transactions/id/{transaction_id}'");
        }

        return literal ?? route;
    }

    private (RequestBodyKind Kind, List<MemberView> Members) ReadBody(NamespaceBlock block, RequestConfig config, string verb)
    {
        var (kind, name) = (RequestBodyKind.None, "");
        foreach (var (candidate, candidateKind) in new[]
        {
            ("JsonDataRequest", RequestBodyKind.Json), ("XmlDataRequest", RequestBodyKind.Xml), ("BinaryDataRequest", RequestBodyKind.Multipart),
        })
        {
            if (kind == RequestBodyKind.None && context.Table.FindIn(block, candidate) is not null) (kind, name) = (candidateKind, candidate);
        }

        TypeSyntax type;
        var scope = new Scope(block);
        var optional = false;
        if (kind != RequestBodyKind.None)
        {
            var declared = context.Table.FindIn(block, name)!.Syntax.Name;
            type = new NamedTypeSyntax(name, [], declared.Start, declared.Start + declared.Length);
        }
        else if (config.Data is { Syntax.Type: { } inline } data)
        {
            (kind, type, scope, optional) = (RequestBodyKind.Json, inline, data.Scope, data.IsOptional);
        }
        else
        {
            return (RequestBodyKind.None, []);
        }

        if (verb == "Get")
        {
            context.Sink.Report(SpecDiagnostics.BodyWithGet, type.Start, type.Length, context.Source(type.Start, type.Length));
            return (RequestBodyKind.None, []);
        }

        return (kind, MembersOf(type, scope).ConvertAll(m => m with { IsOptional = m.IsOptional || optional }));
    }

    private List<MemberView> MembersOf(TypeSyntax type, Scope scope)
    {
        var resolved = context.Resolver.Resolve(type, scope);
        return context.Resolver.MembersOf(resolved) ?? WithoutMembers(type, resolved);
    }

    private (List<MemberView> Members, EquatableArray<string> Bases) RootOf(TypeSyntax type, Scope scope)
    {
        var resolved = context.Resolver.Resolve(type, scope);
        var (members, bases) = context.Resolver.RootOf(resolved);
        return (members ?? WithoutMembers(type, resolved), bases);
    }

    private List<MemberView> WithoutMembers(TypeSyntax type, ResolvedType resolved)
    {
        if (TypeResolver.IsForeign(resolved) || TypeResolver.IsNothing(resolved.Syntax)) return [];
        context.Sink.Report(
            SpecDiagnostics.NoObject,
            type.Start,
            type.Length,
            context.Source(type.Start, type.Length),
            "'" + context.Source(resolved.Syntax.Start, resolved.Syntax.Length) + "'");
        return [];
    }

    private Response ReadResponse(OperationHead head, RequestConfig config, RequestBodyKind body, ShapeUse use)
    {
        var (block, verb, tags, route) = head;
        if (tags.Response == ResponseForm.Redirect) return new Response { Kind = ResponseKind.Redirect };
        var declared = context.Table.FindIn(block, "WellformedResponse")?.Syntax;
        var stream = config.IsStream || tags.Response is ResponseForm.Stream or ResponseForm.Csv || IsStream(declared);
        if (stream) return new Response { Kind = ResponseKind.Stream, IsUnsigned = true };

        var (views, bases) = declared is null
            ? ([], default)
            : RootOf(new NamedTypeSyntax(declared.Name.Text, [], declared.Name.Start, declared.Name.Start + declared.Name.Length), new Scope(block));
        var isVersion2 = route.Segments[0].IsVirtual;
        var data = views.FindAll(v => v.Syntax.Kind == MemberKind.Property);
        var kind = tags.Response switch
        {
            ResponseForm.Json => ResponseKind.Json,
            ResponseForm.Xml => ResponseKind.Xml,

            // Every call of APIv2 is answered with something; what is fetched without an answer is a page.
            _ when data.Count == 0 && bases.IsEmpty => isVersion2 && verb == "Get" ? ResponseKind.Redirect : ResponseKind.NoContent,
            _ => body == RequestBodyKind.Xml || (isVersion2 && IsXmlOfVersion2(data, body)) ? ResponseKind.Xml : ResponseKind.Json,
        };
        use.IsXml = kind == ResponseKind.Xml;
        var bound = members.BindRoot(views, head.Names.ResponseTypeName, use);
        return new Response { Kind = kind, Members = new EquatableArray<Member>([.. bound.Select(b => b.Member)]), Bases = bases, IsUnsigned = tags.IsUnsigned || V2Operations.IsAnswerUnsigned(route, body) };
    }

    /// <summary>The XML of APIv2 begins with these members, and no JSON of it does.</summary>
    private static bool IsXmlOfVersion2(List<MemberView> views, RequestBodyKind body)
        => views.Exists(v => v.Syntax.Name.Text is "return_code" or "result_code") || (body == RequestBodyKind.Multipart && !views.Exists(v => v.Syntax.Name.Text == "retcode"));

    private static bool IsStream(DeclarationSyntax? declared) => declared switch
    {
        InterfaceSyntax { Extends: var bases } => bases.Any(b => b is NamedTypeSyntax { FullName: "ReadStream" }),
        AliasSyntax { Type: NamedTypeSyntax { FullName: "ReadStream" } } => true,
        _ => false,
    };

    private (TypeReference Type, string? Description) BindParameter(PathSegment segment, RequestConfig config, OperationNames names, ShapeUse use)
    {
        if (!config.PathParameters.TryGetValue(segment.Text, out var view)) return (new ScalarType(ScalarKind.Text), null);
        var name = view.Syntax.Name;
        var comment = context.Comment(view.Syntax.Doc);
        var documentation = Comments.Document(comment, context.Sink);
        var type = members.Types.Bind(view.Syntax.Type!, view.Scope, new Slot
        {
            WireName = segment.Text,
            TypeName = names.TypePrefix + NamingPolicy.Pascal(segment.Text),
            Comment = comment,
            Documentation = documentation,
            Start = name.Start,
            Length = name.Length,
            Use = use,
        });
        if (type is not (ScalarType { Kind: ScalarKind.Text or ScalarKind.TextOrNumber or ScalarKind.Integer } or EnumerationType))
        {
            // Whatever else it is, in a URL it is text.
            type = new ScalarType(ScalarKind.Text);
        }

        var description = (documentation.Title + "\n" + documentation.Description).Trim();
        return (type, description.Length > 0 ? description : null);
    }

    /// <summary>
    /// The runtime sets the serial of the key that it encrypts with. Where no member is marked, the caller
    /// encrypts and has to say which key that was, so the header stays an input.
    /// </summary>
    private List<BoundMember> WithoutSerial(List<BoundMember> inputs, ShapeUse request, ShapeUse answer)
    {
        var serial = inputs.FindIndex(i => i.View.Place == MemberPlace.Header && string.Equals(i.Member.WireName, SerialHeader, StringComparison.OrdinalIgnoreCase));
        if (serial < 0) return inputs;
        var name = inputs[serial].View.Syntax.Name;
        if (request.HasEncrypted) inputs.RemoveAt(serial);
        else if (!answer.HasEncrypted) context.Sink.Report(SpecDiagnostics.NothingEncrypted, name.Start, name.Length);
        return inputs;
    }

    private EquatableArray<string> Echoes(Response response, HashSet<string> inputs, HashSet<string> headers, NamespaceBlock block)
    {
        var echoes = new List<string>();
        foreach (var member in response.Members)
        {
            if (!member.IsEcho) continue;
            if (inputs.Contains(member.WireName) && !headers.Contains(member.WireName))
            {
                echoes.Add(member.WireName);
                continue;
            }

            var declared = (context.Table.FindIn(block, "WellformedResponse")?.Syntax as InterfaceSyntax)?.Members.FirstOrDefault(m => m.Name.Text == member.WireName);
            var (start, length) = declared is null ? block.NameRange : (declared.Name.Start, declared.Name.Length);
            context.Sink.Report(SpecDiagnostics.Echo, start, length, member.WireName, "the request has no input of this name");
        }

        return new EquatableArray<string>([.. echoes]);
    }

    private string? IdempotentBy(OperationTags tags, HashSet<string> inputs)
    {
        if (tags.IdempotentBy is not { } tag) return null;
        if (inputs.Contains(tag.Text)) return tag.Text;
        context.Sink.Report(SpecDiagnostics.IdempotentBy, tag.Start, tag.Length, tag.Text);
        return null;
    }

    private void WarnOfMisspelling(NamespaceBlock block)
    {
        foreach (var declaration in block.Declarations)
        {
            var name = declaration.Name;
            foreach (var known in KnownInterfaces)
            {
                if (name.Text != known && Array.IndexOf(KnownInterfaces, name.Text) < 0 && Misspelling.IsLikely(name.Text, known))
                {
                    context.Sink.Report(SpecDiagnostics.MisspeltInterface, name.Start, name.Length, name.Text, known);
                }
            }
        }
    }
}
