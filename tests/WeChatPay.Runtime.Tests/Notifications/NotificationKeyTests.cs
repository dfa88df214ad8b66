using WeChatPay.Notifications;
using WeChatPay.Runtime.Tests.Models;

namespace WeChatPay.Runtime.Tests.Notifications;

/// <summary>What a notification without an id is known by: each part of it, and where one part ends and the next begins.</summary>
public sealed class NotificationKeyTests
{
    private static async Task<string> KeyOf(string eventType, string? originalType, string resource = "{}", bool answers = false)
    {
        var notification = await NotificationMaker.Receiver()
            .ReadAsync(NotificationMaker.Make(resource, eventType, originalType, id: "").Message(), TestContext.Current.CancellationToken);
        return NotificationKey.Of(notification, new Route(answers)).Text;
    }

    [Fact]
    public async Task Every_part_counts_and_so_does_where_it_ends()
    {
        string[] keys =
        [
            await KeyOf("REFUND.SUCCESS", "refund"),
            await KeyOf("REFUND.CLOSED", "refund"),
            await KeyOf("REFUND.SUCCESS", "other"),
            await KeyOf("REFUND.SUCCESS", null),
            await KeyOf("REFUND.SUCCESS", "refund", """{"a":1}"""),
            await KeyOf("REFUND.SUCCESS", "refund", answers: true),
            await KeyOf("REFUND.SUCCESSr", "efund"),
            await KeyOf("REFUND.SUCCES", "Srefund"),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.All(keys, key => Assert.Matches("^v3:1900000001:[0-9A-F]{64}$", key));
        Assert.Equal(keys[0], await KeyOf("REFUND.SUCCESS", "refund"));
    }

    private sealed class Route(bool answers) : NotificationRoute(NotificationKind.OfJson("REFUND.SUCCESS", "refund"), takesFailed: false, hasPredicate: false, answers)
    {
        public override ValueTask<Func<Task<WeChatPayNotificationReply?>>?> MatchAsync(WeChatPayNotification notification, IServiceProvider? services, CancellationToken cancellationToken)
            => throw new NotSupportedException();
    }
}
