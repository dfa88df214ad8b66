namespace WeChatPay.Specs.JsDoc;

/// <summary>A tag of a comment that declares types, or a line that should have been one.</summary>
/// <param name="Tag">Without <c>@</c>; empty for a line that looks like a member but has no tag.</param>
/// <param name="Start">Where the tag, or the line, begins.</param>
/// <param name="ContentStart">Behind the tag.</param>
/// <param name="End">Before the next entry or the end of the comment.</param>
internal readonly record struct TypedefEntry(string Tag, int Start, int ContentStart, int End);
