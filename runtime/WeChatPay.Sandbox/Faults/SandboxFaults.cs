namespace WeChatPay.Sandbox;

/// <summary>The faults that are waiting to strike. Thread-safe.</summary>
public sealed class SandboxFaults
{
    private readonly List<SandboxFault> _waiting = [];

    internal SandboxFaults()
    {
    }

    /// <summary>Lets a fault strike from now on. Several faults may strike the same message, in the order in which they were added.</summary>
    /// <param name="fault">The fault; a new object each time.</param>
    public void Add(SandboxFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_waiting)
            _waiting.Add(fault);
    }

    /// <summary>Forgets all faults that have not struck yet.</summary>
    public void Clear()
    {
        lock (_waiting)
            _waiting.Clear();
    }

    internal SandboxFault[] TakeForAnswer(string method, string path) => Take(f => f.TakeForAnswer(method, path));

    internal SandboxFault[] TakeForNotification(string eventType) => Take(f => f.TakeForNotification(eventType));

    private SandboxFault[] Take(Func<SandboxFault, bool> strikes)
    {
        lock (_waiting)
        {
            if (_waiting.Count == 0)
                return [];

            var taken = _waiting.Where(strikes).ToArray();
            _waiting.RemoveAll(f => f.IsSpent);
            return taken;
        }
    }
}
