using System.Diagnostics;
using WeChatPay.Serialization;

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
    /// <summary>Signs members, wherever they travel, with the algorithm that their <c>sign_type</c> names: MD5 if there is none.</summary>
    /// <exception cref="ArgumentException">The algorithm is unknown, or a name comes twice: the server would sign one of the values and read the other.</exception>
    public static V2Message Sign(IReadOnlyList<KeyValuePair<string, string>> members, string key, out string sign)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { V2Signature.SignName };
        string? signType = null;
        foreach (var (name, value) in members)
        {
            if (!names.Add(name))
            {
                MemberError.Throw(name, name == V2Signature.SignName ? "is the signature, which the client makes." : "comes more than once, which APIv2 cannot sign.");
            }

            signType = name == V2Signature.SignTypeName ? value : signType;
        }

        if (!V2Signature.TryParse(signType, out var type))
        {
            MemberError.Throw(V2Signature.SignTypeName, $"must be {V2Signature.Md5Name} or {V2Signature.HmacName}.");
        }

        sign = V2Signature.Compute(members, key, type);
        return new(members, key, type);
    }

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
