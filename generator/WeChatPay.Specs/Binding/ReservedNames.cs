namespace WeChatPay.Specs.Binding;

/// <summary>
/// Names that generated code cannot use because something else bears them. The one rule: append a word. It
/// depends on the name alone, never on what else is declared.
/// </summary>
internal static class ReservedNames
{
    private static readonly HashSet<string> OfObject = new(StringComparer.Ordinal)
    {
        "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
    };

    /// <summary>What every answer and every request has beside its own members.</summary>
    private static readonly HashSet<string> OfModels = new(StringComparer.Ordinal) { "ExtraProperties", "Http" };

    private static readonly HashSet<string> OfEnumerations = new(StringComparer.Ordinal) { "CompareTo", "FromWire", "Value" };

    private static readonly string[] Verbs = ["Get", "Post", "Put", "Patch", "Delete"];

    /// <summary>Members of the client's base: the first segments of all paths stand beside them.</summary>
    private static readonly HashSet<string> OfClient = new(StringComparer.Ordinal)
    {
        "Dispose", "DisposeAsync", "DownloadAsync", "Invocation", "Notifications", "ReloadCredentials", "ResourceContext", "SendAsync", "SensitiveData",
    };

    /// <summary>Members of every node of the client tree: the verbs, their descriptors, and what the base offers.</summary>
    private static readonly HashSet<string> OfResources = new(StringComparer.Ordinal)
    {
        "ResourceContext", "SendForAnswerAsync", "SendForNoContentAsync", "SendForStreamAsync",
        "DeleteAsync", "GetAsync", "PatchAsync", "PostAsync", "PutAsync",
        "DeleteOperation", "GetOperation", "PatchOperation", "PostOperation", "PutOperation",
    };

    /// <summary>A property of a model.</summary>
    public static string Property(string name, string enclosingType)
        => name == enclosingType || OfObject.Contains(name) || OfModels.Contains(name) ? name + "Value" : name;

    /// <summary>A constant of an enumeration.</summary>
    public static string Constant(string name, string enclosingType)
        => name == enclosingType || OfObject.Contains(name) || OfEnumerations.Contains(name) ? name + "Value" : name;

    /// <summary>
    /// A part of a namespace. <c>/a/foo</c> has the types <c>A.FooResource</c> and <c>A.FooGetRequest</c>; the namespace of
    /// <c>/a/foo-resource/…</c> must be none of them.
    /// </summary>
    public static string Namespace(string name)
    {
        var taken = name.EndsWith("Resource", StringComparison.Ordinal)
            || Array.Exists(Verbs, verb => name.EndsWith(verb + "Request", StringComparison.Ordinal) || name.EndsWith(verb + "Response", StringComparison.Ordinal));
        return taken ? name + "Path" : name;
    }

    /// <summary>A node of the client tree. <c>By…</c> is kept for path parameters.</summary>
    public static string Node(string name, string enclosingType, bool isFirst)
    {
        var taken = OfObject.Contains(name)
            || (isFirst ? OfClient.Contains(name) : name == enclosingType || OfResources.Contains(name))
            || (name.Length > 2 && name.StartsWith("By", StringComparison.Ordinal) && !char.IsLower(name[2]));
        return taken ? name + "Path" : name;
    }
}
