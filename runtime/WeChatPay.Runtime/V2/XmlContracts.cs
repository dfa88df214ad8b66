using System.ComponentModel;

namespace WeChatPay.Serialization;

/// <summary>A document that is read from an APIv2 answer or notification.</summary>
/// <typeparam name="TSelf">The class itself.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IXmlReadable<TSelf>
    where TSelf : class, IXmlReadable<TSelf>
{
    /// <summary>Reads the members.</summary>
    static abstract TSelf Read(XmlBodyReader r);
}
