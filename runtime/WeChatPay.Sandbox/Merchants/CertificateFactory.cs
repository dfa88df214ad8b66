using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace WeChatPay.Sandbox;

/// <summary>Makes throw-away certificates with serial numbers in the form that WeChat Pay prints.</summary>
internal static class CertificateFactory
{
    /// <summary>20 bytes; the first is neither zero (a byte would vanish) nor above 0x7F (DER would add one).</summary>
    public static string NewSerialNumber()
    {
        var bytes = RandomNumberGenerator.GetBytes(20);
        bytes[0] = (byte)RandomNumberGenerator.GetInt32(1, 0x80);
        return Convert.ToHexString(bytes);
    }

    public static X509Certificate2 Create(RSA key, string subject, string serialNumber, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.Create(
            new X500DistinguishedName("CN=WeChatPay Sandbox CA - throw-away"),
            X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1),
            notBefore,
            notAfter,
            Convert.FromHexString(serialNumber));
    }
}
