using System.Net.Http;
using Microsoft.Extensions.Logging;
using WeChatPay.Signing;
using WeChatPay.Telemetry;
using WeChatPay.Uploads;

namespace WeChatPay.Transport;

/// <summary>Sign, send, and hand the answer on; whatever fails on the way leaves as one of this library's exceptions with its outcome.</summary>
internal sealed class CallPipeline(ClientSettings settings, HttpSender sender, ILogger logger) : IDisposable
{
    private readonly string? _backupOrigin = settings.BackupBaseAddress?.GetLeftPart(UriPartial.Authority);
    private volatile string? _refusal;

    /// <summary>Runs a call.</summary>
    /// <typeparam name="TResult">What becomes of the answer.</typeparam>
    /// <param name="call">What is sent.</param>
    /// <param name="finish">Takes the answer, of which the headers are there, and disposes of it.</param>
    /// <param name="caller">The caller's token.</param>
    public async Task<TResult> RunAsync<TResult>(
        WeChatPayCall call, Func<WeChatPayCall, HttpResponseMessage, CancellationToken, ValueTask<TResult>> finish, CancellationToken caller)
    {
        if (_refusal is { } reason)
        {
            throw new InvalidOperationException(reason);
        }

        var record = CallRecord.Start(call, logger);
        using var limit = new TimeLimit(call.Timeout, call.Credentials.Clock, caller);
        try
        {
            limit.Token.ThrowIfCancellationRequested();
            if (call.Upload is { } upload)
            {
                await upload.PrepareAsync(limit.Token).ConfigureAwait(false);
                call.Body = upload.Meta;
                call.V2 = upload.Message;
            }

            var result = call.MaxRepetitions == 0
                ? await AttemptAsync(call, finish, limit.Token).ConfigureAwait(false)
                : await RepeatAsync(call, finish, limit).ConfigureAwait(false);
            record.Succeed(call);
            return result;
        }
        catch (Exception e)
        {
            var failure = FailureTranslation.Translate(e, call, limit, caller);
            record.Fail(call, failure);
            if (ReferenceEquals(failure, e))
            {
                throw;
            }

            throw failure;
        }
        finally
        {
            if (call.Upload is { } upload)
            {
                await upload.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>From now on no call begins.</summary>
    public void Refuse(string reason) => _refusal = reason;

    public void Dispose() => sender.Dispose();

    private async Task<TResult> RepeatAsync<TResult>(
        WeChatPayCall call, Func<WeChatPayCall, HttpResponseMessage, CancellationToken, ValueTask<TResult>> finish, TimeLimit limit)
    {
        var clock = call.Credentials.Clock;
        var started = clock.GetTimestamp();
        while (true)
        {
            TimeSpan? wait = null;
            try
            {
                return await LimitedAttemptAsync(call, finish, limit).ConfigureAwait(false);
            }
            catch (Exception e) when ((wait = Repetition.WaitAfter(e, call, limit, clock.GetElapsedTime(started))) is not null)
            {
                Log.Repeating(logger, call.Operation.Method, call.Operation.PathTemplate, e.GetType().Name, call.Status, wait.Value.TotalMilliseconds);
            }

            call.BeginAgain();
            await Task.Delay(wait.Value, clock, limit.Token).ConfigureAwait(false);
        }
    }

    /// <summary>An attempt that may be followed by another, so that it need not wait until the time of the whole call is over.</summary>
    private async Task<TResult> LimitedAttemptAsync<TResult>(
        WeChatPayCall call, Func<WeChatPayCall, HttpResponseMessage, CancellationToken, ValueTask<TResult>> finish, TimeLimit whole)
    {
        if (settings.AttemptTimeout == Timeout.InfiniteTimeSpan || !call.MayRepeat)
        {
            return await AttemptAsync(call, finish, whole.Token).ConfigureAwait(false);
        }

        using var limit = new TimeLimit(settings.AttemptTimeout, call.Credentials.Clock, whole.Token);
        try
        {
            return await AttemptAsync(call, finish, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (limit.EndedByTime)
        {
            throw new AttemptTimeoutException(settings.AttemptTimeout, e);
        }
    }

    private async Task<TResult> AttemptAsync<TResult>(
        WeChatPayCall call, Func<WeChatPayCall, HttpResponseMessage, CancellationToken, ValueTask<TResult>> finish, CancellationToken limit)
    {
        var response = await SendAsync(call, limit).ConfigureAwait(false);
        call.Phase = CallPhase.Reading;
        call.Status = (int)response.StatusCode;
        call.RequestId = AnswerReader.RequestIdOf(response);
        return await finish(call, response, limit).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendAsync(WeChatPayCall call, CancellationToken limit)
    {
        var authorization = await AuthorizeAsync(call, call.Address, limit).ConfigureAwait(false);
        try
        {
            return await SendOnceAsync(call, call.Address, authorization, limit).ConfigureAwait(false);
        }
        catch (Exception e) when (_backupOrigin is not null && call.MayUseBackup && ConnectFailures.IsOne(e, call.Attempt) && !limit.IsCancellationRequested)
        {
            Log.UsingBackup(logger, call.Operation.Method, call.Operation.PathTemplate, e.GetType().Name);
        }

        // No byte was sent, so this is the first attempt that counts. The host is not part of what is signed.
        var address = new Uri(_backupOrigin + call.Address.PathAndQuery);
        if (call.Attempt!.IsOld)
        {
            authorization = await AuthorizeAsync(call, address, limit).ConfigureAwait(false);
        }

        return await SendOnceAsync(call, address, authorization, limit).ConfigureAwait(false);
    }

    private static ValueTask<string> AuthorizeAsync(WeChatPayCall call, Uri address, CancellationToken limit)
    {
        call.SignedAt = call.Credentials.Clock.GetTimestamp();
        return call.V2 is not null ? new("") : RequestSigner.AuthorizeAsync(call.Credentials, call.Operation.Method, address.PathAndQuery, call.Body, limit);
    }

    private Task<HttpResponseMessage> SendOnceAsync(WeChatPayCall call, Uri address, string authorization, CancellationToken limit)
    {
        var attempt = new SendState(call.Operation.Method, address, call.MayRepeat, call.Credentials.Clock, call.SignedAt)
        {
            IsWatched = sender.IsWatched,
            Authorization = sender.HasHandlersOfHost ? authorization : "",
        };
        if (call.Operation.Method != "GET")
        {
            attempt.Content = call.Upload is { } upload ? new UploadContent(upload, attempt) : new SignedContent(call.Body, attempt, onlyOnce: !call.MayRepeat, call.ContentType);
        }

        var request = new SignedRequest(call.Method, address, attempt);
        var headers = request.Headers;

        if (!Names(call, "Accept"))
        {
            headers.TryAddWithoutValidation("Accept", call.Accept);
        }

        // What a request declares itself follows: products are a list.
        headers.TryAddWithoutValidation("User-Agent", UserAgent.Value);
        if (call.V2 is null && !sender.HasHandlersOfHost)
        {
            headers.TryAddWithoutValidation("Authorization", authorization);
        }

        if (settings.AcceptLanguage is not null && !Names(call, "Accept-Language"))
        {
            headers.TryAddWithoutValidation("Accept-Language", settings.AcceptLanguage);
        }

        // A caller who encrypted by hand names the key: two values would be no serial at all.
        if (call.NamesPlatformKey && !Names(call, SignatureHeaders.SerialName) && call.PlatformKey is { } key)
        {
            headers.TryAddWithoutValidation(SignatureHeaders.SerialName, key.Serial);
        }

        for (var i = 0; i < call.Headers?.Count; i++)
        {
            headers.TryAddWithoutValidation(call.Headers[i].Key, call.Headers[i].Value);
        }

        call.Attempt = attempt;
        call.Phase = CallPhase.Sending;
        return sender.SendAsync(request, limit);
    }

    private static bool Names(WeChatPayCall call, string header)
    {
        for (var i = 0; i < call.Headers?.Count; i++)
        {
            if (string.Equals(call.Headers[i].Key, header, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
