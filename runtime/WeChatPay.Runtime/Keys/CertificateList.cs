using System.Text;
using System.Text.Json;
using WeChatPay.Encryption;

namespace WeChatPay.Keys;

/// <summary>
/// Opens the answer of <c>GET /v3/certificates</c>: each certificate is sealed with the merchant's APIv3 key. One flaw refuses the whole list: a
/// list that lacks a key would take that key away.
/// </summary>
internal static class CertificateList
{
    private const int MostCertificates = 64;

    /// <summary>Opens the list; its signature is not checked here.</summary>
    /// <param name="body">The answer.</param>
    /// <param name="credentials">The merchant.</param>
    /// <returns>The certificates that are not out of date.</returns>
    /// <exception cref="WeChatPayDecryptionException">A certificate cannot be opened with the APIv3 key.</exception>
    /// <exception cref="WeChatPaySerializationException">The answer is no such list, or holds what WeChat Pay would not use.</exception>
    public static IReadOnlyList<PlatformKey> Open(ReadOnlyMemory<byte> body, MerchantCredentials credentials)
    {
        var keys = new List<PlatformKey>();
        try
        {
            using var document = JsonDocument.Parse(body);
            var now = credentials.Clock.GetUtcNow();
            foreach (var item in document.RootElement.GetProperty("data").EnumerateArray())
            {
                if (keys.Count == MostCertificates)
                {
                    throw Refuse($"more than {MostCertificates} certificates");
                }

                var key = Read(item, credentials);
                if (keys.Exists(known => known.Serial == key.Serial))
                {
                    throw Refuse($"the certificate {key.Serial} twice");
                }

                if (now <= key.NotAfter)
                {
                    keys.Add(key);
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw Refuse($"no list of certificates ({e.GetType().Name})");
        }

        return keys.Count > 0 ? keys : throw Refuse("no certificate that is valid");
    }

    private static PlatformKey Read(JsonElement item, MerchantCredentials credentials)
    {
        var serial = item.GetProperty("serial_no").GetString();
        var name = $"the certificate '{FailureText.OneLine(serial ?? "")}'";
        var certificates = KeyText.ReadCertificates(Decrypt(item.GetProperty("encrypt_certificate"), credentials, name), name, out var problem);
        try
        {
            if (problem is not null || certificates.Count != 1)
            {
                throw Refuse($"{name}, whose content is not one certificate");
            }

            var key = PlatformKey.TryFromCertificate(certificates[0], out var flaw, credentials.AlgorithmSuite) ?? throw Refuse($"{name}, which {flaw}");
            if (key.Serial != serial)
            {
                throw Refuse($"{name}, whose own serial number is {key.Serial}");
            }

            return credentials.IsOwn(key) ? throw Refuse($"{name}, which is the merchant's own") : key;
        }
        finally
        {
            foreach (var certificate in certificates)
            {
                certificate.Dispose();
            }
        }
    }

    private static string Decrypt(JsonElement box, MerchantCredentials credentials, string name)
    {
        try
        {
            // With the present APIv3 key only: one that was replaced may have been stolen, and this is what trust begins with.
            return Encoding.UTF8.GetString(AeadOpener.Open(
                credentials.ApiV3Key,
                Text(box, "algorithm"),
                Text(box, "nonce"),
                Text(box, "associated_data"),
                StrictBase64.Decode(Encoding.UTF8.GetBytes(Text(box, "ciphertext") ?? "")) ?? [],
                credentials.AlgorithmSuite));
        }
        catch (WeChatPayDecryptionException e)
        {
            throw new WeChatPayDecryptionException($"In the list of platform certificates, {name}: {e.BaseMessage}");
        }
    }

    private static string? Text(JsonElement box, string name) => box.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static WeChatPaySerializationException Refuse(string what)
        => new($"The list of platform certificates holds {what}; it was refused as a whole.");
}
