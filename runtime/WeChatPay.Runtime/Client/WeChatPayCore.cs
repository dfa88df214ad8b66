using System.ComponentModel;
using System.Diagnostics;
using System.Net.Http;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using WeChatPay.Encryption;
using WeChatPay.Keys;
using WeChatPay.Serialization;
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
    private readonly string _origin;
    private readonly bool _showsOwnCertificate;

    private WeChatPayCore(ClientSettings settings, HttpSender sender, ILogger? logger)
    {
        _settings = settings;
        _pipeline = new(settings, sender, logger ?? NullLogger.Instance);
        _showsOwnCertificate = sender.ShowsOwnCertificate;
        _origin = settings.BaseAddress.GetLeftPart(UriPartial.Authority);
    }

    /// <summary>The current snapshot. Take it once per call or notification.</summary>
    internal MerchantCredentials Credentials => _settings.Credentials;

    /// <summary>Closes the connections that belong to the core.</summary>
    public void Dispose() => _pipeline.Dispose();

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

    internal Task<TResponse> SendForAnswerAsync<TResponse>(
        WeChatPayOperationDescriptor operation, WeChatPayResourceContext context, IWeChatPayRequest? request, WeChatPayRequestOptions? options, CancellationToken cancellationToken)
        where TResponse : WeChatPayResponse, IJsonReadable<TResponse>
        => Prepare(operation, context, request, options, "application/json", out var failure) is { } call
            ? _pipeline.RunAsync(call, ReadModelAsync<TResponse>, cancellationToken)
            : Task.FromException<TResponse>(failure!);

    internal Task<TResponse> SendForXmlAnswerAsync<TResponse>(
        WeChatPayOperationDescriptor operation, WeChatPayResourceContext context, IWeChatPayRequest? request, WeChatPayRequestOptions? options, CancellationToken cancellationToken)
        where TResponse : WeChatPayResponse, IXmlReadable<TResponse>
        => Prepare(operation, context, request, options, "text/xml, */*", out var failure) is { } call
            ? _pipeline.RunAsync(call, ReadXmlModelAsync<TResponse>, cancellationToken)
            : Task.FromException<TResponse>(failure!);

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
        => Prepare(operation, context, request, options, "application/json", out var failure) is { } call
            ? _pipeline.RunAsync(call, ReadPlainAsync, cancellationToken)
            : Task.FromException<WeChatPayResponse>(failure!);

    internal Task<WeChatPayDownload> SendForStreamAsync(
        WeChatPayOperationDescriptor operation, WeChatPayResourceContext context, IWeChatPayRequest? request, WeChatPayRequestOptions? options, CancellationToken cancellationToken)
        => Prepare(operation, context, request, options, "*/*", out var failure) is { } call
            ? _pipeline.RunAsync(call, AnswerReader.OpenStreamAsync, cancellationToken)
            : Task.FromException<WeChatPayDownload>(failure!);

    internal Task<WeChatPayResponse> SendAsync(
        HttpMethod method, string pathAndQuery, ReadOnlyMemory<byte> body, WeChatPayRequestOptions? options, CancellationToken cancellationToken)
    {
        WeChatPayCall call;
        try
        {
            ArgumentNullException.ThrowIfNull(method);
            if (method == HttpMethod.Get && !body.IsEmpty)
            {
                throw new ArgumentException("A GET has no body; its inputs belong into path and query.", nameof(body));
            }

            var (path, query) = RequestPath.Split(pathAndQuery, nameof(pathAndQuery));
            call = new()
            {
                // Known verbs go out in upper case however they are written, and what is sent is what is signed.
                Operation = new(HttpMethod.Parse(method.Method).Method, path),
                Credentials = Credentials,
                PlatformKey = Credentials.PlatformKeys.EncryptionKey,
                Timeout = TimeoutOf(options),
                Address = RequestPath.Resolve(_origin, path, query, path),
                Body = body,
                IsUntyped = true,
            };
        }
        catch (Exception e) when (e is ArgumentException or WeChatPayException)
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

            call = new()
            {
                Operation = new("GET", address.AbsolutePath) { IsAnswerUnsigned = true },
                Credentials = Credentials,
                PlatformKey = Credentials.PlatformKeys.EncryptionKey,
                Timeout = TimeoutOf(options),
                Address = address,
                Accept = "*/*",
                MayUseBackup = false,
                IsUntyped = true,
            };
        }
        catch (Exception e) when (e is ArgumentException or WeChatPayException)
        {
            return Task.FromException<WeChatPayDownload>(e);
        }

        return _pipeline.RunAsync(call, AnswerReader.OpenStreamAsync, cancellationToken);
    }

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

        var model = await JsonBody.ReadAsync<TResponse>(json, new SensitiveDecryptor(call.Credentials.Key), cancellationToken).ConfigureAwait(false);
        model.Http = http;
        return model;
    }

    private static async ValueTask<TResponse> ReadXmlModelAsync<TResponse>(WeChatPayCall call, HttpResponseMessage response, CancellationToken cancellationToken)
        where TResponse : WeChatPayResponse, IXmlReadable<TResponse>
    {
        var (http, root) = await V2Answer.ReadAsync(call, response, cancellationToken).ConfigureAwait(false);
        var model = await XmlBody.ReadAsync<TResponse>(root, new SensitiveDecryptor(call.Credentials.Key), cancellationToken).ConfigureAwait(false);
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

            return RequestBuilder.Build(operation, context.PathValues(), request, Credentials, _settings.BaseAddress, TimeoutOf(options), accept);
        }
        catch (Exception e)
        {
            (e as WeChatPayException)?.Complete($"{operation.Method} {operation.PathTemplate}", null, null);
            failure = e;
            return null;
        }
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
