using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace WeChatPay.Runtime.Tests.Models;

internal sealed class RecordingLogger : ILogger
{
    private readonly ConcurrentQueue<string> _entries = new();

    public IReadOnlyCollection<string> Entries => _entries;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _entries.Enqueue($"{logLevel} {eventId.Id} {formatter(state, exception)} {exception}");
        SecretWatch.OfAssembly.Log(logLevel, eventId, state, exception, formatter);
    }
}
