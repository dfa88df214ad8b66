using System.Diagnostics;

namespace WeChatPay.V2;

/// <summary>What was sent by an APIv2 request: the answer is held against it.</summary>
/// <param name="Members">Names and values as they were signed, without <c>sign</c>.</param>
/// <param name="Key">The APIv2 key that signed.</param>
/// <param name="SignType">The algorithm, which the answer has to use as well.</param>
[DebuggerDisplay("{SignType}")]
internal sealed record V2Message(
    IReadOnlyList<KeyValuePair<string, string>> Members,
    [property: DebuggerBrowsable(DebuggerBrowsableState.Never)] string Key,
    V2SignType SignType)
{
    public string? Find(string name)
    {
        for (var i = 0; i < Members.Count; i++)
        {
            if (Members[i].Key == name)
            {
                return Members[i].Value;
            }
        }

        return null;
    }

    /// <summary>Never the key.</summary>
    public override string ToString() => SignType.ToString();
}
