using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace WeChatPay.Serialization;

/// <summary>The inputs of one operation. Implemented by generated request classes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IWeChatPayRequest
{
    /// <summary>Writes the members that travel in the query.</summary>
    void WriteQuery(QueryWriter w)
    {
    }

    /// <summary>Writes the members that travel as headers.</summary>
    void WriteHeaders(HeaderWriter w)
    {
    }

    /// <summary>Writes the members of the JSON body; the braces are the runtime's.</summary>
    void WriteBody(JsonBodyWriter w)
    {
    }

    /// <summary>Writes the members of the XML body of APIv2; root and signature are the runtime's.</summary>
    void WriteXml(XmlBodyWriter w)
    {
    }
}

/// <summary>A nested object of a request.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IJsonWritable
{
    /// <summary>Writes the members; the braces are the writer's.</summary>
    void Write(JsonBodyWriter w);
}

/// <summary>An object that is read from an answer or a notification.</summary>
/// <typeparam name="TSelf">The class itself.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IJsonReadable<TSelf>
    where TSelf : class, IJsonReadable<TSelf>
{
    /// <summary>Reads the members of the object that the reader has just entered.</summary>
    static abstract TSelf Read(ref JsonBodyReader r);
}

/// <summary>What the readers and the base class need of an open enumeration.</summary>
/// <typeparam name="TSelf">The enumeration itself.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IOpenEnumeration<TSelf>
    where TSelf : WeChatPayEnumeration<TSelf>, IOpenEnumeration<TSelf>
{
    /// <summary>Wraps a wire text, known or not; null is absent.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    static abstract implicit operator TSelf?(string? value);
}
