using WeChatPay.Specs.Model;

namespace WeChatPay.Tool.Loading;

/// <summary>One of the shapes that travel under an event.</summary>
internal sealed record NotificationShape(ObjectShape Shape, string? OriginalType);

/// <summary>The main shape of a notification and its variants in one list.</summary>
internal static class NotificationShapes
{
    public static IReadOnlyList<NotificationShape> Of(Notification notification)
        => [new(notification.Resource, notification.OriginalType), .. notification.Variants.Select(variant => new NotificationShape(variant.Shape, variant.OriginalType ?? notification.OriginalType))];
}
