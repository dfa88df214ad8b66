namespace WeChatPay.Specs.JsDoc;

/// <summary>A <c>/** */</c> comment taken apart.</summary>
internal sealed class JsDocComment
{
    public static JsDocComment None { get; } = new();

    /// <summary>The text before the first tag; lines are joined by a line feed.</summary>
    public string Summary { get; init; } = "";

    public IReadOnlyList<JsDocTag> Tags { get; init; } = [];

    /// <summary>Links inside the summary: <c>{@link url text}</c> and <c>[text](url)</c>.</summary>
    public IReadOnlyList<JsDocLink> Links { get; init; } = [];

    public JsDocTag? Find(string name)
    {
        // Asked a dozen times for each member, most of which have no tag: no enumerator is made for that.
        for (var i = 0; i < Tags.Count; i++)
        {
            if (Tags[i].Name == name) return Tags[i];
        }

        return null;
    }
}

/// <param name="Name">Without <c>@</c>.</param>
/// <param name="Text">All up to the next tag, on one line.</param>
/// <param name="Start">The offset of <c>@</c>.</param>
/// <param name="Length">From <c>@</c> to the end of the text on its first line.</param>
internal sealed record JsDocTag(string Name, string Text, int Start, int Length);

internal sealed record JsDocLink(string Text, string Url, int Start, int Length);
