using WeChatPay.Encryption;
using WeChatPay.Keys;
using WeChatPay.Serialization;
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

        // Chosen once: sensitive members are encrypted for this key, and its serial goes into the header.
        var platformKey = credentials.PlatformKeys.EncryptionKey;
        var encryptor = new SensitiveEncryptor(platformKey);

        QueryWriter? query = null;
        HeaderWriter? headers = null;
        if (request is not null)
        {
            request.WriteQuery(query = new(encryptor));
            request.WriteHeaders(headers = new());
        }

        ReadOnlyMemory<byte> body = default;
        V2Message? v2 = null;
        switch (operation.Body)
        {
            case WeChatPayBodyKind.Json:
                body = JsonBody.Write(request ?? Nothing, encryptor).Bytes;
                break;
            case WeChatPayBodyKind.Xml:
                var xml = new XmlBodyWriter();
                request?.WriteXml(xml);
                (body, v2) = xml.Sign(credentials.ApiV2Key);
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
            Query = query?.Pairs,
            Headers = headers?.Headers,
            Body = body,
            ContentType = v2 is null ? "application/json" : "text/xml; charset=utf-8",
            V2 = v2,
            Upload = operation.Body == WeChatPayBodyKind.Multipart ? UploadWriter.Write(request, encryptor) : null,
            MayUseBackup = ownOrigin is null,
            Address = RequestPath.Resolve(ownOrigin ?? baseAddress.GetLeftPart(UriPartial.Authority), RequestPath.Fill(operation.PathTemplate, pathValues), query?.ToString() ?? "", operation.PathTemplate),
        };
    }

    /// <summary>A JSON operation whose inputs were all left out sends an empty object.</summary>
    private sealed class EmptyRequest : IWeChatPayRequest;
}
