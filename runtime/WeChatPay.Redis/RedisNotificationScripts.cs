namespace WeChatPay.Redis;

/// <summary>
/// Each change of a key's state is one script, so atomic, and touches one key, so runs on a cluster. A value is the owner of a claim, or <c>done</c>; how
/// long it holds is the key's expiry, counted by the server's clock alone.
/// </summary>
internal static class RedisNotificationScripts
{
    public const int ClaimedElsewhere = 0;
    public const int Claimed = 1;
    public const int Completed = 2;

    /// <summary>KEYS[1]; ARGV: owner, lease in milliseconds.</summary>
    public const string Claim = """
        if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
        if redis.call('GET', KEYS[1]) == 'done' then return 2 end
        return 0
        """;

    /// <summary>KEYS[1]; ARGV: owner, time to keep in milliseconds.</summary>
    public const string Complete = """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        redis.call('SET', KEYS[1], 'done', 'PX', ARGV[2])
        return 1
        """;

    /// <summary>KEYS[1]; ARGV: owner.</summary>
    public const string Release = """
        if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
        return 1
        """;
}
