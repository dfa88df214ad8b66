using System.Security.Cryptography;

namespace WeChatPay.Keys;

/// <summary>When platform certificates are fetched. Every wait is random within its range, so that merchants and machines do not come all at once.</summary>
internal static class RefreshTiming
{
    /// <summary>How long a message with an unknown certificate waits for the refresh that may bring it.</summary>
    public static readonly TimeSpan LongestJoin = TimeSpan.FromSeconds(2);

    /// <summary>Unknown certificates cause one refresh in this time: whoever can post to a notification address could cause more.</summary>
    public static readonly TimeSpan BetweenUnknownSerials = TimeSpan.FromSeconds(60);

    /// <summary>Calls that cannot go out for lack of a key cause one refresh in this time.</summary>
    public static readonly TimeSpan BetweenMissingKeys = TimeSpan.FromSeconds(5);

    /// <summary>The time limit of one download.</summary>
    public static readonly TimeSpan LongestDownload = TimeSpan.FromSeconds(30);

    /// <summary>WeChat Pay asks for a refresh at least every 12 hours.</summary>
    public static TimeSpan AfterSuccess() => Between(TimeSpan.FromHours(8), TimeSpan.FromHours(11));

    /// <summary>A client that can work already leaves the start of the process alone.</summary>
    public static TimeSpan AtStart(bool isReady)
        => isReady ? Between(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)) : Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));

    /// <summary>One minute, doubled with each further failure, one hour at most.</summary>
    /// <param name="failures">How many failed in a row, at least 1.</param>
    public static TimeSpan AfterFailure(int failures)
    {
        var longest = TimeSpan.FromMinutes(Math.Min(60, 1 << Math.Min(failures - 1, 6)));
        return Between(longest / 2, longest);
    }

    private static TimeSpan Between(TimeSpan shortest, TimeSpan longest)
        => shortest + TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32((int)(longest - shortest).TotalMilliseconds + 1));
}
