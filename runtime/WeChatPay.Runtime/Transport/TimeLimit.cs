using System.Diagnostics.CodeAnalysis;

namespace WeChatPay.Transport;

/// <summary>Ends a call at its time limit or on the caller's token, and knows which of them it was.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It is disposable; the rule overlooks structs.")]
internal readonly struct TimeLimit : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;
    private readonly CancellationToken _caller;

    public TimeLimit(TimeSpan limit, TimeProvider clock, CancellationToken caller)
    {
        _caller = caller;
        _source = new(limit, clock);
        _registration = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    public CancellationToken Token => _source.Token;

    public bool EndedByCaller => _caller.IsCancellationRequested;

    public bool EndedByTime => _source.IsCancellationRequested && !_caller.IsCancellationRequested;

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
