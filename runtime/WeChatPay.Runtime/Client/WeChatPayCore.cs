using System.ComponentModel;
using System.Diagnostics;
using System.Net.Http;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using WeChatPay.Encryption;
using WeChatPay.Keys;
using WeChatPay.Serialization;
using WeChatPay.Telemetry;
using WeChatPay.Transport;
using WeChatPay.V2;

namespace WeChatPay;

/// <summary>One merchant's credentials, keys and connection, shared by the clients over it. Thread-safe.</summary>
[EditorBrowsable(EditorBrowsableState.Advanced)]
[DebuggerDisplay("Merchant {Credentials.MerchantId}")]
public sealed class WeChatPayCore : IDisposable
{
    private readonly ClientSettings _settings;
    private readonly CallPipeline _pipeline;
    private readonly ILogger _logger;
    private readonly string _origin;
    private readonly bool _showsOwnCertificate;
    private bool _isShared;

    private WeChatPayCore(ClientSettings settings, HttpSender sender, ILogger? logger)
    {
        _settings = settings;
        _logger = logger ?? NullLogger.Instance;
        _pipeline = new(settings, sender, _logger);
        Keyring = new(settings.Credentials, settings.FetchPlatformCertificates ? new CertificateDownload(_pipeline, settings.BaseAddress) : null, _logger);
        _showsOwnCertificate = sender.ShowsOwnCertificate;
        if (settings.Credentials.IsApiV2Only)
        {
            Log.ApiV2Only(_logger, settings.Credentials.MerchantId);
        }

        _origin = settings.BaseAddress.GetLeftPart(UriPartial.Authority);
    }

    /// <summary>The current snapshot. Take it once per call or notification.</summary>
    internal MerchantCredentials Credentials => Keyring.Current;

    /// <summary>The end of the TLS client certificate; null if there is none.</summary>
    internal DateTimeOffset? ClientCertificateNotAfter => _settings.ClientCertificateNotAfter;

    /// <summary>Makes the snapshots.</summary>
    internal MerchantKeyring Keyring { get; }

    /// <summary>Ends with the core.</summary>
    internal IDisposable? Reloading { get; set; }

    /// <summary>Ends the refresh of platform certificates and closes the connections that belong to the core. One that a factory keeps ends with the factory.</summary>
    public void Dispose()
    {
        if (_isShared)
        {
            return;
        }

        Reloading?.Dispose();
        Keyring.Dispose();
        _pipeline.Dispose();
    }

    internal static WeChatPayCore Create(WeChatPayOptions options)
    {
        var settings = ClientSettings.Create(options);
        return new(settings, HttpSender.OverOwnConnections(settings), null);
    }

    internal static WeChatPayCore Create(WeChatPayOptions options, HttpMessageHandler handler)
        => new(ClientSettings.Create(options), HttpSender.Over(handler), null);

    internal static WeChatPayCore Create(WeChatPayOptions options, HttpClient client)
        => new(ClientSettings.Create(options), HttpSender.Over(client, isWatched: false), null);

    /// <summary>For a client out of the factory, in which our own handler is innermost.</summary>
    internal static WeChatPayCore Create(WeChatPayOptions options, HttpClient client, ILogger logger)
        => new(ClientSettings.Create(options), HttpSender.Over(client, isWatched: true), logger);

    /// <summary>For the factory, whose clients are handed out to many: if one of them disposes of its client, nothing happens to the others.</summary>
    internal static WeChatPayCore CreateShared(ClientSettings settings, HttpSender sender, ILogger logger) => new(settings, sender, logger) { _isShared = true };

    /// <summary>
    /// Another core takes the place of this one. Whoever holds a client over it may go on; its certificates are refreshed no more. Its connections close by
    /// themselves once they are idle.
    /// </summary>
    internal void Retire() => Keyring.Dispose();

    /// <summary>New calls are refused. Those that are under way come to their end.</summary>
    internal void Close(string reason)
    {
        _pipeline.Refuse(reason);
        Keyring.Dispose();
    }

    /// <summary>Takes over changed credentials, if they are of the same merchant and nothing has changed beside them.</summary>
    internal bool TryReload(ClientSettings settings)
    {
        if (ObjectionTo(settings.Credentials) is not null || _settings.DifferencesNeedingRestart(settings).Length > 0)
        {
            return false;
        }

        Keyring.Reload(settings.Credentials);
        Log.Reloaded(_logger, settings.Credentials.MerchantId);
        return true;
    }

    /// <summary>Takes over changed credentials, all or nothing. Calls that are under way keep those with which they began.</summary>
    /// <param name="options">The options as they are now.</param>
    /// <param name="problems">Why they were refused, if they were.</param>
    /// <param name="refusesOthers">Changes of anything else are a problem; otherwise they are logged, and take effect with the next start of the process.</param>
    internal void Reload(WeChatPayOptions options, List<string> problems, bool refusesOthers = false)
    {
        if (ClientSettings.TryCreate(options, problems) is not { } settings)
        {
            return;
        }

        if (ObjectionTo(settings.Credentials) is { } objection)
        {
            problems.Add(objection);
            return;
        }

        if (_settings.DifferencesNeedingRestart(settings) is { Length: > 0 } names)
        {
            if (refusesOthers)
            {
                problems.Add($"{names} changed, which belongs to the connections of a client and not to its credentials: keep it as it was, or make another client.");
                return;
            }

            Log.NeedsRestart(_logger, Credentials.MerchantId, names);
        }

        Keyring.Reload(settings.Credentials);
    }

    /// <summary>Why credentials cannot take the place of the present ones, or null.</summary>
    private string? ObjectionTo(MerchantCredentials credentials)
    {
        if (credentials.IsApiV2Only && !Credentials.IsApiV2Only)
        {
            return "The options hold the APIv2 key and nothing of APIv3 any more, so all calls of APIv3 would fail: set the keys of APIv3. To give APIv3 up make another client.";
        }

        return credentials.MerchantId == Credentials.MerchantId && credentials.IsBrand == Credentials.IsBrand
            ? null
            : $"WeChatPayOptions.{(credentials.IsBrand ? "BrandId" : "MerchantId")} changed to {credentials.MerchantId}: a client stays with its merchant, whose keys are no other's. Register another one.";
    }

    internal Task<TResponse> SendForAnswerAsync<TResponse>(
        WeChatPayOperationDescriptor operation, WeChatPayResourceContext context, IWeChatPayRequest? request, WeChatPayRequestOptions? options, CancellationToken cancellationToken)
        where TResponse : WeChatPayResponse, IJsonReadable<TResponse>
        => RunAsync(operation, context, request, options, "application/json", ReadModelAsync<TResponse>, cancellationToken);

    internal Task<TResponse> SendForXmlAnswerAsync<TResponse>(
        WeChatPayOperationDescriptor operation, WeChatPayResourceContext context, IWeChatPayRequest? request, WeChatPayRequestOptions? options, CancellationToken cancellationToken)
        where TResponse : WeChatPayResponse, IXmlReadable<TResponse>
        => RunAsync(operation, context, request, options, "text/xml, */*", ReadXmlModelAsync<TResponse>, cancellationToken);

    /// <summary>The signed address, without a call.</summary>
    internal Uri CreateUri(WeChatPayOperationDescriptor operation, WeChatPayResourceContext context, IWeChatPayRequest? request)
    {
        var call = Prepare(operation, context, request, options: null, "*/*", out var failure);
        if (call is null)
        {
            ExceptionDispatchInfo.Throw(failure!);
        }

        return call.Address;
    }

    internal Task<WeChatPayResponse> SendForNoContentAsync(
        WeChatPayOperationDescriptor operation, WeChatPayResourceContext context, IWeChatPayRequest? request, WeChatPayRequestOptions? options, CancellationToken cancellationToken)
        => RunAsync(operation, context, request, options, "application/json", ReadPlainAsync, cancellationToken);

    internal Task<WeChatPayDownload> SendForStreamAsync(
        WeChatPayOperationDescriptor operation, WeChatPayResourceContext context, IWeChatPayRequest? request, WeChatPayRequestOptions? options, CancellationToken cancellationToken)
        => RunAsync(operation, context, request, options, "*/*", OpenStreamAsync, cancellationToken);

    internal Task<WeChatPayResponse> SendAsync(
        HttpMethod method, string pathAndQuery, ReadOnlyMemory<byte> body, WeChatPayRequestOptions? options, CancellationToken cancellationToken)
    {
        if (!Keyring.IsReady)
        {
            return SendWhenReadyAsync(method, pathAndQuery, body, options, cancellationToken);
        }

        WeChatPayCall call;
        try
        {
            ArgumentNullException.ThrowIfNull(method);
            if (method == HttpMethod.Get && !body.IsEmpty)
            {
                throw new ArgumentException("A GET has no body; its inputs belong into path and query.", nameof(body));
            }

            var (path, query) = RequestPath.Split(pathAndQuery, nameof(pathAndQuery));
            var credentials = Credentials;
            call = new()
            {
                // Known verbs go out in upper case however they are written, and what is sent is what is signed.
                Operation = new(HttpMethod.Parse(method.Method).Method, path),
                Credentials = BrandPaths.Check(credentials, path).RequireApiV3($"{method.Method} {path}"),
                PlatformKey = credentials.PlatformKeys.EncryptionKey,
                Keyring = Keyring,
                Timeout = TimeoutOf(options),
                MaxRepetitions = RepetitionsOf(options),
                Address = RequestPath.Resolve(_origin, path, query, path),
                Body = body,
                IsUntyped = true,
            };
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or WeChatPayException)
        {
            return Task.FromException<WeChatPayResponse>(e);
        }

        return _pipeline.RunAsync(call, ReadPlainAsync, cancellationToken);
    }

    /// <summary>Fetches a file from an address that came out of a verified answer.</summary>
    /// <param name="address">The <c>download_url</c>.</param>
    /// <param name="options">Options of this call; the time limit ends with the headers of the answer.</param>
    /// <param name="cancellationToken">Ends the call up to the headers of the answer.</param>
    /// <exception cref="ArgumentException">The address is none to which this merchant's signature may go.</exception>
    internal Task<WeChatPayDownload> DownloadAsync(Uri address, WeChatPayRequestOptions? options, CancellationToken cancellationToken)
    {
        WeChatPayCall call;
        try
        {
            ArgumentNullException.ThrowIfNull(address);
            if (!ApiHosts.MayDownloadFrom(address, _settings.BaseAddress, _settings.BackupBaseAddress))
            {
                throw new ArgumentException(
                    $"A file is fetched with the merchant's signature, so only from https hosts of the API or from BaseAddress; '{FailureText.OneLine(address.IsAbsoluteUri ? address.Authority : "")}' is none.",
                    nameof(address));
            }

            var credentials = Credentials.RequireApiV3("a download with the merchant's signature");
            call = new()
            {
                Operation = new("GET", address.AbsolutePath) { IsAnswerUnsigned = true },
                Credentials = credentials,

                // Nothing of the answer is signed, so a key that is missing just now does not matter.
                PlatformKey = credentials.PlatformKeys.FindEncryptionKey(credentials.Clock.GetUtcNow()),
                Keyring = Keyring,
                Timeout = TimeoutOf(options),
                MaxRepetitions = RepetitionsOf(options),
                Address = address,
                Accept = "*/*",
                MayUseBackup = false,
                IsUntyped = true,
            };
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or WeChatPayException)
        {
            return Task.FromException<WeChatPayDownload>(e);
        }

        return _pipeline.RunAsync(call, OpenStreamAsync, cancellationToken);
    }

    private Task<TResult> RunAsync<TResult>(
        WeChatPayOperationDescriptor operation, WeChatPayResourceContext context, IWeChatPayRequest? request, WeChatPayRequestOptions? options, string accept,
        Func<WeChatPayCall, HttpResponseMessage, CancellationToken, ValueTask<TResult>> finish, CancellationToken cancellationToken)
    {
        var isReady = Keyring.IsReady;
        if (!isReady && !operation.TakesApiV2Key)
        {
            return RunWhenReadyAsync(operation, context, request, options, accept, finish, cancellationToken);
        }

        if (Prepare(operation, context, request, options, accept, out var failure) is { } call)
        {
            return _pipeline.RunAsync(call, finish, cancellationToken);
        }

        // APIv2 needs a key of WeChat Pay for encrypted members only, and only then is it worth waiting for one.
        return !isReady && failure is WeChatPaySignatureException
            ? RunWhenReadyAsync(operation, context, request, options, accept, finish, cancellationToken)
            : Task.FromException<TResult>(failure!);
    }

    private async Task<TResult> RunWhenReadyAsync<TResult>(
        WeChatPayOperationDescriptor operation, WeChatPayResourceContext context, IWeChatPayRequest? request, WeChatPayRequestOptions? options, string accept,
        Func<WeChatPayCall, HttpResponseMessage, CancellationToken, ValueTask<TResult>> finish, CancellationToken cancellationToken)
    {
        await WaitForKeyAsync($"{operation.Method} {operation.PathTemplate}", TimeoutOf(options), cancellationToken).ConfigureAwait(false);
        return await RunAsync(operation, context, request, options, accept, finish, cancellationToken).ConfigureAwait(false);
    }

    private async Task<WeChatPayResponse> SendWhenReadyAsync(
        HttpMethod method, string pathAndQuery, ReadOnlyMemory<byte> body, WeChatPayRequestOptions? options, CancellationToken cancellationToken)
    {
        await WaitForKeyAsync(null, TimeoutOf(options), cancellationToken).ConfigureAwait(false);
        return await SendAsync(method, pathAndQuery, body, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits until there is a key with which an answer can be verified. Nothing is sent before.</summary>
    private async Task WaitForKeyAsync(string? operation, TimeSpan timeout, CancellationToken caller)
    {
        using var limit = new TimeLimit(timeout, Credentials.Clock, caller);
        try
        {
            await Keyring.MakeReadyAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (limit.EndedByCaller)
        {
            throw new WeChatPayCanceledException("The call was cancelled while the platform certificates were fetched; it was not sent.", e, caller)
            {
                Outcome = WeChatPayOutcome.NotSent,
                Operation = operation,
            };
        }
        catch (OperationCanceledException e)
        {
            throw new WeChatPayTransportException(
                WeChatPayTransportFailure.Timeout, $"The platform certificates, without which no answer can be verified, did not come within {timeout.TotalSeconds:0.###} s.", e)
            {
                Outcome = WeChatPayOutcome.NotSent,
                Operation = operation,
            };
        }
        catch (WeChatPayException e)
        {
            e.Complete(operation, null, null);
            throw;
        }
    }

    private ValueTask<WeChatPayDownload> OpenStreamAsync(WeChatPayCall call, HttpResponseMessage response, CancellationToken cancellationToken)
        => AnswerReader.OpenStreamAsync(call, response, _settings.Downloads, cancellationToken);

    private static async ValueTask<TResponse> ReadModelAsync<TResponse>(WeChatPayCall call, HttpResponseMessage response, CancellationToken cancellationToken)
        where TResponse : WeChatPayResponse, IJsonReadable<TResponse>
    {
        WeChatPayHttp http;
        ReadOnlyMemory<byte> json;
        if (call.V2 is null)
        {
            http = await AnswerReader.ReadVerifiedAsync(call, response, cancellationToken).ConfigureAwait(false);
            json = http.RawBody;
        }
        else
        {
            (http, var root) = await V2Answer.ReadAsync(call, response, cancellationToken).ConfigureAwait(false);
            json = V2Document.ToJson(http.RawBody, root);
        }

        var model = await JsonBody.ReadAsync<TResponse>(json, new SensitiveDecryptor(call.Credentials.DecryptionKeys), cancellationToken).ConfigureAwait(false);
        model.Http = http;
        return model;
    }

    private static async ValueTask<TResponse> ReadXmlModelAsync<TResponse>(WeChatPayCall call, HttpResponseMessage response, CancellationToken cancellationToken)
        where TResponse : WeChatPayResponse, IXmlReadable<TResponse>
    {
        var (http, root) = await V2Answer.ReadAsync(call, response, cancellationToken).ConfigureAwait(false);
        var model = await XmlBody.ReadAsync<TResponse>(root, new SensitiveDecryptor(call.Credentials.DecryptionKeys), cancellationToken).ConfigureAwait(false);
        model.Http = http;
        return model;
    }

    private static async ValueTask<WeChatPayResponse> ReadPlainAsync(WeChatPayCall call, HttpResponseMessage response, CancellationToken cancellationToken) => new()
    {
        Http = call.V2 is null
            ? await AnswerReader.ReadVerifiedAsync(call, response, cancellationToken).ConfigureAwait(false)
            : (await V2Answer.ReadAsync(call, response, cancellationToken).ConfigureAwait(false)).Http,
    };

    /// <summary>Writes a request. What is wrong with it leaves through the task, as from any asynchronous method.</summary>
    private WeChatPayCall? Prepare(
        WeChatPayOperationDescriptor operation, WeChatPayResourceContext context, IWeChatPayRequest? request, WeChatPayRequestOptions? options, string accept, out Exception? failure)
    {
        try
        {
            failure = null;
            if (operation.RequiresClientCertificate && _showsOwnCertificate && _settings.ClientCertificate is null)
            {
                throw new InvalidOperationException(
                    $"WeChatPayOptions.ClientCertificate of merchant {Credentials.MerchantId} is not set, and {operation.Method} {operation.PathTemplate} takes it: "
                    + "set it to the API certificate of the merchant platform with its private key (apiclient_cert.p12, whose password is the merchant id).");
            }

            var credentials = BrandPaths.Check(Credentials, operation.PathTemplate);
            if (!operation.TakesApiV2Key)
            {
                credentials.RequireApiV3($"{operation.Method} {operation.PathTemplate}");
            }

            var call = RequestBuilder.Build(operation, context.PathValues(), request, credentials, _settings.BaseAddress, TimeoutOf(options), accept);
            call.Keyring = Keyring;
            call.MaxRepetitions = RepetitionsOf(options);
            return call;
        }
        catch (Exception e)
        {
            (e as WeChatPayException)?.Complete($"{operation.Method} {operation.PathTemplate}", null, null);
            failure = e;
            return null;
        }
    }

    private int RepetitionsOf(WeChatPayRequestOptions? options)
    {
        var repetitions = options?.MaxRepetitions ?? _settings.MaxRepetitions;
        return OptionProblems.IsRepetitions(repetitions)
            ? repetitions
            : throw new ArgumentException($"WeChatPayRequestOptions.MaxRepetitions is {repetitions}: it must be between 0 and {Repetition.Most}.", nameof(options));
    }

    private TimeSpan TimeoutOf(WeChatPayRequestOptions? options)
    {
        if (options?.Timeout is not { } timeout)
        {
            return _settings.Timeout;
        }

        return OptionProblems.IsTimeout(timeout)
            ? timeout
            : throw new ArgumentException($"WeChatPayRequestOptions.Timeout is {timeout}: it must be positive and at most 24 days, or Timeout.InfiniteTimeSpan.", nameof(options));
    }
}
