using System.Buffers;
using System.Linq;
using System.Text;
using WeChatPay.Keys;

namespace WeChatPay.Signing;

/// <summary>
/// Decides whether WeChat Pay signed a message for this merchant. Fails closed: whatever is odd is refused, cheap checks first,
/// and the key is the one of that serial or none.
/// </summary>
internal sealed class SignedMessageVerifier(PlatformKeySet keys, TimeProvider clock, TimeSpan tolerance)
{
    private const int OnStack = 512;

    // Of an RSA key of 8192 bits, and of two numbers of 32 bytes in DER that happen to begin with zeros.
    private const int LongestPlausible = 1024;
    private const int ShortestPlausible = 64;

    private readonly long _tolerance = (long)tolerance.TotalSeconds;

    /// <summary>Verifies a message.</summary>
    /// <param name="headers">Its headers.</param>
    /// <param name="body">Its raw bytes: the very buffer that is parsed afterwards.</param>
    /// <exception cref="WeChatPaySignatureException">It is not proven.</exception>
    public void Verify(in SignatureHeaders headers, ReadOnlySpan<byte> body)
    {
        if (Check(headers, body) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>Like <see cref="Verify"/>, for those who go on either way.</summary>
    /// <returns>The failure, or null for a proven message.</returns>
    public WeChatPaySignatureException? Check(in SignatureHeaders headers, ReadOnlySpan<byte> body)
    {
        var now = clock.GetUtcNow();
        if (CheckTime(headers, now) is { } skew)
        {
            return skew;
        }

        if (!keys.TryGet(headers.Serial, out var key))
        {
            return Fail(WeChatPaySignatureFailure.UnknownSerial, UnknownSerial(headers.Serial), headers);
        }

        if (!key.IsValidAt(now))
        {
            return Fail(
                WeChatPaySignatureFailure.ExpiredCertificate,
                $"The platform certificate {key.Serial} is valid from {key.NotBefore:u} to {key.NotAfter:u}, which is not now; an expired certificate proves nothing.",
                headers);
        }

        // Without the header a message says RSA, so a key of another algorithm refuses it.
        if ((headers.SignatureType ?? SignatureScheme.Rsa) != key.SignatureType)
        {
            return Fail(
                WeChatPaySignatureFailure.UnsupportedAlgorithm,
                $"The message declares {(headers.SignatureType is { } type ? $"the algorithm '{FailureText.OneLine(type)}'" : "no algorithm, which means RSA")}, but key {key.Serial} signs with {key.SignatureType}.",
                headers);
        }

        return CheckSignature(headers, body, key);
    }

    /// <summary>The part that needs no key.</summary>
    /// <returns>The failure, or null if the message's time is within the tolerance.</returns>
    public WeChatPaySignatureException? CheckTime(in SignatureHeaders headers) => CheckTime(headers, clock.GetUtcNow());

    /// <summary>
    /// Whether WeChat Pay signed the message, whenever that was. It proves nothing about now and makes no message good; it only tells whose time the message names.
    /// </summary>
    public bool WasSigned(in SignatureHeaders headers, ReadOnlySpan<byte> body)
        => keys.TryGet(headers.Serial, out var key)
            && (headers.SignatureType ?? SignatureScheme.Rsa) == key.SignatureType
            && CheckSignature(headers, body, key) is null;

    /// <summary>A text that could be a signature of some key, as far as can be told without that key.</summary>
    public static bool IsPlausible(string signature)
    {
        Span<byte> bytes = stackalloc byte[LongestPlausible];
        return TryDecode(signature, bytes, out var length) && length >= ShortestPlausible;
    }

    private WeChatPaySignatureException? CheckTime(in SignatureHeaders headers, DateTimeOffset now)
    {
        var ahead = headers.UnixSeconds - now.ToUnixTimeSeconds();
        return Math.Abs(ahead) <= _tolerance
            ? null
            : Fail(
                WeChatPaySignatureFailure.ClockSkew,
                $"The message's time is {Math.Abs(ahead)} s {(ahead > 0 ? "ahead of" : "behind")} the local clock; at most {_tolerance} s are allowed. "
                    + "Synchronise the clock of this machine, or see what holds messages back.",
                headers);
    }

    private static WeChatPaySignatureException? CheckSignature(in SignatureHeaders headers, ReadOnlySpan<byte> body, PlatformKey key)
    {
        var (shortest, longest) = (key.Key.ShortestSignature, key.Key.LongestSignature);
        var signature = longest <= OnStack ? stackalloc byte[longest] : new byte[longest];
        if (!TryDecode(headers.Signature, signature, out var size) || size < shortest)
        {
            return Fail(
                WeChatPaySignatureFailure.MalformedSignature,
                $"The signature is not the canonical base64 of {(shortest == longest ? $"{longest}" : $"{shortest} to {longest}")} bytes.",
                headers);
        }

        // Hashing needs the three parts in one place; a copy of a body costs less than a hash object, and far less than RSA.
        var message = ArrayPool<byte>.Shared.Rent(headers.Timestamp.Length + headers.Nonce.Length + body.Length + 3);
        try
        {
            var length = Line(message, 0, headers.Timestamp);
            length = Line(message, length, headers.Nonce);
            body.CopyTo(message.AsSpan(length));
            length += body.Length;
            message[length++] = (byte)'\n';
            return key.Verify(message.AsSpan(0, length), signature[..size])
                ? null
                : Fail(
                    WeChatPaySignatureFailure.Mismatch,
                    $"The signature does not belong to this message under key {key.Serial}. The message was changed on its way, is forged, or the key of that serial is another one.",
                    headers);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(message);
        }
    }

    /// <summary>Accepts exactly one text for each signature: no blanks, no url-safe letters, no unused bits.</summary>
    private static bool TryDecode(string text, Span<byte> signature, out int length)
    {
        length = 0;
        var longest = (signature.Length + 2) / 3 * 4;
        if (text.Length > longest || !Convert.TryFromBase64Chars(text, signature, out length))
        {
            return false;
        }

        var again = longest <= OnStack * 2 ? stackalloc char[longest] : new char[longest];
        return Convert.TryToBase64Chars(signature[..length], again, out var written) && text.AsSpan().SequenceEqual(again[..written]);
    }

    private static int Line(byte[] message, int at, string text)
    {
        at += Encoding.ASCII.GetBytes(text, message.AsSpan(at));
        message[at] = (byte)'\n';
        return at + 1;
    }

    private string UnknownSerial(string serial)
    {
        var known = string.Join(", ", keys.Keys.Select(static key => key.Serial));
        var remedy = serial.StartsWith("PUB_KEY_ID_", StringComparison.Ordinal)
            ? "If it is the id that the merchant platform shows, set PublicKeyId and PublicKey to it and its key."
            : "If it is a new platform certificate: with ApiV3Key set they are fetched, for unknown serials at most once a minute; see the log for a refresh that failed.";
        return $"The message names key '{FailureText.OneLine(serial)}', which is not in this merchant's trust set ({known}). {remedy}";
    }

    private static WeChatPaySignatureException Fail(WeChatPaySignatureFailure reason, string message, in SignatureHeaders headers)
        => new(reason, headers.IsProbe ? message + " (A deliberate probe by WeChat Pay: refusing it is right.)" : message) { IsProbe = headers.IsProbe };
}
