using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using WeChatPay.Serialization;

namespace WeChatPay.Catalogue.Tests.Calls;

/// <summary>Each shape of each notification, read by the generated reader.</summary>
public sealed class NotificationTests
{
    [Theory]
    [MemberData(nameof(SpecCatalogue.NotificationKeys), MemberType = typeof(SpecCatalogue))]
    public void A_resource_is_read_whole(string key)
    {
        var notification = SpecCatalogue.Notification(key);
        Assert.All(MemberTree.Shapes(notification), shape =>
        {
            // What is encrypted once more, for the merchant, is read with the merchant's key only; the runtime's own tests do so.
            var members = WithoutEncrypted(shape.Members).ToList();
            var expected = Sample.Json(members);
            var actual = Compiled.Content(Read(notification, shape, expected), members);
            Assert.True(JsonNode.DeepEquals(expected, actual), $"{shape.TypeName}\nexpected {expected.ToJsonString()}\nactual   {actual.ToJsonString()}");
        });
    }

    /// <summary>A missing amount is never 0, a missing state never the first one.</summary>
    [Theory]
    [MemberData(nameof(SpecCatalogue.NotificationKeys), MemberType = typeof(SpecCatalogue))]
    public void An_empty_resource_has_no_values(string key)
    {
        var notification = SpecCatalogue.Notification(key);
        Assert.All(MemberTree.Shapes(notification), shape => Assert.Empty(Compiled.Content(Read(notification, shape, []), shape.Members)));
    }

    [Theory]
    [MemberData(nameof(SpecCatalogue.NotificationKeys), MemberType = typeof(SpecCatalogue))]
    public void A_resource_names_its_event(string key)
    {
        var notification = SpecCatalogue.Notification(key);
        var kinds = MemberTree.Shapes(notification).Select(shape => typeof(NotificationTests)
            .GetMethod(notification.Version == 2 ? nameof(XmlKindOf) : nameof(KindOf), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(Compiled.Type(notification.Namespace, shape.TypeName)).Invoke(null, null));
        var expected = notification.Version == 2
            ? [(notification.EventType, (string?)FormOf(notification.Protection))]
            : notification.Variants.Select(v => v.OriginalType ?? notification.OriginalType).Prepend(notification.OriginalType).Select(o => (notification.EventType, o));
        Assert.Equal(expected.Cast<object>(), kinds);
    }

    /// <summary>Signed notifications of APIv2 do not carry their event: something else has to tell them.</summary>
    [Fact]
    public void Every_signed_notification_of_version_2_can_be_told()
        => Assert.Empty(SpecCatalogue.Notifications.Where(n => n.Protection == NotificationProtection.SignedPlain && n.TellingMembers.IsEmpty).Select(n => n.Key));

    private static IEnumerable<Member> WithoutEncrypted(IEnumerable<Member> members)
        => members.Where(m => m.Encryption != MemberEncryption.Platform).Select(m => m.Type switch
        {
            ObjectType o => m with { Type = Without(o) },
            ListType { Element: ObjectType o } => m with { Type = new ListType(Without(o)) },
            _ => m,
        });

    private static ObjectType Without(ObjectType type) => type with { Shape = type.Shape with { Members = EquatableArray<Member>.From(WithoutEncrypted(type.Shape.Members)) } };

    private static object Read(Notification notification, ObjectShape shape, JsonObject content)
    {
        var json = notification.Version == 2 ? JsonValue.Create(XmlSample.Text(XmlSample.Members(content, shape.Members))).ToJsonString() : content.ToJsonString();
        return JsonSerializer.Deserialize(json, Compiled.Type(notification.Namespace, shape.TypeName))!;
    }

    private static string FormOf(NotificationProtection protection) => protection switch
    {
        NotificationProtection.SignedPlain => nameof(XmlNotificationForm.Signed),
        NotificationProtection.SignedCiphertext => nameof(XmlNotificationForm.SignedCiphertext),
        _ => nameof(XmlNotificationForm.RequestInfo),
    };

    private static (string EventType, string? OriginalType) KindOf<T>()
        where T : class, INotificationResource<T>
        => (T.EventType, T.OriginalType);

    private static (string EventType, string? Form) XmlKindOf<T>()
        where T : class, IXmlNotification<T>
        => (T.EventType, T.Form.ToString());
}
