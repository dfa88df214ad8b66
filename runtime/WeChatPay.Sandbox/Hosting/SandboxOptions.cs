namespace WeChatPay.Sandbox;

/// <summary>Settings of a <see cref="SandboxGateway"/>. The defaults suit tests.</summary>
public sealed class SandboxOptions
{
    /// <summary>The loopback port; 0 for a free one.</summary>
    public int Port { get; set; }

    /// <summary>The gateway's clock: signatures, validity, delays and retries follow it.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>The merchants that the gateway knows. Empty: one is made, with throw-away credentials.</summary>
    public IList<SandboxMerchant> Merchants { get; } = [];

    /// <summary>Which platform keys the merchant is on that is made when <see cref="Merchants"/> is empty.</summary>
    public SandboxKeyMode KeyMode { get; set; }

    /// <summary>Signs 4xx and 5xx answers to well signed requests too. The real gateway's errors are not dependably signed; default false.</summary>
    public bool SignErrors { get; set; }

    /// <summary>How long a refund stays PROCESSING; null: until <see cref="SandboxGateway.CompleteRefundAsync"/>.</summary>
    public TimeSpan? RefundDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The waits before a notification that was not accepted is sent again.</summary>
    public IReadOnlyList<TimeSpan> NotificationSchedule { get; set; } = StandardNotificationSchedule;

    /// <summary>By what the waits are divided. Default 1000: the 24 hours of the standard schedule pass in 87 seconds.</summary>
    public double NotificationSpeedUp { get; set; } = 1000;

    /// <summary>How long the merchant may take to answer a notification; not speeded up. Default 5 s, as in reality.</summary>
    public TimeSpan NotificationTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Also sends notifications to addresses that are neither loopback nor private. Default false.</summary>
    public bool AllowRemoteNotifications { get; set; }

    /// <summary>Gives out bills of the current day. The real gateway has yesterday's at the earliest; default false.</summary>
    public bool AllowBillOfToday { get; set; }

    /// <summary>15 s, 15 s, 30 s, 3 min, 10 min, 20 min, 3 × 30 min, 60 min, 3 × 3 h, 2 × 6 h: the schedule of payments and refunds.</summary>
    public static IReadOnlyList<TimeSpan> StandardNotificationSchedule { get; } =
        Array.AsReadOnly(new[] { 15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600 }
            .Select(seconds => TimeSpan.FromSeconds(seconds)).ToArray());

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port, 65535);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(NotificationSpeedUp);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentNullException.ThrowIfNull(NotificationSchedule);
        if (Merchants.Select(m => m.MerchantId).Distinct().Count() != Merchants.Count)
            throw new ArgumentException("Two merchants have the same number.");
    }
}
