namespace WeChatPay.Keys;

/// <summary>
/// Starts what outlives its caller: nothing of the call that happens to come first belongs to it, neither its activity nor its locals.
/// </summary>
internal static class WithoutContext
{
    public static T Start<T>(Func<T> start)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return start();
        }

        using (ExecutionContext.SuppressFlow())
        {
            return start();
        }
    }
}
