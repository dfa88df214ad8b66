namespace WeChatPay;

/// <summary>
/// The time zone of WeChat Pay's calendar days: +08:00 all year. A fixed offset, so that no time zone database and no setting
/// of the machine can change which day a bill belongs to.
/// </summary>
public static class BeijingTime
{
    /// <summary>+08:00.</summary>
    public static TimeSpan Offset { get; } = TimeSpan.FromHours(8);

    /// <summary>The present time at +08:00.</summary>
    /// <param name="clock">The clock, <see cref="TimeProvider.System"/> outside tests.</param>
    public static DateTimeOffset Now(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return clock.GetUtcNow().ToOffset(Offset);
    }

    /// <summary>Today's date in Beijing. The bill of a day is ready on the next one, so <c>bill_date</c> is mostly this minus one day.</summary>
    /// <param name="clock">The clock, <see cref="TimeProvider.System"/> outside tests.</param>
    public static DateOnly Today(TimeProvider clock) => DateOf(Now(clock));

    /// <summary>The date in Beijing at a point in time.</summary>
    /// <param name="time">The point in time, at any offset.</param>
    public static DateOnly DateOf(DateTimeOffset time) => DateOnly.FromDateTime(time.ToOffset(Offset).DateTime);
}
