using System.Globalization;
using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.JsDoc;
using WeChatPay.Specs.TypeScript;

namespace WeChatPay.Specs.Binding;

/// <summary>What the binders of one file share.</summary>
internal sealed class BindingContext
{
    /// <summary>The largest real file has some hundreds.</summary>
    private const int MostMembers = 50_000;

    private readonly Dictionary<int, JsDocComment> _comments = [];
    private readonly string _text;
    private int _spent;

    public BindingContext(string text, DeclarationTable table, DiagnosticSink sink, CancellationToken cancellation)
    {
        (_text, Table, Sink, Cancellation) = (text, table, sink, cancellation);
        Resolver = new TypeResolver(this);
    }

    public DeclarationTable Table { get; }

    public DiagnosticSink Sink { get; }

    public TypeResolver Resolver { get; }

    public CancellationToken Cancellation { get; }

    public required SpecReaderOptions Options { get; init; }

    /// <summary>Request members without <c>?</c> are required.</summary>
    public bool MarksAreTrusted => Options.RequiredMembers switch
    {
        RequiredMembers.All => true,
        RequiredMembers.None => false,
        _ => MarksAreDeclared,
    };

    /// <summary>The file itself says that its marks can be trusted, so that single literals may be pre-set.</summary>
    public bool MarksAreDeclared { get; init; }

    public JsDocComment Comment(DocPlace place)
    {
        if (place.Length == 0) return JsDocComment.None;
        if (!_comments.TryGetValue(place.Start, out var comment))
        {
            comment = JsDocParser.Parse(_text, place.Start, place.Length);
            _comments.Add(place.Start, comment);
        }

        return comment;
    }

    /// <summary>Makes a comment stand for a place, where the documents write it in another form than <c>/** */</c>.</summary>
    public void Remember(DocPlace place, JsDocComment comment) => _comments[place.Start] = comment;

    public string Source(int start, int length) => _text.Substring(start, length);

    /// <summary>
    /// Counts work that references can multiply: interfaces that hold each other twice grow without bound.
    /// False when the file has had its share.
    /// </summary>
    public bool Spend(int start, int length)
    {
        Cancellation.ThrowIfCancellationRequested();
        if (_spent++ < MostMembers) return true;
        if (_spent == MostMembers + 1) Sink.Report(SpecDiagnostics.TooLarge, start, length, MostMembers.ToString(CultureInfo.InvariantCulture));
        return false;
    }
}
