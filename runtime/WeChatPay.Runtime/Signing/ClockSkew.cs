namespace WeChatPay.Signing;

/// <summary>
/// How far the clock of this machine is from WeChat Pay's, seen from the times of signed answers. An answer may have been under way for long, which makes
/// WeChat Pay's clock look late and never early: of several answers the one that looks earliest is nearest to the truth.
/// </summary>
internal sealed class ClockSkew(TimeProvider clock)
{
    private const int Kept = 8;

    /// <summary>What was measured longer ago says nothing about now.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly (long Ahead, long At)[] _measured = new (long, long)[Kept];
    private int _count;

    /// <summary>An answer that WeChat Pay signed at this time has just come.</summary>
    /// <param name="signedAt">Seconds since 1970.</param>
    public void Add(long signedAt)
    {
        var ahead = signedAt - clock.GetUtcNow().ToUnixTimeSeconds();
        lock (_measured)
        {
            _measured[_count % Kept] = (ahead, clock.GetTimestamp());

            // Counts on beyond what is kept, but not for ever.
            _count = _count == (2 * Kept) - 1 ? Kept : _count + 1;
        }
    }

    /// <summary>The seconds by which WeChat Pay's clock is ahead of this machine's; negative: behind; null: no answer came lately.</summary>
    public long? Seconds
    {
        get
        {
            lock (_measured)
            {
                long? ahead = null;
                for (var i = 0; i < Math.Min(_count, Kept); i++)
                {
                    if (clock.GetElapsedTime(_measured[i].At) <= Longest && !(_measured[i].Ahead <= ahead))
                    {
                        ahead = _measured[i].Ahead;
                    }
                }

                return ahead;
            }
        }
    }
}
