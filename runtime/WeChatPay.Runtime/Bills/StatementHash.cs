using System.Net.Http.Headers;
using System.Text;
using WeChatPay.Signing;
using WeChatPay.Transport;

namespace WeChatPay.Bills;

/// <summary>
/// Statements of the global interfaces come with their SHA-1 in a header, and the signature of the answer is over <c>{"sha1":"…"}</c> instead of the
/// body (seen in the PHP and Node SDKs). Where the header is, the signature has to be right.
/// </summary>
internal static class StatementHash
{
    public const string HeaderName = "Wechatpay-Statement-Sha1";

    /// <summary>The verified hash in hex, or null if the answer has none.</summary>
    /// <exception cref="WeChatPaySignatureException">The header is there, and its signature is missing or wrong.</exception>
    public static async ValueTask<string?> ReadAsync(WeChatPayCall call, HttpResponseHeaders headers, CancellationToken cancellationToken)
    {
        if (!headers.NonValidated.TryGetValues(HeaderName, out var values))
        {
            return null;
        }

        var sha1 = values.ToString();
        if (values.Count != 1 || sha1.Length != 40 || !IsHex(sha1))
        {
            throw new WeChatPaySignatureException(WeChatPaySignatureFailure.MalformedHeader, $"The header {HeaderName} is no single SHA-1 of 40 hex digits.");
        }

        var failure = SignatureHeaders.TryRead(headers, out var signature)
            ?? await call.CheckAsync(signature, Encoding.ASCII.GetBytes($"{{\"sha1\":\"{sha1}\"}}"), cancellationToken).ConfigureAwait(false);
        return failure is null ? sha1 : throw failure;
    }

    private static bool IsHex(string text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return false;
            }
        }

        return true;
    }
}
