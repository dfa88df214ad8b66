using System.Net.Http;
using System.Reflection;

namespace WeChatPay.Generator.Tests.Calls;

/// <summary>A user's handlers of notifications over generated classes, compiled together with them and run.</summary>
internal static class NotificationProgram
{
    private const string Code = """
        using System;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;
        using WeChatPay;
        using WeChatPay.Webhook.V2;
        using WeChatPay.Webhook.V3;

        public static class Program
        {
            public static async Task<string> Handle(WeChatPayOptions options, HttpMessageHandler handler, WeChatPayNotificationMessage message, CancellationToken cancellationToken)
            {
                using var client = new WeChatPayClient(options, handler);
                var got = "";
                var dispatcher = new WeChatPayNotificationDispatcher()
                    .On<ParcelArrived>((n, _) => Task.FromResult(got = Arrived(n.Resource)))
                    .On<ParcelPaidNotice>((n, _) => Task.FromResult(got = $"{n.EventType}|{n.IsAuthenticated}|{Paid(n.Resource)}"))
                    .OnFailed<ParcelPaidNotice>((n, _) => Task.FromResult(got = $"failed {n.Resource.OutTradeNo} {n.Resource.ResultCode == ParcelPaidNoticeResultCode.Fail}"))
                    .On<ParcelRefundedNotice>((n, _) => Task.FromResult(got = $"{n.EventType}|{n.IsAuthenticated}|{n.Resource.OutRefundNo}|{n.Resource.RefundFee}|{n.Resource.RefundStatus == ParcelRefundedNoticeRefundStatus.Change}|{n.Resource.RefundRecvAccout}"))
                    .On<ParcelChecked>((n, _) => Task.FromResult(got = $"{n.EventType}|{n.IsAuthenticated}|{n.Id}|{n.Resource.State}|{n.Resource.OutOrderNo}|{n.Resource.DepositAmount is null}"))
                    .On<ParcelSigned>(n => n.Resource.MchId is not null, (n, _) => Task.FromResult(got = Signed(n.Resource)))
                    .On<ParcelSignedPartner>(n => n.Resource.SubMchId is not null, (n, _) => Task.FromResult(got = $"{n.EventType}|{n.Resource.ContractCode}|{n.Resource.Fee}"));
                var reply = await dispatcher.DispatchAsync(client.Notifications, message, cancellationToken);
                return $"{reply.StatusCode} {got}";
            }

            public static async Task<string> ReadSigned(WeChatPayOptions options, HttpMessageHandler handler, WeChatPayNotificationMessage message, CancellationToken cancellationToken)
            {
                using var client = new WeChatPayClient(options, handler);
                var got = "";
                var dispatcher = new WeChatPayNotificationDispatcher().On<ParcelSigned>((n, _) => Task.FromResult(got = Signed(n.Resource)));
                var reply = await dispatcher.DispatchAsync(client.Notifications, message, cancellationToken);
                return $"{reply.StatusCode} {got}";
            }

            private static string Arrived(ParcelArrived parcel)
            {
                string? no = parcel.ParcelNo, note = parcel.Note, city = parcel.Sender?.Address?.City, line = parcel.Sender?.Address?.Lines?[0], tag = parcel.Tags?[1], counter = parcel.Counter;
                long? weight = parcel.Weight, amount = parcel.Price?.Amount, fee = parcel.Fees?[0].Amount, size = parcel.Sizes?[0], total = parcel.Insurance?.Total;
                bool? fragile = parcel.Fragile, main = parcel.Receiver?.Phones?[0].Main;
                WeChatPayTime? time = parcel.ArriveTime;
                return $"{no}|{note}|{weight}|{fragile}|{parcel.State == ParcelArrivedState.Arrived}|{amount}|{parcel.Price?.Unit}|{fee}|{parcel.Fees?[0].Kind == ParcelArrivedFeesKind.Extra}|{tag}|{size}|{time?.Time:u}|{counter}|{parcel.Receiver?.Name}|{main}|{total}|{parcel.Insurance?.Currency}|{parcel.Sender?.Name}|{city}|{line}|{parcel.SignedBy}";
            }

            private static string Paid(ParcelPaidNotice paid)
            {
                long? total = paid.TotalFee, cash = paid.CashFee, fee = paid.CouponFeeList?[1], sub = paid.SubOrderList?[0].TotalFee;
                string? number = paid.OutTradeNo, transaction = paid.TransactionId, attach = paid.Attach, coupon = paid.CouponIdList?[0], end = paid.TimeEnd, device = paid.DeviceInfo;
                return $"{number}|{transaction}|{total}|{cash}|{attach}|{paid.IsSubscribe == "Y"}|{coupon}|{paid.CouponIdList?.Count}|{fee}|{paid.Detail?.Name}|{paid.SubOrderList?[0].OutTradeNo}|{sub}|{end}|{device}";
            }

            private static string Signed(ParcelSigned contract)
            {
                WeChatPayTime? time = contract.OperateTime;
                return $"{contract.ContractCode}|{contract.ChangeType == ParcelSignedChangeType.Add}|{time?.Time:u}|{contract.Plan?.Id}|{contract.Plan?.Steps?[1]}|{contract.CouponRefundIdLists?[0]?[1]}";
            }
        }
        """;

    private static readonly Lazy<(Type Program, IReadOnlyList<string> Diagnostics)> Loaded = new(Load);

    /// <summary>What the generator said, as <c>id severity</c>.</summary>
    public static IReadOnlyList<string> Diagnostics => Loaded.Value.Diagnostics;

    public static async Task<string> RunAsync(string method, WeChatPayNotificationMessage message)
    {
        var options = Gateway.Options;
        options.ApiV2Key = XmlNotices.Key;
        using var gateway = new Gateway();
        return await Loaded.Value.Program.GetMethod(method)!
            .CreateDelegate<Func<WeChatPayOptions, HttpMessageHandler, WeChatPayNotificationMessage, CancellationToken, Task<string>>>()(options, gateway, message, TestContext.Current.CancellationToken);
    }

    private static (Type Program, IReadOnlyList<string> Diagnostics) Load()
    {
        var harness = GeneratorHarness.Run([.. Samples.Typedefs, Samples.ParcelSigned], code: Code);
        var program = Assembly.Load(harness.Compiled.EmitsClean()).GetType("Program", throwOnError: true)!;
        return (program, [.. harness.Diagnostics.Select(diagnostic => $"{diagnostic.Id} {diagnostic.Severity} {Path.GetFileName(diagnostic.Location.GetLineSpan().Path)}").Order(StringComparer.Ordinal)]);
    }
}
