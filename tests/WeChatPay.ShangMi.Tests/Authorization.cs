using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.ShangMi.Tests;

/// <summary>The parts of an <c>Authorization</c> value.</summary>
internal sealed record Authorization(string Scheme, string MerchantId, string Serial, string Timestamp)
{
    public required IReadOnlyDictionary<string, string> Pairs { get; init; }

    public string Nonce => Pairs["nonce_str"];

    public string Signature => Pairs["signature"];

    public static Authorization Read(string header)
    {
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        var pairs = header[(space + 1)..].Split(',').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim('"'));
        return new(header[..space], pairs["mchid"], pairs["serial_no"], pairs["timestamp"]) { Pairs = pairs };
    }

    public string Message(Received request) => $"{request.Method}\n{request.Address.PathAndQuery}\n{Timestamp}\n{Nonce}\n{request.Text}\n";
}
