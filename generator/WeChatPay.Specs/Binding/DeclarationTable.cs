using WeChatPay.Specs.TypeScript;

namespace WeChatPay.Specs.Binding;

/// <summary>All names that the fences of one file declare.</summary>
internal sealed class DeclarationTable
{
    private readonly Dictionary<string, Declared> _byName = new(StringComparer.Ordinal);
    private readonly HashSet<string> _lastNames = new(StringComparer.Ordinal);
    private readonly Dictionary<NamespaceBlock, Dictionary<string, Declared>> _byBlock = [];
    private readonly Dictionary<string, List<InterfaceSyntax>> _interfaces = new(StringComparer.Ordinal);

    public DeclarationTable(IReadOnlyList<NamespaceBlock> blocks)
    {
        Blocks = Merge(blocks);
        foreach (var block in Blocks)
        {
            var own = new Dictionary<string, Declared>(StringComparer.Ordinal);
            _byBlock.Add(block, own);
            foreach (var declaration in block.Declarations)
            {
                var declared = new Declared(declaration, block);
                _lastNames.Add(declaration.Name.Text.Substring(declaration.Name.Text.LastIndexOf('.') + 1));
                if (!own.TryGetValue(declaration.Name.Text, out var first))
                {
                    own.Add(declaration.Name.Text, declared);
                }
                else if (first.Syntax is InterfaceSyntax whole && declaration is InterfaceSyntax part)
                {
                    // Interfaces of one name in one block are one, as in TypeScript.
                    whole.Members.AddRange(part.Members);
                    whole.Extends.AddRange(part.Extends);
                    continue;
                }

                var name = Join(block.FullName, declaration.Name.Text);
                if (!_byName.ContainsKey(name)) _byName.Add(name, declared);
                if (declaration is InterfaceSyntax syntax) AddInterface(name, syntax);
            }
        }
    }

    public IReadOnlyList<NamespaceBlock> Blocks { get; }

    /// <summary>
    /// By TypeScript's rule: in the block itself, then in the namespaces around it. The same namespace may stand
    /// twice in a file; each block sees its own declarations first.
    /// </summary>
    public Declared? Find(string name, NamespaceBlock from)
    {
        // The names of the language, which are most of all, are not looked for in one namespace after the other.
        if (!_lastNames.Contains(name.Substring(name.LastIndexOf('.') + 1))) return null;
        if (FindIn(from, name) is { } own) return own;
        for (var prefix = from.FullName; ;)
        {
            if (_byName.TryGetValue(Join(prefix, name), out var found)) return found;
            if (prefix.Length == 0) return null;
            var dot = prefix.LastIndexOf('.');
            prefix = dot < 0 ? "" : prefix.Substring(0, dot);
        }
    }

    /// <summary>In one block only.</summary>
    public Declared? FindIn(NamespaceBlock block, string name) => _byBlock[block].TryGetValue(name, out var found) ? found : null;

    /// <summary>All interfaces of one whole name: each fence of a file repeats the chain.</summary>
    public IReadOnlyList<InterfaceSyntax> FindInterfaces(string fullName) => _interfaces.TryGetValue(fullName, out var found) ? found : [];

    /// <summary>
    /// A namespace may go on in a second block, as in TypeScript, so long as it repeats nothing: what stands twice is two declarations
    /// of one operation.
    /// </summary>
    private static List<NamespaceBlock> Merge(IReadOnlyList<NamespaceBlock> blocks)
    {
        var result = new List<NamespaceBlock>(blocks.Count);
        var byName = new Dictionary<string, NamespaceBlock>(StringComparer.Ordinal);
        foreach (var block in blocks)
        {
            if (!block.FullName.EndsWith(OperationBinder.Suffix, StringComparison.Ordinal) || block.Declarations.Count == 0)
            {
                result.Add(block);
            }
            else if (!byName.TryGetValue(block.FullName, out var first))
            {
                byName.Add(block.FullName, block);
                result.Add(block);
            }
            else if (first.Declarations.Exists(d => block.Declarations.Exists(other => other.Name.Text == d.Name.Text)))
            {
                result.Add(block);
            }
            else
            {
                first.Declarations.AddRange(block.Declarations);
            }
        }

        return result;
    }

    private void AddInterface(string fullName, InterfaceSyntax syntax)
    {
        if (!_interfaces.TryGetValue(fullName, out var list)) _interfaces.Add(fullName, list = []);
        list.Add(syntax);
    }

    private static string Join(string prefix, string name) => prefix.Length == 0 ? name : prefix + "." + name;
}
