using System.Buffers;
using System.Security.Cryptography.X509Certificates;

namespace WeChatPay.Keys;

/// <summary>
/// Serial numbers as WeChat Pay writes them: upper-case hex, whole bytes. A leading zero digit stays; the sign byte that DER and
/// <see cref="X509Certificate2.SerialNumber"/> put before a set top bit does not.
/// </summary>
internal static class SerialNumber
{
    private const int Digits = 40;

    private static readonly SearchValues<char> UpperHex = SearchValues.Create("0123456789ABCDEF");

    public static string Of(X509Certificate2 certificate)
    {
        var bytes = certificate.SerialNumberBytes.Span;
        return Convert.ToHexString(bytes.Length > 1 && bytes[0] == 0 && bytes[1] >= 0x80 ? bytes[1..] : bytes);
    }

    /// <summary>A platform certificate may have this serial: 40 hex digits in upper case. The id of a public key is none.</summary>
    public static bool IsOfCertificate(string serial)
        => serial.Length == Digits && !serial.AsSpan().ContainsAnyExcept(UpperHex);

    /// <summary>Brings what people paste (lower case, colons, blanks, a sign byte) into that form.</summary>
    /// <returns>The serial, or null with what is wrong.</returns>
    public static string? Normalize(string text, out string? problem)
    {
        Span<char> digits = stackalloc char[Digits + 2];
        var count = 0;
        foreach (var c in text.AsSpan().Trim())
        {
            if (c is ':' or ' ')
            {
                continue;
            }

            if (!char.IsAsciiHexDigit(c))
            {
                problem = text.StartsWith("PUB_KEY_ID_", StringComparison.Ordinal)
                    ? "is the id of a WeChat Pay public key; it takes the serial number of the merchant's own API certificate "
                        + "(openssl x509 -in apiclient_cert.pem -noout -serial), the other one belongs into PublicKeyId"
                    : "has characters that are no hex digits; copy the serial number of the merchant API certificate "
                        + "(openssl x509 -in apiclient_cert.pem -noout -serial)";
                return null;
            }

            if (count == digits.Length)
            {
                problem = $"has more than {Digits} hex digits; copy the serial number of the merchant API certificate";
                return null;
            }

            digits[count++] = char.ToUpperInvariant(c);
        }

        var serial = digits[..count];
        if (count == digits.Length && serial.StartsWith("00"))
        {
            serial = serial[2..];
        }

        if (serial.Length is 0 or > Digits)
        {
            problem = $"must have {Digits} hex digits";
            return null;
        }

        if (serial.Length % 2 != 0)
        {
            problem = $"has {serial.Length} hex digits, but whole bytes make an even number; a tool may have dropped a leading zero";
            return null;
        }

        problem = null;
        return new string(serial);
    }
}
