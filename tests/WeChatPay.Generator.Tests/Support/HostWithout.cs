using System.Reflection;
using System.Runtime.Loader;

namespace WeChatPay.Generator.Tests.Support;

/// <summary>Loads the generator's own assemblies afresh and refuses one library; Roslyn is the host's.</summary>
internal sealed class HostWithout(string library) : AssemblyLoadContext(isCollectible: true)
{
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == library) throw new FileNotFoundException("Not here.", library);
        if (assemblyName.Name is not "WeChatPay.Specs" and not "Markdig" and not "YamlDotNet") return null;
        return LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll"));
    }
}
