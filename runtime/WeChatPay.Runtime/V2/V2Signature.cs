using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace WeChatPay.V2;

/// <summary>How an APIv2 message is signed.</summary>
internal enum V2SignType
{
    Md5,
    HmacSha256,
}

/// <summary>
/// Signs and verifies APIv2 messages: members without <c>sign</c> and without empty values, sorted by name, joined as <c>k=v&amp;</c>, the key at
/// the end; MD5 or HMAC-SHA256 as upper-case hex.
/// </summary>
internal static class V2Signature
{
    public const string SignName = "sign";
    public const string SignTypeName = "sign_type";
    public const string Md5Name = "MD5";
    public const string HmacName = "HMAC-SHA256";

    /// <summary>What the wire calls the algorithm; null or empty is MD5 by the protocol.</summary>
    public static bool TryParse(string? signType, out V2SignType type)
    {
        type = signType == HmacName ? V2SignType.HmacSha256 : V2SignType.Md5;
        return type == V2SignType.HmacSha256 || string.IsNullOrEmpty(signType) || signType == Md5Name;
    }

    public static string Compute(IEnumerable<KeyValuePair<string, string>> members, string key, V2SignType type)
    {
        var message = Encoding.UTF8.GetBytes(Message(members, key));
        return Convert.ToHexString(type == V2SignType.HmacSha256 ? HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), message) : Md5(message));
    }

    /// <summary>Compares in a time that does not depend on where the signatures differ.</summary>
    public static bool Verify(IEnumerable<KeyValuePair<string, string>> members, string key, V2SignType type, string sign)
        => CryptographicOperations.FixedTimeEquals(
            MemoryMarshal.AsBytes(Compute(members, key, type).AsSpan()), MemoryMarshal.AsBytes(sign.AsSpan()));

    /// <summary>The algorithm that a signature of this length can be of; null if none.</summary>
    public static V2SignType? ByLength(string sign) => sign.Length switch
    {
        32 => V2SignType.Md5,
        64 => V2SignType.HmacSha256,
        _ => null,
    };

    public static IEnumerable<KeyValuePair<string, string>> Members(XmlNode root)
    {
        foreach (var child in root.Children ?? [])
        {
            yield return new(child.Name, child.Text);
        }
    }

    private static string Message(IEnumerable<KeyValuePair<string, string>> members, string key)
    {
        var signed = new List<KeyValuePair<string, string>>();
        foreach (var member in members)
        {
            if (member.Value.Length > 0 && member.Key != SignName)
            {
                signed.Add(member);
            }
        }

        signed.Sort(static (x, y) => string.CompareOrdinal(x.Key, y.Key));
        var text = new StringBuilder();
        foreach (var (name, value) in signed)
        {
            text.Append(name).Append('=').Append(value).Append('&');
        }

        return text.Append("key=").Append(key).ToString();
    }

    [SuppressMessage("Security", "CA5351", Justification = "The protocol's older algorithm; who may choose takes HMAC-SHA256.")]
    private static byte[] Md5(byte[] message) => MD5.HashData(message);
}
