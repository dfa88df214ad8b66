using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using System.Linq;
using System.Net.Http;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Threading;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace WeChatPay.Tests.Secrets;

/// <summary>
/// Rule 11 over everything that the tests of an assembly do: what is logged, thrown by our code, traced, measured or told to listeners of the HTTP stack
/// is searched for secrets as it comes.
/// </summary>
internal sealed class SecretWatch : ILoggerProvider, ILogger, IObserver<DiagnosticListener>
{
    [ThreadStatic]
    private static bool s_isLooking;

    private readonly SecretSet _secrets;
    private readonly ConcurrentDictionary<string, int> _seen = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _findings = new();
    private readonly ConcurrentDictionary<Assembly, bool> _assemblies = new();
    private readonly ConcurrentQueue<IDisposable> _subscriptions = new();
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters;
    private readonly Events _events;

    public SecretWatch(SecretSet secrets)
    {
        _secrets = secrets;
        _activities = new()
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => See("activity", $"{activity.DisplayName} {activity.StatusDescription} {Pairs(activity.TagObjects)} {Pairs(activity.Baggage)} "
                + string.Join(' ', activity.Events.Select(e => $"{e.Name} {Pairs(e.Tags)}"))),
        };
        _meters = new()
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "WeChatPay" || instrument.Meter.Name.StartsWith("System.Net.", StringComparison.Ordinal))
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        _meters.SetMeasurementEventCallback<double>((_, _, tags, _) => See("measurement", Pairs(tags.ToArray())));
        _meters.SetMeasurementEventCallback<long>((_, _, tags, _) => See("measurement", Pairs(tags.ToArray())));
        _events = new(this);
        ActivitySource.AddActivityListener(_activities);
        _meters.Start();
        _subscriptions.Enqueue(DiagnosticListener.AllListeners.Subscribe(this));
        AppDomain.CurrentDomain.FirstChanceException += OnThrown;
    }

    /// <summary>The one that watches the assembly; tests give it their secrets and their loggers.</summary>
    public static SecretWatch OfAssembly { get; } = new(SecretSet.OfVectors());

    public SecretSet Secrets => _secrets;

    /// <summary>Where a secret was shown, by whom, and which.</summary>
    public IReadOnlyCollection<string> Findings => _findings;

    /// <summary>How many texts each channel brought.</summary>
    public IReadOnlyDictionary<string, int> Seen => _seen;

    /// <summary>Services whose logs are watched at their most talkative.</summary>
    public static ServiceCollection Services()
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(OfAssembly));
        return services;
    }

    public void See(string channel, string? text)
    {
        _seen.AddOrUpdate(channel, 1, static (_, count) => count + 1);
        if (text is null || _secrets.Find(text) is not { } found || _findings.Count >= 100)
            return;
        _findings.Enqueue($"{channel} of {TestContext.Current.Test?.TestDisplayName ?? "?"}: {found}, in: {(text.Length > 500 ? text[..500] + "…" : text)}");
    }

    /// <summary>Ends the watch. Loggers may still write; nobody reads it.</summary>
    public void Stop()
    {
        AppDomain.CurrentDomain.FirstChanceException -= OnThrown;
        _activities.Dispose();
        _meters.Dispose();
        _events.Dispose();
        while (_subscriptions.TryDequeue(out var subscription))
        {
            subscription.Dispose();
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        See("log", TextOf(state));
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        => See("log", $"{formatter(state, exception)} {TextOf(state)} {exception}");

    /// <summary>A container disposes of its providers; the watch goes on.</summary>
    public void Dispose()
    {
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "HttpHandlerDiagnosticListener")
            _subscriptions.Enqueue(value.Subscribe(new Payloads(this)));
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private static string TextOf<TState>(TState state)
        => state is IEnumerable<KeyValuePair<string, object?>> pairs ? Pairs(pairs) : $"{state}";

    private static string Pairs<T>(IEnumerable<KeyValuePair<string, T>>? pairs)
        => pairs is null ? "" : string.Join(' ', pairs.Select(pair => $"{pair.Key}={(pair.Value is IEnumerable list and not string ? string.Join(',', list.Cast<object?>()) : pair.Value)}"));

    private void OnThrown(object? sender, FirstChanceExceptionEventArgs e)
    {
        // What is thrown while an exception is looked at is none of the code's under test.
        if (s_isLooking)
            return;
        s_isLooking = true;
        try
        {
            if (!IsOurs(e.Exception))
                return;
            for (var cause = e.Exception; cause is not null; cause = cause.InnerException)
            {
                See("exception", cause.Message);
                foreach (DictionaryEntry entry in cause.Data)
                {
                    See("exception", $"{entry.Key}={entry.Value}");
                }
            }

            // The stack is slow to write, and says the same each time.
            if (_seen.GetValueOrDefault("exception") < 2000)
                See("exception", e.Exception.ToString());
        }
        finally
        {
            s_isLooking = false;
        }
    }

    /// <summary>Of one of our types, or thrown by one of our methods; what tests throw and assert is their own.</summary>
    private bool IsOurs(Exception exception)
    {
        for (var type = exception.GetType(); type is not null && type != typeof(Exception); type = type.BaseType)
        {
            if (IsOurs(type.Assembly))
                return true;
        }

        return exception.TargetSite?.Module.Assembly is { } thrower && IsOurs(thrower);
    }

    private bool IsOurs(Assembly assembly) => _assemblies.GetOrAdd(
        assembly, static a => a.GetName().Name is { } name && name.StartsWith("WeChatPay.", StringComparison.Ordinal) && !name.EndsWith(".Tests", StringComparison.Ordinal));

    /// <summary>The public event sources of the network stack.</summary>
    private sealed class Events(SecretWatch watch) : EventListener
    {
        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name is "System.Net.Http" or "System.Net.NameResolution" or "System.Net.Security")
                EnableEvents(eventSource, EventLevel.Verbose, EventKeywords.All);
        }

        // The base class begins to listen before its heir has its fields.
        protected override void OnEventWritten(EventWrittenEventArgs eventData)
            => watch?.See("event", $"{eventData.EventName} {string.Join(' ', eventData.Payload ?? (IEnumerable<object?>)[])}");
    }

    /// <summary>Requests as the listeners of the HTTP stack get them. Requests that tests make themselves show their own headers.</summary>
    private sealed class Payloads(SecretWatch watch) : IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Value?.GetType().GetProperty("Request")?.GetValue(value.Value) is HttpRequestMessage request && watch.IsOurs(request.GetType().Assembly))
                watch.See("listener", $"{value.Key} {request} {value.Value}");
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
