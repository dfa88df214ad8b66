using System.CommandLine;
using WeChatPay.Tool.Cli;
using WeChatPay.Tool.OpenApi;

namespace WeChatPay.Tool.Commands;

/// <summary><c>spec export</c>: what the files say, in a format of other tools.</summary>
internal static class ExportCommand
{
    public static Command Create(ReadingOptions reading)
    {
        var paths = ReadingOptions.Paths();
        var format = new Option<string>("--format") { Description = "openapi: OpenAPI 3.1 in JSON", DefaultValueFactory = _ => "openapi", HelpName = "openapi" };
        format.AcceptOnlyFromAmong("openapi");
        var file = new Option<string?>("--output", "-o") { Description = "The file to write; without it the document is printed", HelpName = "file" };
        var title = new Option<string>("--title") { Description = "The title of the document", DefaultValueFactory = _ => "WeChat Pay" };
        var version = new Option<string>("--document-version") { Description = "The version of the document", DefaultValueFactory = _ => "1.0.0" };
        var command = new Command("export", "Exports operations and notifications as the generator understands them.") { paths, format, file, title, version };
        command.SetAction(parsed =>
        {
            var set = reading.Load(parsed, parsed.GetValue(paths)!);
            var json = OpenApiJson.Write(new OpenApiDocument(parsed.GetValue(title)!, parsed.GetValue(version)!).Build(set));
            if (parsed.GetValue(file) is { Length: > 0 } target) Save(target, json);
            else parsed.InvocationConfiguration.Output.Write(json);
            return ReadingOptions.Report(set, parsed);
        });
        return command;
    }

    private static void Save(string file, string json)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder) Directory.CreateDirectory(folder);
            File.WriteAllText(file, json);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException("'" + file + "' cannot be written: " + exception.Message);
        }
    }
}
