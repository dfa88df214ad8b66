namespace WeChatPay.Sandbox;

/// <summary>The last exchanges, oldest first. Thread-safe.</summary>
internal sealed class ExchangeLog
{
    private const int Capacity = 1000;

    private readonly Queue<SandboxExchange> _exchanges = new();

    public void Add(SandboxExchange exchange)
    {
        lock (_exchanges)
        {
            if (_exchanges.Count == Capacity)
                _exchanges.Dequeue();

            _exchanges.Enqueue(exchange);
        }
    }

    public IReadOnlyList<SandboxExchange> Snapshot()
    {
        lock (_exchanges)
            return [.. _exchanges];
    }

    /// <summary>The body of the latest good answer of an operation that is not equal to the given one.</summary>
    public byte[]? OtherAnswer(string operation, ReadOnlyMemory<byte> body)
        => Snapshot().LastOrDefault(e => e.Operation == operation && e.Status == 200 && !e.AnswerBody.Span.SequenceEqual(body.Span))?.AnswerBody.ToArray();
}
