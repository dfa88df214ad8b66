namespace WeChatPay;

/// <summary>Checks of options that need no key, and the one form in which problems are reported.</summary>
internal static class OptionProblems
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMilliseconds(int.MaxValue);

    public static ArgumentException ToException(IReadOnlyList<string> problems)
        => new(
            problems.Count == 1 ? problems[0] : $"The options have {problems.Count} problems:\n- {string.Join("\n- ", problems)}");

    public static void CheckScalars(WeChatPayOptions options, List<string> problems)
    {
        if (options.ClockTolerance < TimeSpan.FromSeconds(1) || options.ClockTolerance > TimeSpan.FromSeconds(300))
        {
            problems.Add($"WeChatPayOptions.ClockTolerance is {options.ClockTolerance}: it must be between 1 and 300 seconds; a wider window lets old answers be replayed.");
        }

        if (options.TimeProvider is null)
        {
            problems.Add("WeChatPayOptions.TimeProvider is null: leave it at TimeProvider.System.");
        }

        if (options.ApiV2Key is { Length: not (0 or 32) } apiV2Key)
        {
            problems.Add($"WeChatPayOptions.ApiV2Key has {apiV2Key.Length} characters: it takes the 32 that were set as APIv2 key on the merchant platform, or null.");
        }

        if (!IsRepetitions(options.MaxRepetitions))
        {
            problems.Add($"WeChatPayOptions.MaxRepetitions is {options.MaxRepetitions}: it must be between 0 and {Transport.Repetition.Most}.");
        }

        if (options.AcceptLanguage is { } language && !IsLanguage(language))
        {
            problems.Add("WeChatPayOptions.AcceptLanguage is no language such as en or zh-HK: set it to one, or to null.");
        }

        if (!IsTimeout(options.Timeout))
        {
            problems.Add($"WeChatPayOptions.Timeout is {options.Timeout}: it must be positive and at most 24 days, or Timeout.InfiniteTimeSpan.");
        }

        if (!IsTimeout(options.AttemptTimeout))
        {
            problems.Add($"WeChatPayOptions.AttemptTimeout is {options.AttemptTimeout}: it must be positive and at most 24 days, or Timeout.InfiniteTimeSpan.");
        }

        if (!IsTimeout(options.DownloadIdleTimeout))
        {
            problems.Add($"WeChatPayOptions.DownloadIdleTimeout is {options.DownloadIdleTimeout}: it must be positive and at most 24 days, or Timeout.InfiniteTimeSpan.");
        }

        if (options.MaxDownloadLength <= 0)
        {
            problems.Add($"WeChatPayOptions.MaxDownloadLength is {options.MaxDownloadLength}: it must be positive, the largest file in bytes.");
        }

        if (options.MaxUnpackedLength <= 0)
        {
            problems.Add($"WeChatPayOptions.MaxUnpackedLength is {options.MaxUnpackedLength}: it must be positive, the largest unpacked file in bytes.");
        }
    }

    /// <summary>So many repetitions help; more would be a load on a service that is down.</summary>
    public static bool IsRepetitions(int repetitions) => repetitions is >= 0 and <= Transport.Repetition.Most;

    /// <summary>A timer can count this time.</summary>
    public static bool IsTimeout(TimeSpan timeout)
        => timeout == System.Threading.Timeout.InfiniteTimeSpan || (timeout > TimeSpan.Zero && timeout <= LongestTimeout);

    // One language or several with their weights; nothing that could end the header.
    private static bool IsLanguage(string text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or ',' or ';' or '=' or '.' or '*' or ' '))
            {
                return false;
            }
        }

        return text.Trim().Length == text.Length && text.Length is > 0 and <= 64;
    }
}
