namespace WeChatPay.Tool.Tests.Support;

/// <summary>A folder of spec files for one test.</summary>
internal sealed class SpecFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("wechatpay-tool-");

    public string Path => System.IO.Path.Combine(_root.FullName, "specs");

    public string Combine(string relative) => System.IO.Path.Combine(Path, relative);

    /// <summary>Adds a file with one fence.</summary>
    public SpecFolder Add(string relative, string declarations, string heading = "# Sample {#post}")
        => AddText(relative, "---\ntitle: Sample\noptionality: declared\n---\n\n" + heading + "\n\n```ts\n" + declarations + "\n```\n");

    public SpecFolder AddText(string relative, string text)
    {
        var file = Combine(relative);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return this;
    }

    /// <summary>A POST without members in request and answer.</summary>
    public static string Post(string path, string interfaces = "") => "namespace WeChatPay.OpenAPI." + path + ".PostHttpMethod {\n" + interfaces + "\nexport interface WellformedResponse {}\n}";

    public void Dispose() => _root.Delete(recursive: true);
}
