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
            var expected = Sample.Json(shape.Members);
            var resource = JsonSerializer.Deserialize(expected.ToJsonString(), Compiled.Type(notification.Namespace, shape.TypeName))!;
            var actual = Compiled.Content(resource, shape.Members);
            Assert.True(JsonNode.DeepEquals(expected, actual), $"{shape.TypeName}\nexpected {expected.ToJsonString()}\nactual   {actual.ToJsonString()}");
        });
    }

    /// <summary>A missing amount is never 0, a missing state never the first one.</summary>
    [Theory]
    [MemberData(nameof(SpecCatalogue.NotificationKeys), MemberType = typeof(SpecCatalogue))]
    public void An_empty_resource_has_no_values(string key)
    {
        var notification = SpecCatalogue.Notification(key);
        Assert.All(MemberTree.Shapes(notification), shape =>
            Assert.Empty(Compiled.Content(JsonSerializer.Deserialize("{}", Compiled.Type(notification.Namespace, shape.TypeName))!, shape.Members)));
    }

    [Theory]
    [MemberData(nameof(SpecCatalogue.NotificationKeys), MemberType = typeof(SpecCatalogue))]
    public void A_resource_names_its_event(string key)
    {
        var notification = SpecCatalogue.Notification(key);
        Assert.All(MemberTree.Shapes(notification), shape =>
        {
            var kind = typeof(NotificationTests).GetMethod(nameof(KindOf), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(Compiled.Type(notification.Namespace, shape.TypeName)).Invoke(null, null);
            Assert.Equal((notification.EventType, notification.OriginalType), kind);
        });
    }

    private static (string EventType, string? OriginalType) KindOf<T>()
        where T : class, INotificationResource<T>
        => (T.EventType, T.OriginalType);
}
