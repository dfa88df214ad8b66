using System.Text.Json;
using WeChatPay.Serialization;

namespace WeChatPay.Notifications;

/// <summary>
/// A good signature says that WeChat Pay sent a notification, not that it is meant for this merchant: all merchants of a platform key
/// get theirs signed alike. The merchant named inside, where one is named, has to be the one whose endpoint this is.
/// </summary>
internal static class MerchantBinding
{
    private const int MaxDepth = 64;

    /// <summary>Looks at every member of the root that names the receiving merchant, doubled ones too.</summary>
    /// <param name="resource">The decrypted resource; empty is possible.</param>
    /// <param name="merchantId">The merchant of the endpoint; the brand, if it is a brand's.</param>
    /// <param name="isBrand">The endpoint is a brand's, so that the brand is what has to be its own.</param>
    /// <exception cref="WeChatPaySignatureException">Another merchant is named.</exception>
    /// <exception cref="JsonException">The resource is no JSON object.</exception>
    /// <exception cref="InvalidOperationException">A name of it is no text.</exception>
    public static void Check(ReadOnlySpan<byte> resource, string merchantId, bool isBrand = false)
    {
        resource = ForeignJson.WithoutMark(resource);
        if (resource.IsEmpty)
            return;
        var reader = new Utf8JsonReader(resource, isFinalBlock: true, new JsonReaderState(new JsonReaderOptions { MaxDepth = MaxDepth }));
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = isBrand ? BrandNameOf(ref reader) : NameOf(ref reader);
            reader.Read();
            if (name is not null && !IsMerchant(ref reader, merchantId))
            {
                throw new WeChatPaySignatureException(
                    WeChatPaySignatureFailure.EchoMismatch,
                    $"The notification is signed well, but its {name} is not {merchantId}: it belongs to another {(isBrand ? "brand" : "merchant")} and is refused here.")
                {
                    IsVerified = true,
                };
            }

            reader.Skip();
        }
    }

    private static string? NameOf(ref Utf8JsonReader reader)
        => reader.ValueTextEquals("mchid"u8) ? "mchid"
            : reader.ValueTextEquals("sp_mchid"u8) ? "sp_mchid"
            : reader.ValueTextEquals("combine_mchid"u8) ? "combine_mchid"
            : null;

    private static string? BrandNameOf(ref Utf8JsonReader reader) => reader.ValueTextEquals("brand_id"u8) ? "brand_id" : null;

    private static bool IsMerchant(ref Utf8JsonReader reader, string merchantId) => reader.TokenType switch
    {
        JsonTokenType.String => reader.ValueTextEquals(merchantId),
        JsonTokenType.Number => System.Text.Ascii.Equals(reader.ValueSpan, merchantId),
        JsonTokenType.Null => true,
        _ => false,
    };
}
