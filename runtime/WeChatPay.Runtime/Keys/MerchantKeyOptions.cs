using System.Security.Cryptography;
using WeChatPay.Signing;

namespace WeChatPay.Keys;

/// <summary>Reads the merchant's own key and certificate out of options, and holds them against each other where both are there.</summary>
internal static class MerchantKeyOptions
{
    private const string SerialName = "WeChatPayOptions.MerchantCertificateSerialNumber";
    private const string KeyName = "WeChatPayOptions.MerchantPrivateKey";
    private const string CertificateName = "WeChatPayOptions.MerchantCertificate";

    /// <summary>Reads both.</summary>
    /// <returns>What could be read; null where there is a problem. The end of the certificate, where that is set.</returns>
    public static (string? Serial, IMerchantKey? Key, DateTimeOffset? CertificateNotAfter) Read(WeChatPayOptions options, List<string> problems)
    {
        var key = ReadKey(options, problems);
        if (string.IsNullOrWhiteSpace(options.MerchantCertificate))
        {
            return (ReadSerial(options, problems), key, null);
        }

        var certificate = ReadCertificate(options, problems);
        if (certificate is not null && key is not null)
        {
            CheckPair(certificate, key, problems);
        }

        if (!string.IsNullOrWhiteSpace(options.MerchantCertificateSerialNumber)
            && ReadSerial(options, problems) is { } serial && certificate is not null && serial != certificate.Serial)
        {
            problems.Add($"{SerialName} ({serial}) is not the serial number of {CertificateName} ({certificate.Serial}): remove the first, which is read from the certificate, or set the certificate that belongs to it.");
        }

        return (certificate?.Serial, key, certificate?.NotAfter);
    }

    private static string? ReadSerial(WeChatPayOptions options, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(options.MerchantCertificateSerialNumber))
        {
            problems.Add($"{SerialName} is not set: set it to the serial number of the merchant API certificate (openssl x509 -in apiclient_cert.pem -noout -serial), or set {CertificateName}.");
            return null;
        }

        var serial = SerialNumber.Normalize(options.MerchantCertificateSerialNumber, out var problem);
        if (serial is null)
        {
            problems.Add($"{SerialName} {problem}.");
        }

        return serial;
    }

    private static IMerchantKey? ReadKey(WeChatPayOptions options, List<string> problems)
    {
        var hasText = !string.IsNullOrWhiteSpace(options.MerchantPrivateKey);
        if (hasText == options.MerchantKey is not null)
        {
            problems.Add(hasText
                ? $"{KeyName} and WeChatPayOptions.MerchantKey are both set: keep the one that signs and remove the other."
                : $"{KeyName} is not set: set it to the content of apiclient_key.pem, or set WeChatPayOptions.MerchantKey."
                    + (string.IsNullOrEmpty(options.ApiV2Key) ? "" : " For APIv2 alone set MerchantId and ApiV2Key, and no option of APIv3."));
            return null;
        }

        if (!hasText)
        {
            return CheckScheme(options.MerchantKey!, options.AlgorithmSuite, problems);
        }

        if (PrivateKeyText.TryRead(options.MerchantPrivateKey!, options.MerchantPrivateKeyPassword, KeyName, out var problem) is { } rsa)
        {
            return new RsaMerchantKey(rsa);
        }

        problems.Add(problem!);
        return null;
    }

    private static IMerchantKey? CheckScheme(IMerchantKey key, IAlgorithmSuite? suite, List<string> problems)
    {
        if (!SignatureScheme.IsToken(key.Scheme))
        {
            problems.Add("WeChatPayOptions.MerchantKey names no signature scheme; it would open the Authorization header.");
            return null;
        }

        if (key.Scheme == SignatureScheme.Rsa || key.Scheme == suite?.Scheme)
        {
            return key;
        }

        problems.Add($"WeChatPayOptions.MerchantKey signs with {key.Scheme}, and WeChatPayOptions.AlgorithmSuite {(suite is null ? "is not set" : $"is that of {suite.Scheme}")}: set it to the suite of that scheme, without which no answer can be verified.");
        return null;
    }

    private static PlatformKey? ReadCertificate(WeChatPayOptions options, List<string> problems)
    {
        var certificates = KeyText.ReadCertificates(options.MerchantCertificate!, CertificateName, out var problem);
        try
        {
            if (problem is null && certificates.Count == 1 && PlatformKey.TryFromCertificate(certificates[0], out var flaw, options.AlgorithmSuite) is { } certificate)
            {
                return certificate;
            }

            problems.Add(problem is not null ? $"{CertificateName} takes the merchant API certificate (apiclient_cert.pem). {problem}"
                : certificates.Count != 1 ? $"{CertificateName} holds {certificates.Count} certificates: it takes the merchant API certificate (apiclient_cert.pem) alone."
                : $"{CertificateName} has no key that a merchant API certificate could have: it takes apiclient_cert.pem.");
            return null;
        }
        finally
        {
            foreach (var certificate in certificates)
            {
                certificate.Dispose();
            }
        }
    }

    /// <summary>A key in this process shows by a signature whether it belongs to the certificate. One in a vault is not asked: that would be a network call.</summary>
    private static void CheckPair(PlatformKey certificate, IMerchantKey key, List<string> problems)
    {
        if (key is not ILocalMerchantKey local)
        {
            return;
        }

        var probe = "Does this key belong to this certificate?"u8;
        bool belongs;
        try
        {
            belongs = certificate.SignatureType == key.Scheme && certificate.Verify(probe, local.Sign(probe));
        }
        catch (CryptographicException)
        {
            belongs = false;
        }

        if (!belongs)
        {
            problems.Add($"The merchant's private key does not belong to {CertificateName} ({certificate.Serial}): take apiclient_key.pem and apiclient_cert.pem of the same download.");
        }
    }
}
