using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace WeChatPay.Notifications;

/// <summary>
/// What one notification is known by in every delivery, and for how long. APIv3: merchant and envelope id. APIv2, which mostly has no id: merchant, kind, number
/// and status. As a hash, because ids are texts of any length, and stores that compare without case must not take one order for another;
/// version and merchant stand before it.
/// </summary>
/// <param name="Text">The key in the store.</param>
/// <param name="Kept">How long a completion is remembered: longer than WeChat Pay repeats.</param>
internal readonly record struct NotificationKey(string Text, TimeSpan Kept)
{
    private static readonly TimeSpan KeptV3 = TimeSpan.FromHours(72);

    // APIv2 signs no time, so an old notification stays good.
    private static readonly TimeSpan KeptV2 = TimeSpan.FromDays(30);

    /// <param name="notification">The notification, verified.</param>
    /// <param name="route">Its handler, which knows the kind where APIv2 does not say it.</param>
    public static NotificationKey Of(WeChatPayNotification notification, NotificationRoute route)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        // Of a question no completion is kept; where an event becomes one, an earlier completion must not stand for its answer.
        Append(hash, route.Answers ? "question" : "event");
        if (notification.Version == 3)
        {
            Append(hash, notification.Id);
            if (notification.Id.Length == 0)
            {
                Append(hash, notification.EventType);
                Append(hash, notification.OriginalType ?? "");
                Append(hash, notification.GetResourceJson().Span);
            }
        }
        else
        {
            Append(hash, route.Kind.EventType);
            Append(hash, notification.IsFailed ? "failed" : "");
            Append(hash, notification.Id);

            // What nobody signed could be made up of parts of older ones: handling that must not stand for the true one of the same number.
            if (!notification.IsAuthenticated)
                Append(hash, notification.GetResourceXml().Span);
        }

        return new(
            $"v{notification.Version}:{notification.MerchantId}:{Convert.ToHexString(hash.GetHashAndReset())}",
            notification.Version == 3 ? KeptV3 : KeptV2);
    }

    private static void Append(IncrementalHash hash, string text) => Append(hash, Encoding.UTF8.GetBytes(text));

    /// <summary>With its length, so that no two lists of parts are alike.</summary>
    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
