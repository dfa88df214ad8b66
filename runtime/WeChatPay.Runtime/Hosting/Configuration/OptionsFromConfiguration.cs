using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;

namespace WeChatPay.Hosting;

/// <summary>
/// Reads one merchant's options out of a configuration section, key by key and without reflection. Keys are named as the options; key material and passwords may
/// stand in files, named by the key with <c>File</c> at its end.
/// </summary>
internal static class OptionsFromConfiguration
{
    private const string ClientCertificateFile = "ClientCertificateFile";
    private const string ClientCertificatePassword = "ClientCertificatePassword";

    /// <summary>Reads what is there; the rest stays as it is. Problems are kept in the options, and are reported with those of the validation.</summary>
    /// <param name="section">The section.</param>
    /// <param name="options">The options.</param>
    /// <param name="contentRoot">Where relative paths begin; null: the current directory.</param>
    public static void Read(IConfiguration section, WeChatPayOptions options, string? contentRoot)
    {
        var path = (section as IConfigurationSection)?.Path ?? "";
        if (section is IConfigurationSection own && !own.Exists())
        {
            options.Origin = new(path) { IsMissing = true };
            options.Origin.Add($"The configuration has no section '{path}': add it with the merchant's options, or name the section that has them.");
            return;
        }

        options.Origin = new(path);
        var reader = new SectionReader(section, options.Origin, new(contentRoot));
        ReadMerchant(reader, options);
        ReadPlatform(reader, options);
        ReadConnection(reader, options);
        ReadFormerKeys(reader, options);
        reader.OnlyInCode(nameof(WeChatPayOptions.MerchantKey), "set it in code (AddWeChatPay(section, options => options.MerchantKey = …)), or name a key file in MerchantPrivateKeyFile.");
        reader.OnlyInCode(nameof(WeChatPayOptions.AlgorithmSuite), "set it in code (AddWeChatPay(section, options => …)).");
        reader.OnlyInCode(nameof(WeChatPayOptions.TimeProvider), "it is for tests; set it in code.");
        reader.OnlyInCode(nameof(WeChatPayOptions.ClientCertificate), $"name the file apiclient_cert.p12 in {ClientCertificateFile}, and its password in {ClientCertificatePassword}.");
        reader.Finish();
    }

    private static void ReadMerchant(SectionReader reader, WeChatPayOptions options)
    {
        options.MerchantId = reader.Text(nameof(options.MerchantId)) ?? options.MerchantId;
        options.BrandId = reader.Text(nameof(options.BrandId)) ?? options.BrandId;
        options.MerchantCertificateSerialNumber = reader.Text(nameof(options.MerchantCertificateSerialNumber)) ?? options.MerchantCertificateSerialNumber;
        options.MerchantCertificate = reader.TextOrFile(nameof(options.MerchantCertificate), nameof(options.MerchantCertificateSerialNumber)) ?? options.MerchantCertificate;
        options.MerchantPrivateKey = reader.TextOrFile(nameof(options.MerchantPrivateKey)) ?? options.MerchantPrivateKey;
        options.MerchantPrivateKeyPassword = reader.TextOrFile(nameof(options.MerchantPrivateKeyPassword), nameof(options.MerchantPrivateKey)) ?? options.MerchantPrivateKeyPassword;
        options.ApiV3Key = reader.TextOrFile(nameof(options.ApiV3Key)) ?? options.ApiV3Key;
        options.ApiV2Key = reader.TextOrFile(nameof(options.ApiV2Key)) ?? options.ApiV2Key;
        options.AcceptMd5Notifications = reader.Flag(nameof(options.AcceptMd5Notifications)) ?? options.AcceptMd5Notifications;
    }

    private static void ReadPlatform(SectionReader reader, WeChatPayOptions options)
    {
        options.PublicKeyId = reader.Text(nameof(options.PublicKeyId)) ?? options.PublicKeyId;
        options.PublicKey = reader.TextOrFile(nameof(options.PublicKey)) ?? options.PublicKey;
        options.FetchPlatformCertificates = reader.Flag(nameof(options.FetchPlatformCertificates)) ?? options.FetchPlatformCertificates;

        var certificates = new List<string>(options.PlatformCertificates ?? []);
        foreach (var element in reader.List(nameof(options.PlatformCertificates)))
        {
            certificates.Add(element.Value ?? "");
        }

        reader.ReadFiles("PlatformCertificateFiles", nameof(options.PlatformCertificates), certificates);
        options.PlatformCertificates = certificates;
    }

    private static void ReadConnection(SectionReader reader, WeChatPayOptions options)
    {
        options.BaseAddress = reader.Address(nameof(options.BaseAddress)) ?? options.BaseAddress;
        if (reader.Address(nameof(options.BackupBaseAddress)) is { } backup)
        {
            options.BackupBaseAddress = backup;
        }
        else if (reader.Has(nameof(options.BackupBaseAddress)))
        {
            // Written and empty: none is wanted.
            options.BackupBaseAddress = null;
        }

        options.ClockTolerance = reader.Duration(nameof(options.ClockTolerance)) ?? options.ClockTolerance;
        options.Timeout = reader.Duration(nameof(options.Timeout)) ?? options.Timeout;
        options.AttemptTimeout = reader.Duration(nameof(options.AttemptTimeout)) ?? options.AttemptTimeout;
        options.DownloadIdleTimeout = reader.Duration(nameof(options.DownloadIdleTimeout)) ?? options.DownloadIdleTimeout;
        options.MaxRepetitions = (int)(reader.Number(nameof(options.MaxRepetitions), int.MaxValue) ?? options.MaxRepetitions);
        options.MaxDownloadLength = reader.Number(nameof(options.MaxDownloadLength), long.MaxValue) ?? options.MaxDownloadLength;
        options.MaxUnpackedLength = reader.Number(nameof(options.MaxUnpackedLength), long.MaxValue) ?? options.MaxUnpackedLength;
        options.AcceptLanguage = reader.Text(nameof(options.AcceptLanguage)) ?? options.AcceptLanguage;
        if (reader.Address(nameof(options.Proxy)) is { } proxy)
        {
            options.Proxy = new WebProxy(proxy) { Credentials = CredentialsOf(proxy) };
        }

        ReadClientCertificate(reader, options);
    }

    private static void ReadClientCertificate(SectionReader reader, WeChatPayOptions options)
    {
        var password = reader.TextOrFile(ClientCertificatePassword);
        if (reader.File(ClientCertificateFile) is not { } file)
        {
            return;
        }

        try
        {
            // WeChat Pay makes the merchant id the password.
            password ??= options.MerchantId;
#if NET9_0_OR_GREATER
            var certificate = X509CertificateLoader.LoadPkcs12(file, password);
#else
            var certificate = new X509Certificate2(file, password);
#endif
            if (certificate.HasPrivateKey)
            {
                options.ClientCertificate = certificate;
                return;
            }

            certificate.Dispose();
            reader.Unread(ClientCertificateFile, $"{reader.PathOf(ClientCertificateFile)} names a certificate without its private key: it takes apiclient_cert.p12.");
        }
        catch (CryptographicException)
        {
            reader.Unread(
                ClientCertificateFile,
                $"{reader.PathOf(ClientCertificateFile)} cannot be opened: it takes apiclient_cert.p12, whose password is the merchant id unless {reader.PathOf(ClientCertificatePassword)} says another.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(file);
        }
    }

    private static void ReadFormerKeys(SectionReader reader, WeChatPayOptions options)
    {
        var merchantKeys = new List<WeChatPayFormerMerchantKey>(options.FormerMerchantKeys ?? []);
        foreach (var element in reader.List(nameof(options.FormerMerchantKeys)))
        {
            var former = reader.Element(element, $"{nameof(options.FormerMerchantKeys)}[{merchantKeys.Count}]");
            merchantKeys.Add(new()
            {
                PrivateKey = former.TextOrFile(nameof(WeChatPayFormerMerchantKey.PrivateKey)),
                PrivateKeyPassword = former.TextOrFile(nameof(WeChatPayFormerMerchantKey.PrivateKeyPassword)),
                Until = former.Time(nameof(WeChatPayFormerMerchantKey.Until)),
            });
            former.OnlyInCode(nameof(WeChatPayFormerMerchantKey.Key), "set it in code, or name a key file in PrivateKeyFile.");
            former.Finish();
        }

        var apiV3Keys = new List<WeChatPayFormerApiV3Key>(options.FormerApiV3Keys ?? []);
        foreach (var element in reader.List(nameof(options.FormerApiV3Keys)))
        {
            var former = reader.Element(element, $"{nameof(options.FormerApiV3Keys)}[{apiV3Keys.Count}]");
            apiV3Keys.Add(new()
            {
                Key = former.TextOrFile(nameof(WeChatPayFormerApiV3Key.Key)),
                Until = former.Time(nameof(WeChatPayFormerApiV3Key.Until)),
            });
            former.Finish();
        }

        options.FormerMerchantKeys = merchantKeys;
        options.FormerApiV3Keys = apiV3Keys;
    }

    private static NetworkCredential? CredentialsOf(Uri proxy)
    {
        var parts = proxy.UserInfo.Split(':', 2);
        return proxy.UserInfo.Length == 0 ? null : new(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }
}
