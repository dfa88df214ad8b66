using WeChatPay.Specs.Model;

namespace WeChatPay.Specs.Binding;

/// <summary>The kinds of APIv2 notifications.</summary>
internal static class Protections
{
    /// <summary>By the wire names of the envelope: no two kinds have these members in common.</summary>
    public static NotificationProtection Of(IReadOnlyCollection<string> names)
    {
        if (names.Contains("req_info")) return NotificationProtection.RequestInfo;
        if (names.Contains("event_ciphertext")) return NotificationProtection.SignedCiphertext;
        return names.Contains("resource") ? NotificationProtection.AeadResource : NotificationProtection.SignedPlain;
    }
}
