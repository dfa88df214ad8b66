namespace WeChatPay.V2;

/// <summary>An element of an APIv2 document.</summary>
internal sealed class XmlNode(string name)
{
    public string Name { get; } = name;

    /// <summary>The text with references resolved; of an element that holds others the markup between its tags.</summary>
    public string Text { get; set; } = "";

    /// <summary>Null in an element of text.</summary>
    public List<XmlNode>? Children { get; set; }

    /// <summary>The text of a child; null if there is none.</summary>
    public string? Find(string name)
    {
        for (var i = 0; i < Children?.Count; i++)
        {
            if (Children[i].Name == name)
            {
                return Children[i].Text;
            }
        }

        return null;
    }
}
