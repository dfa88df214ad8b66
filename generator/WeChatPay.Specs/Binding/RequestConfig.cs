using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.TypeScript;

namespace WeChatPay.Specs.Binding;

/// <summary>The interface <c>RequestConfig</c> sorted by where its members travel.</summary>
internal sealed class RequestConfig
{
    /// <summary>Settings of the HTTP client of the documents' own language, of no meaning on the wire.</summary>
    private static readonly HashSet<string> ClientSettings = new(StringComparer.Ordinal)
    {
        "url", "method", "transformRequest", "transformResponse", "paramsSerializer", "timeout", "timeoutErrorMessage", "withCredentials",
        "adapter", "auth", "responseType", "responseEncoding", "xsrfCookieName", "xsrfHeaderName", "onUploadProgress", "onDownloadProgress",
        "maxContentLength", "maxBodyLength", "validateStatus", "maxRedirects", "socketPath", "httpAgent", "httpsAgent", "proxy",
        "cancelToken", "decompress", "signal", "env", "insecureHTTPParser", "transitional", "beforeRedirect", "transport", "family", "lookup",
        "withXSRFToken", "allowAbsoluteUrls", "formSerializer", "maxRate", "fetchOptions", "parseReviver", "formDataHeaderPolicy",
    };

    /// <summary>What stands outside of <c>params</c> and <c>headers</c>.</summary>
    private readonly HashSet<string> _outside = new(StringComparer.Ordinal);

    public MemberView? Data { get; private set; }

    public List<MemberView> Query { get; } = [];

    public List<MemberView> Headers { get; } = [];

    public Dictionary<string, MemberView> PathParameters { get; } = new(StringComparer.Ordinal);

    /// <summary><c>security: true</c>.</summary>
    public bool RequiresClientCertificate { get; private set; }

    public string? BaseUrl { get; private set; }

    /// <summary><c>responseType: 'stream'</c>, or another form of a file.</summary>
    public bool IsStream { get; private set; }

    public static RequestConfig Read(NamespaceBlock block, Route route, BindingContext context)
    {
        var config = new RequestConfig();
        if (context.Table.FindIn(block, "RequestConfig") is not { } declared) return config;
        var use = new NamedTypeSyntax("RequestConfig", [], declared.Syntax.Name.Start, declared.Syntax.Name.Start + declared.Syntax.Name.Length);
        var members = context.Resolver.MembersOf(context.Resolver.Resolve(use, new Scope(block))) ?? [];
        config._outside.UnionWith(members.Select(m => Route.ParameterName(m.Syntax.Name.Text) ?? m.Syntax.Name.Text));
        foreach (var member in members)
        {
            if (member.Syntax.Kind == MemberKind.Property) config.Add(member, route, context);
        }

        return config;
    }

    private void Add(MemberView member, Route route, BindingContext context)
    {
        var name = member.Syntax.Name;
        var literal = member.Syntax.Type as LiteralTypeSyntax;
        switch (name.Text)
        {
            case "data":
                Data = member;
                break;
            case "params":
                foreach (var view in Group(member, MemberPlace.Query, context)) AddQuery(view, route, context);
                break;
            case "headers":
                Headers.AddRange(Group(member, MemberPlace.Header, context));
                break;
            case "security":
                RequiresClientCertificate = literal?.Value != "false";
                break;
            case "baseURL":
                BaseUrl = literal is { Kind: LiteralKind.Text } ? literal.Value : null;
                break;
            case "responseType" when literal?.Value is "stream" or "arraybuffer" or "blob":
                IsStream = true;
                break;
            default:
                AddOther(member, route, context);
                break;
        }
    }

    private void AddOther(MemberView member, Route route, BindingContext context)
    {
        var name = member.Syntax.Name;
        var parameter = Route.ParameterName(name.Text) ?? name.Text;
        if (route.HasParameter(parameter))
        {
            PathParameters[parameter] = member;
        }
        else if (name.Text.IndexOf('-') >= 0)
        {
            context.Sink.Report(SpecDiagnostics.MisplacedHeader, name.Start, name.Length, name.Text);
            Headers.Add(member with { Place = MemberPlace.Header });
        }
        else if (!ClientSettings.Contains(name.Text) && !IsTrailingSlash(member, parameter, route))
        {
            context.Sink.Report(SpecDiagnostics.UnknownConfigMember, name.Start, name.Length, name.Text, route.Template);
        }
    }

    /// <summary><c>empty: ''</c> beside a segment <c>_empty_</c>.</summary>
    private static bool IsTrailingSlash(MemberView member, string parameter, Route route)
        => parameter == "empty" && route.HasTrailingSlash && member.Syntax.Type is LiteralTypeSyntax { Value: "" };

    private void AddQuery(MemberView view, Route route, BindingContext context)
    {
        var name = view.Syntax.Name;
        var parameter = Route.ParameterName(name.Text) ?? name.Text;
        // A path parameter that stands at its own place leaves the name free: the query then has one as well.
        if (route.HasParameter(parameter) && !_outside.Contains(parameter))
        {
            context.Sink.Report(SpecDiagnostics.MisplacedPathParameter, name.Start, name.Length, name.Text);
            if (!PathParameters.ContainsKey(parameter)) PathParameters.Add(parameter, view);
        }
        else
        {
            Query.Add(view);
        }
    }

    /// <summary>The members of <c>params</c> or <c>headers</c>; where the group is optional, so are they.</summary>
    private static IEnumerable<MemberView> Group(MemberView group, MemberPlace place, BindingContext context)
    {
        if (group.Syntax.Type is not { } type) return [];
        var resolved = context.Resolver.Resolve(type, group.Scope);
        // 'any', 'Record<string, string>' and the like name no member.
        if (TypeResolver.IsForeign(resolved)) return [];
        if (context.Resolver.MembersOf(resolved) is { } members)
        {
            return members.Select(m => m with { Place = place, IsOptional = m.IsOptional || group.IsOptional });
        }

        context.Sink.Report(SpecDiagnostics.NoObject, type.Start, type.Length, group.Syntax.Name.Text, "'" + context.Source(type.Start, type.Length) + "'");
        return [];
    }
}
