using System.Diagnostics;
using Microsoft.Extensions.Logging;
using WeChatPay.Transport;

namespace WeChatPay.Telemetry;

/// <summary>One call as activity, measurement and log entry.</summary>
internal readonly struct CallRecord
{
    private readonly Activity? _activity;
    private readonly ILogger _logger;
    private readonly long _started;

    private CallRecord(Activity? activity, ILogger logger, long started)
    {
        _activity = activity;
        _logger = logger;
        _started = started;
    }

    public static CallRecord Start(WeChatPayCall call, ILogger logger)
    {
        Activity? activity = null;
        if (WeChatPayTelemetry.Activities.HasListeners())
        {
            activity = WeChatPayTelemetry.Activities.StartActivity(call.IsUntyped ? call.Operation.Method : call.Name, ActivityKind.Client);
            activity?.SetTag("http.request.method", call.Operation.Method);
            activity?.SetTag("server.address", call.Address.Host);
            activity?.SetTag("server.port", call.Address.Port);
            if (!call.IsUntyped)
            {
                activity?.SetTag("url.template", call.Operation.PathTemplate);
            }
        }

        return new(activity, logger, call.Credentials.Clock.GetTimestamp());
    }

    public void Succeed(WeChatPayCall call)
    {
        var elapsed = call.Credentials.Clock.GetElapsedTime(_started);
        Log.Answered(_logger, call.Operation.Method, call.Operation.PathTemplate, call.Status, elapsed.TotalMilliseconds, call.RequestId);
        Finish(call, elapsed, WeChatPayOutcome.Succeeded, null);
    }

    public void Fail(WeChatPayCall call, Exception failure)
    {
        var elapsed = call.Credentials.Clock.GetElapsedTime(_started);
        var outcome = (failure as IWeChatPayFailure)?.Outcome ?? WeChatPayOutcome.Unknown;
        var kind = KindOf(failure);
        if (failure is WeChatPaySignatureException { IsProbe: true })
        {
            Log.Probed(_logger, call.Operation.Method, call.Operation.PathTemplate, call.RequestId);
        }
        else
        {
            Log.Failed(_logger, call.Operation.Method, call.Operation.PathTemplate, elapsed.TotalMilliseconds, kind, outcome, call.Status, call.RequestId);
        }

        _activity?.SetStatus(ActivityStatusCode.Error, kind);
        Finish(call, elapsed, outcome, kind);
    }

    /// <summary>The reason in one word; error codes are an open list, but a small one.</summary>
    private static string KindOf(Exception failure) => failure switch
    {
        WeChatPayApiException api => FailureText.OneLine(api.Code ?? "NO_CODE"),
        WeChatPaySignatureException signature => $"signature {signature.Reason}",
        WeChatPayTransportException transport => $"transport {transport.Reason}",
        _ => failure.GetType().Name,
    };

    private void Finish(WeChatPayCall call, TimeSpan elapsed, WeChatPayOutcome outcome, string? kind)
    {
        if (_activity is not null)
        {
            if (call.Status != 0)
            {
                _activity.SetTag("http.response.status_code", call.Status);
            }

            _activity.SetTag("wechatpay.request_id", call.RequestId);
            _activity.SetTag("wechatpay.outcome", outcome.ToString());
            if (kind is not null)
            {
                _activity.SetTag("error.type", kind);
            }

            _activity.Dispose();
        }

        if (WeChatPayTelemetry.Duration.Enabled)
        {
            var tags = new TagList
            {
                { "http.request.method", call.Operation.Method },
                { "wechatpay.outcome", outcome.ToString() },
            };
            if (!call.IsUntyped)
            {
                tags.Add("url.template", call.Operation.PathTemplate);
            }

            if (call.Status != 0)
            {
                tags.Add("http.response.status_code", call.Status);
            }

            if (kind is not null)
            {
                tags.Add("error.type", kind);
            }

            WeChatPayTelemetry.Duration.Record(elapsed.TotalSeconds, tags);
        }
    }
}
