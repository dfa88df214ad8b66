using System.Security.Cryptography.X509Certificates;

namespace WeChatPay.Sandbox;

/// <summary>A platform certificate of the sandbox: what <c>GET /v3/certificates</c> hands out.</summary>
public sealed class SandboxPlatformCertificate
{
    internal SandboxPlatformCertificate(PlatformSigner signer, X509Certificate2 certificate)
    {
        Signer = signer;
        Pem = certificate.ExportCertificatePem();
        NotBefore = new DateTimeOffset(certificate.NotBefore.ToUniversalTime());
        NotAfter = new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
    }

    /// <summary>The serial number: 40 hexadecimal digits in upper case.</summary>
    public string SerialNumber => Signer.Serial;

    /// <summary>The certificate as PEM text.</summary>
    public string Pem { get; }

    /// <summary>The start of its validity.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>The end of its validity.</summary>
    public DateTimeOffset NotAfter { get; }

    internal PlatformSigner Signer { get; }
}
