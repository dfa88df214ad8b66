using System.IO;
using WeChatPay.Specs.Binding;
using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.JsDoc;
using WeChatPay.Specs.Markdown;
using WeChatPay.Specs.Model;
using WeChatPay.Specs.Text;
using WeChatPay.Specs.TypeScript;

namespace WeChatPay.Specs;

/// <summary>Which request members are <c>required</c>.</summary>
public enum RequiredMembers
{
    /// <summary>Those without <c>?</c>, in files whose front matter says <c>optionality: declared</c>.</summary>
    Declared,

    /// <summary>Those without <c>?</c>, in every file.</summary>
    All,

    None,
}

public sealed record SpecReaderOptions
{
    public static SpecReaderOptions Default { get; } = new();

    public RequiredMembers RequiredMembers { get; init; } = RequiredMembers.Declared;
}

/// <summary>The model of a file, and beside it what is tied to positions.</summary>
public sealed record SpecReadResult
{
    public required SpecFile File { get; init; }

    public EquatableArray<SpecDiagnostic> Diagnostics { get; init; }

    /// <summary>Where each operation, notification and shared shape of the file is declared, for diagnostics across files.</summary>
    public EquatableArray<DeclarationSite> Declarations { get; init; }
}

/// <param name="Key"><see cref="Operation.Key"/>, <see cref="Notification.Key"/>, or <c>model Name</c> for a shared shape.</param>
/// <param name="Range">The name of the declaring namespace.</param>
public sealed record DeclarationSite(string Key, TextRange Range);

/// <summary>Reads a spec file: text in, model and diagnostics out.</summary>
public static class SpecReader
{
    /// <summary>
    /// Reads one file. A pure function of its arguments: no file system, no clock, no culture. It never throws
    /// except for cancellation and for an installation that lacks a library of its own; whatever is wrong with the text is a diagnostic.
    /// </summary>
    /// <param name="path">Where the file stands; used for messages, for the check of its place, and to tell notifications.</param>
    /// <param name="text">The content.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SpecReadResult Read(string path, string text, SpecReaderOptions? options = null, CancellationToken cancellationToken = default)
    {
        path ??= "";
        text ??= "";
        // A file of the old Macintosh form; the length stays, so places do.
        if (text.IndexOf('\r') >= 0 && text.IndexOf('\n') < 0) text = text.Replace('\r', '\n');
        var lines = new LineMap(text);
        var sink = new DiagnosticSink(path, lines);
        var place = new SpecPath(path);
        try
        {
            if (SpecFences.MayBeIn(text) && ReadFile(place, text, lines, sink, options ?? SpecReaderOptions.Default, cancellationToken) is { } result) return result;
        }
        catch (Exception e) when (!IsLoadFailure(e) && (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested))
        {
            // One bad file must never stop another, and a generator that throws is switched off by its host.
            sink.Report(SpecDiagnostics.Internal, 0, 0, e.GetType().Name + ": " + e.Message);
        }

        return new SpecReadResult { File = new SpecFile { Path = place.Text, Title = "" }, Diagnostics = sink.ToArray() };
    }

    /// <summary>Markdig or YamlDotNet is missing or is another version: no fault of the file, and the host knows what to say. Nothing else here loads or opens anything.</summary>
    private static bool IsLoadFailure(Exception exception)
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            if (current is FileNotFoundException or FileLoadException or BadImageFormatException or TypeLoadException or MissingMemberException) return true;
        }

        return false;
    }

    private static SpecReadResult? ReadFile(
        SpecPath path, string text, LineMap lines, DiagnosticSink sink, SpecReaderOptions options, CancellationToken cancellationToken)
    {
        if (MarkdownReader.Read(text, sink) is not { } document) return null;
        var blocks = new List<NamespaceBlock>();
        var reader = new TypedefReader(text, sink, cancellationToken);
        var typedefs = new List<Typedef>();
        foreach (var fence in document.Fences)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!SpecFences.IsLanguage(fence.Language)) continue;
            if (SpecFences.Declares(text, fence.ContentStart, fence.ContentEnd))
            {
                if (!fence.IsClosed) sink.Report(SpecDiagnostics.UnclosedFence, fence.Start, 3);
                blocks.AddRange(Parser.Parse(text, fence.ContentStart, fence.ContentEnd, sink, cancellationToken));
            }
            else if (path.IsWebhook && SpecFences.Typedefs(text, fence.ContentStart, fence.ContentEnd) >= 0)
            {
                if (!fence.IsClosed) sink.Report(SpecDiagnostics.UnclosedFence, fence.Start, 3);
                typedefs.AddRange(reader.Read(fence.ContentStart, fence.ContentEnd));
            }
        }

        if (typedefs.Count > 0) blocks.Add(new TypedefNotification(path, text, document, sink).ToBlock(typedefs));
        if (blocks.Count == 0) return null;
        if (document.OpenFrontMatter is { } marks) sink.Report(SpecDiagnostics.FrontMatter, marks, 3, "it is not closed; add a line of --- after it.");
        var frontMatter = document.FrontMatter is var (start, end) ? YamlFrontMatter.Read(text, start, end, sink) : FrontMatter.None;
        var context = new BindingContext(text, new DeclarationTable(blocks), sink, cancellationToken)
        {
            MarksAreDeclared = ReadOptionality(frontMatter, sink),
            Options = options,
        };
        foreach (var (at, description) in reader.Descriptions) context.Remember(at, new JsDocComment { Summary = description });
        var (file, sites) = new FileBinder(context, new PageDocumentation(document, frontMatter, sink), path, r => lines.Range(r.Start, r.Length)).Bind();
        return new SpecReadResult { File = file, Diagnostics = sink.ToArray(), Declarations = sites };
    }

    private static bool ReadOptionality(FrontMatter frontMatter, DiagnosticSink sink)
    {
        if (frontMatter.Find("optionality") is not { } value) return false;
        if (value.Text == "declared") return true;
        sink.Report(SpecDiagnostics.Optionality, value.Start, value.Length, value.Text);
        return false;
    }
}
