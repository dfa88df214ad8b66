using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Emit;

/// <summary>The client type and its registration for dependency injection.</summary>
internal static class ClientEmitter
{
    public static void Emit(SourceWriter w, EquatableArray<TreeChild> roots, EmitSettings settings)
    {
        var name = settings.ClientName;
        var fullName = FullName(settings);
        var contract = RuntimeNames.ClientContract + "<" + fullName + ">";
        w.Line("/// <summary>The client of WeChat Pay: its members mirror the segments of the URL. Thread-safe; one for each merchant, for the life of the process.</summary>");
        w.Line(GeneratedFile.TypeAttribute);
        w.Line(settings.Accessibility, " sealed partial class ", name, " : " + RuntimeNames.ClientBase + ", ", contract);
        w.Open();
        Constructor(w, name, "", "");
        Constructor(w, name, ", global::System.Net.Http.HttpMessageHandler handler", ", handler", "handler", "Sends the requests, for tests and special connections.");
        Constructor(w, name, ", global::System.Net.Http.HttpClient httpClient", ", httpClient", "httpClient", "Sends the requests.");
        w.Line("private ", name, "(" + RuntimeNames.Core + " core) : base(core) { }");
        w.Line("static ", fullName, " ", contract, ".Create(" + RuntimeNames.Core + " core) => new(core);");
        TreeEmitter.Children(w, roots, settings);
        w.Close();
    }

    /// <summary>
    /// One line each over the runtime's generic methods. They stand beside those of the host where the client has its
    /// standard namespace, else beside the client: a second client, next to a referenced one, must not make the call ambiguous.
    /// </summary>
    public static void Registration(SourceWriter w, EmitSettings settings)
    {
        var suffix = settings.ClientName.EndsWith("Client", StringComparison.Ordinal) && settings.ClientName.Length > "Client".Length
            ? settings.ClientName.Substring(0, settings.ClientName.Length - "Client".Length)
            : settings.ClientName;
        const string Services = FrameworkNames.ServiceCollection;
        const string Configure = "global::System.Action<" + RuntimeNames.Options + "> configure";
        const string FromSection = FrameworkNames.Configuration + " section, global::System.Action<" + RuntimeNames.Options + ">? configure = null";
        var call = RuntimeNames.ServiceCollectionExtensions + ".AddWeChatPay<" + FullName(settings) + ">";

        w.Line("namespace ", settings.RootNamespace == EmitSettings.Default.RootNamespace ? "Microsoft.Extensions.DependencyInjection" : settings.RootNamespace);
        w.Open();
        w.Line("/// <summary>Registers the client.</summary>");
        w.Line(GeneratedFile.TypeAttribute);
        w.Line(settings.Accessibility, " static class ", settings.ClientName, "ServiceCollectionExtensions");
        w.Open();
        Method("as a singleton", "", Configure, "", "configure");
        Method("under a key: one for each merchant", "string name, ", Configure, "name, ", "configure");
        Method("as a singleton, with the options of a configuration section", "", FromSection, "", "section, configure");
        Method("under a key, with the options of a configuration section", "string name, ", FromSection, "name, ", "section, configure");
        w.Close();
        w.Close();

        void Method(string what, string key, string parameters, string keyArgument, string arguments)
        {
            w.Line("/// <summary>Registers ", XmlText.Code(settings.ClientName), " ", what, ".</summary>");
            w.Line("public static " + Services + " Add", suffix, "(this " + Services + " services, ", key, parameters, ") => ", call, "(services, ", keyArgument, arguments, ");");
        }
    }

    private static void Constructor(SourceWriter w, string name, string parameter, string argument, string parameterName = "", string documentation = "")
    {
        w.Line("/// <summary>Creates a client of its own, without dependency injection.</summary>");
        DocumentationWriter.Parameter(w, "options", "The merchant's credentials and keys; checked here.");
        if (parameterName.Length > 0) DocumentationWriter.Parameter(w, parameterName, documentation);
        w.Line("public ", name, "(" + RuntimeNames.Options + " options", parameter, ") : base(options", argument, ") { }");
    }

    private static string FullName(EmitSettings settings) => "global::" + settings.RootNamespace + "." + settings.ClientName;
}
