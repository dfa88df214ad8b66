using WeChatPay.Specs.JsDoc;
using WeChatPay.Specs.TypeScript;

namespace WeChatPay.Specs.Binding;

/// <summary>
/// How the documents call an operation: <c>interface C { (data): …; post(data, config?): … }</c>. It says whether
/// the inputs may be left out, and carries documentation. Files of the lean form have none.
/// </summary>
internal sealed class CallChain
{
    private readonly List<MemberSyntax> _signatures = [];
    private readonly List<MemberSyntax> _shortlands = [];
    private readonly List<InterfaceSyntax> _interfaces = [];

    /// <summary>The documents show how the operation is called.</summary>
    public bool IsDeclared => _signatures.Count > 0;

    public static CallChain Read(NamespaceBlock block, string verb, BindingContext context)
    {
        var chain = new CallChain();
        // The namespace without the verb is also the name of the interface that holds the call.
        var name = block.FullName.Substring(0, block.FullName.LastIndexOf('.'));
        foreach (var declared in context.Table.FindInterfaces(name))
        {
            chain._interfaces.Add(declared);
            foreach (var member in declared.Members)
            {
                if (member.Kind == MemberKind.Method && string.Equals(member.Name.Text, verb, StringComparison.OrdinalIgnoreCase)) chain._signatures.Add(member);
                else if (member.Kind == MemberKind.Call) chain._shortlands.Add(member);
            }
        }

        // A call signature is the short form of POST.
        if (chain._signatures.Count == 0 && verb == "Post") chain._signatures.AddRange(chain._shortlands);
        return chain;
    }

    public IEnumerable<JsDocComment> Comments(BindingContext context)
        => _signatures.Concat(_shortlands).Select(m => context.Comment(m.Doc));

    public string? Deprecation(BindingContext context)
        => _signatures.Select(m => m.Doc).Concat(_interfaces.Select(i => i.Doc)).Select(d => context.Comment(d).Find("deprecated")?.Text).FirstOrDefault(t => t is not null);

    /// <summary>Null: there is no such argument.</summary>
    public bool? IsOptional(string parameter)
    {
        bool? optional = null;
        foreach (var signature in _signatures)
        {
            foreach (var candidate in signature.Parameters)
            {
                if (candidate.Name == parameter) optional = candidate.IsOptional || optional == true;
            }
        }

        return optional;
    }
}
