using System.ComponentModel;
using System.Text;
using WeChatPay.Encryption;
using WeChatPay.V2;

namespace WeChatPay.Serialization;

/// <summary>Used by generated code: writes the members of a request that travel in the query, in their order, percent-encoded. Null is left out.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class QueryWriter : RepeatingWriter
{
    private readonly List<KeyValuePair<string, string>> _pairs = [];

    internal QueryWriter(SensitiveEncryptor? encryptor)
        : base(encryptor)
    {
    }

    /// <summary>Names and values as they were given, not encoded.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Pairs => _pairs;

    /// <inheritdoc/>
    public override void Text(string name, string? value)
    {
        if (value is null)
            return;
        if (!MemberError.IsPlain(value))
            MemberError.Throw(name, MemberError.Supplementary);
        _pairs.Add(new(name, value));
    }

    /// <summary>The query without the question mark, percent-encoded, in the order written; empty if there is none.</summary>
    public override string ToString()
    {
        if (_pairs.Count == 0)
            return "";
        var query = new StringBuilder();
        foreach (var (name, value) in _pairs)
        {
            if (query.Length > 0)
                query.Append('&');
            query.Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }

        return query.ToString();
    }

    /// <summary>Signs what was written the APIv2 way and adds the signature to it. Values are signed as they are, and encoded only in the address.</summary>
    /// <exception cref="ArgumentException">The algorithm is unknown, or a name comes twice, which the signature could not tell apart.</exception>
    internal V2Message Sign(string key)
    {
        var message = V2Message.Sign([.. _pairs], key, out var sign);
        _pairs.Add(new(V2Signature.SignName, sign));
        return message;
    }
}
