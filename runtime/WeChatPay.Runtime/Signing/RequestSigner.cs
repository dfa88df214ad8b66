using System.Buffers;
using System.Globalization;
using System.Text;
using WeChatPay.Keys;

namespace WeChatPay.Signing;

/// <summary>Makes the <c>Authorization</c> value of a request: five values, each with LF behind it, signed with the merchant's key.</summary>
internal static class RequestSigner
{
    private const int OnStack = 1024;

    /// <summary>Signs with a fresh nonce at the current time. Ends synchronously for a key in memory.</summary>
    /// <param name="credentials">The merchant's snapshot.</param>
    /// <param name="method">The verb in upper case.</param>
    /// <param name="target">Path and query exactly as they go into the request line.</param>
    /// <param name="body">The very bytes that are sent; empty without a body.</param>
    /// <param name="cancellationToken">Ends the work of a key elsewhere.</param>
    public static ValueTask<string> AuthorizeAsync(
        MerchantCredentials credentials, string method, string target, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var timestamp = credentials.Clock.GetUtcNow().ToUnixTimeSeconds();
        if (credentials.Key is not RsaMerchantKey key)
        {
            return AuthorizeElsewhereAsync(credentials, method, target, timestamp, Nonce.Create(), body, cancellationToken);
        }

        Span<char> nonce = stackalloc char[Nonce.Length];
        Nonce.Fill(nonce);
        return new(Authorize(credentials, key, method, target, timestamp, nonce, body.Span));
    }

    public static string Authorize(
        MerchantCredentials credentials, RsaMerchantKey key, string method, string target, long timestamp, ReadOnlySpan<char> nonce, ReadOnlySpan<byte> body)
    {
        var message = ArrayPool<byte>.Shared.Rent(LongestMessage(method, target, nonce, body));
        try
        {
            var length = WriteMessage(message, method, target, timestamp, nonce, body);
            var size = key.SignatureLength;
            var signature = size <= OnStack ? stackalloc byte[size] : new byte[size];
            return Header(credentials, timestamp, nonce, signature[..key.Sign(message.AsSpan(0, length), signature)]);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(message);
        }
    }

    /// <summary>The signed message as bytes; also what the sandbox and tests expect.</summary>
    public static byte[] Message(string method, string target, long timestamp, ReadOnlySpan<char> nonce, ReadOnlySpan<byte> body)
    {
        var message = new byte[LongestMessage(method, target, nonce, body)];
        return message[..WriteMessage(message, method, target, timestamp, nonce, body)];
    }

    private static async ValueTask<string> AuthorizeElsewhereAsync(
        MerchantCredentials credentials, string method, string target, long timestamp, string nonce, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var message = Message(method, target, timestamp, nonce, body.Span);
        byte[]? signature;
        try
        {
            signature = await credentials.Key.SignAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException and not WeChatPayException)
        {
            throw Failed("The merchant key could not sign; see the inner exception of the IMerchantKey.", e);
        }

        return signature is { Length: > 0 }
            ? Header(credentials, timestamp, nonce, signature)
            : throw Failed("The IMerchantKey returned no signature.", null);
    }

    private static WeChatPayTransportException Failed(string message, Exception? cause)
        => new(WeChatPayTransportFailure.SigningFailed, message, cause) { Outcome = WeChatPayOutcome.NotSent };

    private static int LongestMessage(string method, string target, ReadOnlySpan<char> nonce, ReadOnlySpan<byte> body)
        => Encoding.UTF8.GetMaxByteCount(method.Length + target.Length + nonce.Length) + 20 + body.Length + 5;

    private static int WriteMessage(
        Span<byte> message, string method, string target, long timestamp, ReadOnlySpan<char> nonce, ReadOnlySpan<byte> body)
    {
        var length = Line(message, 0, method);
        length = Line(message, length, target);
        timestamp.TryFormat(message[length..], out var digits, default, CultureInfo.InvariantCulture);
        length += digits;
        message[length++] = (byte)'\n';
        length = Line(message, length, nonce);
        body.CopyTo(message[length..]);
        length += body.Length;
        message[length++] = (byte)'\n';
        return length;
    }

    private static int Line(Span<byte> message, int at, ReadOnlySpan<char> text)
    {
        at += Encoding.UTF8.GetBytes(text, message[at..]);
        message[at] = (byte)'\n';
        return at + 1;
    }

    private static string Header(MerchantCredentials credentials, long timestamp, ReadOnlySpan<char> nonce, ReadOnlySpan<byte> signature)
    {
        var longest = (signature.Length + 2) / 3 * 4 + credentials.MerchantId.Length + nonce.Length + credentials.CertificateSerialNumber.Length + credentials.Scheme.Length + 128;
        var text = longest <= OnStack ? stackalloc char[OnStack] : new char[longest];
        var length = Append(text, 0, credentials.Scheme);
        length = Append(text, length, credentials.IsBrand ? " brand_id=\"" : " mchid=\"");
        length = Append(text, length, credentials.MerchantId);
        length = Append(text, length, "\",nonce_str=\"");
        length = Append(text, length, nonce);
        length = Append(text, length, "\",signature=\"");
        Convert.TryToBase64Chars(signature, text[length..], out var written);
        length = Append(text, length + written, "\",timestamp=\"");
        timestamp.TryFormat(text[length..], out written, default, CultureInfo.InvariantCulture);
        length = Append(text, length + written, "\",serial_no=\"");
        length = Append(text, length, credentials.CertificateSerialNumber);
        length = Append(text, length, "\"");
        return new string(text[..length]);
    }

    private static int Append(Span<char> text, int at, ReadOnlySpan<char> part)
    {
        part.CopyTo(text[at..]);
        return at + part.Length;
    }
}
