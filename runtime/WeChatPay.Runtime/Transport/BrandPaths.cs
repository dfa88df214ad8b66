using WeChatPay.Keys;

namespace WeChatPay.Transport;

/// <summary>Brand interfaces are signed by a brand and all others by a merchant. Which of them a client is shows before anything is signed.</summary>
internal static class BrandPaths
{
    private const string Beginning = "/brand/";

    /// <summary>Lets pass whoever may call this path.</summary>
    /// <exception cref="InvalidOperationException">The path is the other one's.</exception>
    public static MerchantCredentials Check(MerchantCredentials credentials, string path)
        => path.StartsWith(Beginning, StringComparison.Ordinal) == credentials.IsBrand ? credentials
            : throw new InvalidOperationException(
                credentials.IsBrand
                    ? $"This is the client of brand {credentials.MerchantId}, which calls brand interfaces ({Beginning}…) only; nothing was sent. Take the merchant's client."
                    : $"Brand interfaces ({Beginning}…) are signed by a brand and not by merchant {credentials.MerchantId}; nothing was sent. Take a client whose options have BrandId and the brand's keys.");
}
