using WeChatPay.Encryption;
using WeChatPay.Keys;
using WeChatPay.Serialization;
using WeChatPay.Uploads;
using WeChatPay.V2;

namespace WeChatPay.Transport;

/// <summary>Writes a typed request once: path, query, headers, body. The caller's object is not changed.</summary>
internal static class RequestBuilder
{
    private static readonly EmptyRequest Nothing = new();

    public static WeChatPayCall Build(
        WeChatPayOperationDescriptor operation, string[] pathValues, IWeChatPayRequest? request, MerchantCredentials credentials, Uri baseAddress, TimeSpan timeout, string accept)
    {
        var ownOrigin = ApiHosts.OwnOriginOf(operation, baseAddress);

        // The APIv2 key signs within the request; null: the merchant's private key signs in a header.
        var v2Key = operation.TakesApiV2Key ? credentials.ApiV2Key : null;

        // Chosen once: sensitive members are encrypted for this key, and its serial goes into the header. APIv2 needs it for such members only.
        var platformKey = v2Key is null ? credentials.PlatformKeys.EncryptionKey : credentials.PlatformKeys.FindEncryptionKey(credentials.Clock.GetUtcNow());
        var encryptor = platformKey is null ? new SensitiveEncryptor("", new NoPlatformKey(credentials.PlatformKeys)) : new SensitiveEncryptor(platformKey);

        var query = new QueryWriter(encryptor);
        var headers = new HeaderWriter();
        request?.WriteQuery(query);
        request?.WriteHeaders(headers);

        ReadOnlyMemory<byte> body = default;
        V2Message? v2 = null;
        UploadBody? upload = null;
        var isEncrypted = query.EncryptedWithSerial is not null;
        switch (operation.Body)
        {
            case WeChatPayBodyKind.Json:
                var json = JsonBody.Write(request ?? Nothing, encryptor);
                isEncrypted |= json.EncryptedWithSerial is not null;
                (body, v2) = v2Key is null ? (json.Bytes, null) : V2Json.Sign(json.Bytes, v2Key);
                break;
            case WeChatPayBodyKind.Xml:
                var xml = new XmlBodyWriter(encryptor);
                request?.WriteXml(xml);
                isEncrypted |= xml.EncryptedWithSerial is not null;
                (body, v2) = xml.Sign(v2Key!);
                break;
            case WeChatPayBodyKind.Multipart:
                upload = UploadWriter.Write(request, encryptor, v2Key, out var uploadIsEncrypted);
                isEncrypted |= uploadIsEncrypted;
                break;
            case WeChatPayBodyKind.None when v2Key is not null:
                v2 = query.Sign(v2Key);
                break;
        }

        return new()
        {
            Operation = operation,
            Credentials = credentials,
            PlatformKey = platformKey,
            Timeout = timeout,
            Accept = accept,
            PathValues = pathValues,
            Query = query.Pairs,
            Headers = headers.Headers,
            Body = body,
            ContentType = operation.Body == WeChatPayBodyKind.Xml ? "text/xml; charset=utf-8" : "application/json",
            V2 = v2,
            NamesPlatformKey = v2Key is null || isEncrypted,
            Upload = upload,
            MayUseBackup = ownOrigin is null,
            Address = RequestPath.Resolve(ownOrigin ?? baseAddress.GetLeftPart(UriPartial.Authority), RequestPath.Fill(operation.PathTemplate, pathValues), query.ToString(), operation.PathTemplate),
        };
    }

    /// <summary>In the place of a key that only a sensitive member would need.</summary>
    private sealed class NoPlatformKey(PlatformKeySet keys) : IPlatformKey
    {
        public string Scheme => "";

        public int ShortestSignature => 0;

        public int LongestSignature => 0;

        public int LongestText => SensitiveEncryptor.LargestCiphertext;

        public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => false;

        public int Encrypt(ReadOnlySpan<byte> plaintext, Span<byte> ciphertext) => keys.EncryptionKey.Key.Encrypt(plaintext, ciphertext);

        public bool IsPublicHalfOf(IMerchantKey key) => false;
    }

    /// <summary>A JSON operation whose inputs were all left out sends an empty object.</summary>
    private sealed class EmptyRequest : IWeChatPayRequest;
}
