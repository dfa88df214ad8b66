using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace WeChatPay.Generator.Tests.Support;

/// <summary>An additional file as a host hands it over.</summary>
internal sealed class SpecText(string path, string? content) : AdditionalText
{
    private readonly SourceText? _text = content is null ? null : SourceText.From(content, Encoding.UTF8);

    public override string Path { get; } = path;

    public string? Content { get; } = content;

    /// <summary>Metadata of the item, by its bare name.</summary>
    public Dictionary<string, string> Metadata { get; init; } = [];

    public override SourceText? GetText(CancellationToken cancellationToken = default) => _text;

    /// <summary>A file of the project: below its <c>specs</c> folder.</summary>
    public static SpecText Project(string name, string? content) => new("/src/app/specs/" + name, content);

    /// <summary>A file of the catalogue in a package cache.</summary>
    public static SpecText Catalogue(string name, string? content)
        => new("/home/someone/.nuget/packages/wechatpay.generated/0.1.0/specs/" + name, content)
        {
            Metadata = { ["WeChatPaySpec"] = "true", ["WeChatPayOrigin"] = "catalogue" },
        };

    /// <summary>What a host makes of the same file later: another object.</summary>
    public SpecText Clone() => new(Path, Content) { Metadata = Metadata };

    public SpecText With(string content) => new(Path, content) { Metadata = Metadata };
}
