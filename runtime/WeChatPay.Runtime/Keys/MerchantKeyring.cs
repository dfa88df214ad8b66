using System.Diagnostics;
using Microsoft.Extensions.Logging;
using WeChatPay.Signing;
using WeChatPay.Telemetry;

namespace WeChatPay.Keys;

/// <summary>
/// One merchant's credentials as they are now: what the options say and the platform certificates that were downloaded since. Holders take
/// <see cref="Current"/> once per call; a change is a new snapshot in one step, never a set that is half old and half new. A failed refresh
/// changes nothing.
/// </summary>
[DebuggerDisplay("Merchant {Current.MerchantId}")]
internal sealed class MerchantKeyring : IDisposable
{
    private readonly CertificateDownload? _download;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly object _gate = new();

    // Certificates that a verified list no longer held. Options that still name them do not bring them back.
    private readonly HashSet<string> _withdrawn = new(StringComparer.Ordinal);
    private volatile MerchantCredentials _current;
    private IReadOnlyList<PlatformKey> _downloaded = [];
    private Task<Exception?>? _running;
    private long? _lastForUnknownSerial;
    private long? _lastForMissingKey;
    private volatile RefreshState _refreshes;

    /// <summary>Begins with what the options say.</summary>
    /// <param name="credentials">The first snapshot.</param>
    /// <param name="download">Fetches the platform certificates; null if they are not to be fetched.</param>
    /// <param name="logger">Where refreshes are logged.</param>
    public MerchantKeyring(MerchantCredentials credentials, CertificateDownload? download, ILogger logger)
    {
        _current = credentials;
        _clock = credentials.Clock;
        _refreshes = new(_clock.GetUtcNow());
        Skew = new(_clock);
        _download = download;
        _logger = logger;
        if (download is not null)
        {
            RefreshSchedule.Of(_clock).Add(new(this), RefreshTiming.AtStart(IsReady));
        }
    }

    /// <summary>The snapshot of this moment.</summary>
    public MerchantCredentials Current => _current;

    /// <summary>How the refresh of platform certificates has gone.</summary>
    public RefreshState Refreshes => _refreshes;

    /// <summary>How far the clock of this machine is off.</summary>
    public ClockSkew Skew { get; }

    /// <summary>Platform certificates are fetched.</summary>
    public bool CanFetch => _download is not null && _current.HasApiV3Key;

    /// <summary>There is a key to ask signatures of and to encrypt for, or nowhere to get one from.</summary>
    public bool IsReady => !CanFetch || _current.PlatformKeys.FindEncryptionKey(_clock.GetUtcNow()) is not null;

    /// <summary>The failure of <see cref="MakeReadyAsync"/> is none that passes: WeChat Pay has no certificate for this merchant.</summary>
    public static bool SaysThatThereIsNone(WeChatPaySignatureException failure)
        => failure.InnerException is WeChatPaySignatureException { Reason: WeChatPaySignatureFailure.NoPlatformKey };

    /// <summary>A keyring that stays as it is.</summary>
    public static MerchantKeyring Of(MerchantCredentials credentials)
        => new(credentials, null, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

    /// <summary>
    /// Verifies a message. One that names a certificate which this snapshot does not know, and is sound in every other respect that can be
    /// checked without it, may wait shortly for a refresh.
    /// </summary>
    /// <returns>The failure, or null for a proven message.</returns>
    public ValueTask<WeChatPaySignatureException?> CheckAsync(
        MerchantCredentials snapshot, SignatureHeaders headers, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var failure = snapshot.Verifier.Check(headers, body.Span);
        return failure is { Reason: WeChatPaySignatureFailure.UnknownSerial, IsProbe: false } && SerialNumber.IsOfCertificate(headers.Serial)
            && SignedMessageVerifier.IsPlausible(headers.Signature)
                ? CheckLaterAsync(failure, headers, body, cancellationToken)
                : new(failure);
    }

    /// <summary>
    /// Verifies an answer and learns from its time how far the clock of this machine is off; from one that is refused for its time as well, if WeChat Pay
    /// signed it: then the clock is what is wrong, most likely.
    /// </summary>
    /// <returns>The failure, or null for a proven answer.</returns>
    public async ValueTask<WeChatPaySignatureException?> CheckAnswerAsync(
        MerchantCredentials snapshot, SignatureHeaders headers, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var failure = await CheckAsync(snapshot, headers, body, cancellationToken).ConfigureAwait(false);
        if (failure is null || (failure.Reason == WeChatPaySignatureFailure.ClockSkew && snapshot.Verifier.WasSigned(headers, body.Span)))
        {
            Skew.Add(headers.UnixSeconds);
        }

        return failure;
    }

    /// <summary>Waits until there is a key to work with.</summary>
    /// <exception cref="WeChatPaySignatureException">There is none, and none could be fetched. Nothing was sent.</exception>
    /// <exception cref="OperationCanceledException">The token ended the wait.</exception>
    public async Task MakeReadyAsync(CancellationToken cancellationToken)
    {
        if (IsReady)
        {
            return;
        }

        var failure = await JoinOrStart(ref _lastForMissingKey, RefreshTiming.BetweenMissingKeys).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (!IsReady)
        {
            throw NoKey(failure);
        }
    }

    /// <summary>Takes over changed options. The certificates that were downloaded stay.</summary>
    /// <param name="credentials">Of the same merchant.</param>
    public void Reload(MerchantCredentials credentials)
    {
        lock (_gate)
        {
            var certificates = new Dictionary<string, PlatformKey>(StringComparer.Ordinal);
            var publicKeys = new List<PlatformKey>();
            foreach (var key in credentials.PlatformKeys.Keys)
            {
                if (key.IsPublicKey)
                {
                    publicKeys.Add(key);
                }
                else if (!_withdrawn.Contains(key.Serial))
                {
                    certificates[key.Serial] = key;
                }
            }

            foreach (var key in _downloaded)
            {
                certificates[key.Serial] = key;
            }

            _current = credentials.With([.. publicKeys, .. certificates.Values]);
        }
    }

    /// <summary>The regular refresh.</summary>
    /// <returns>When the next one is due; null if there is to be none.</returns>
    public async Task<TimeSpan?> RefreshAsScheduledAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return null;
        }

        if (!CanFetch)
        {
            // A reload may bring the APIv3 key.
            return RefreshTiming.AfterSuccess();
        }

        var failure = await JoinOrStart().ConfigureAwait(false);
        return _stop.IsCancellationRequested ? null : failure is null ? RefreshTiming.AfterSuccess() : RefreshTiming.AfterFailure(_refreshes.Failures);
    }

    public void Dispose() => _stop.Cancel();

    private async ValueTask<WeChatPaySignatureException?> CheckLaterAsync(
        WeChatPaySignatureException failure, SignatureHeaders headers, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (!_current.PlatformKeys.TryGet(headers.Serial, out _))
        {
            if (!CanFetch)
            {
                return failure;
            }

            try
            {
                await JoinOrStart(ref _lastForUnknownSerial, RefreshTiming.BetweenUnknownSerials)
                    .WaitAsync(RefreshTiming.LongestJoin, _clock, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // The refresh goes on without this message.
            }
        }

        return _current.Verifier.Check(headers, body.Span);
    }

    /// <summary>Joins the running refresh, or starts one unless this cause had one a short while ago; then its result is repeated.</summary>
    private Task<Exception?> JoinOrStart(ref long? last, TimeSpan between)
    {
        lock (_gate)
        {
            if (_running is { IsCompleted: false })
            {
                return _running;
            }

            if (_running is not null && last is { } time && _clock.GetElapsedTime(time) < between)
            {
                return _running;
            }

            last = _clock.GetTimestamp();
            return Start();
        }
    }

    private Task<Exception?> JoinOrStart()
    {
        lock (_gate)
        {
            return _running is { IsCompleted: false } ? _running : Start();
        }
    }

    private Task<Exception?> Start() => _running = WithoutContext.Start(() => Task.Run(RefreshAsync));

    /// <summary>Never fails: the result says what went wrong.</summary>
    private async Task<Exception?> RefreshAsync()
    {
        var credentials = _current;
        try
        {
            var list = await _download!.RunAsync(credentials, _stop.Token).ConfigureAwait(false);
            if (list is null && !credentials.PlatformKeys.HasPublicKey)
            {
                throw new WeChatPaySignatureException(
                    WeChatPaySignatureFailure.NoPlatformKey,
                    "WeChat Pay has no platform certificate for this merchant (404): it is to use the WeChat Pay public key. "
                        + "Set PublicKeyId and PublicKey to what the merchant platform shows under API security.");
            }

            _refreshes = _refreshes with { Succeeded = _clock.GetUtcNow(), Failures = 0 };
            if (list is null)
            {
                Log.NoCertificates(_logger, credentials.MerchantId);
            }
            else
            {
                Take(list);
                Log.CertificatesRefreshed(_logger, credentials.MerchantId, list.Count);
            }

            return null;
        }
        catch (Exception e)
        {
            _refreshes = _refreshes with { Failures = _refreshes.Failures + 1 };
            if (!_stop.IsCancellationRequested)
            {
                Log.RefreshFailed(_logger, credentials.MerchantId, _current.PlatformKeys.Keys.Count, e);
            }

            return e;
        }
    }

    /// <summary>A verified list replaces all certificates; a public key is none of its business.</summary>
    private void Take(IReadOnlyList<PlatformKey> list)
    {
        lock (_gate)
        {
            var keys = new List<PlatformKey>();
            foreach (var key in _current.PlatformKeys.Keys)
            {
                if (key.IsPublicKey)
                {
                    keys.Add(key);
                }
                else
                {
                    _withdrawn.Add(key.Serial);
                }
            }

            foreach (var key in list)
            {
                _withdrawn.Remove(key.Serial);
            }

            _downloaded = list;
            _current = _current.With([.. keys, .. list]);
        }
    }

    private static WeChatPaySignatureException NoKey(Exception? cause) => new(
        WeChatPaySignatureFailure.NoPlatformKey,
        cause is WeChatPaySignatureException { Reason: WeChatPaySignatureFailure.NoPlatformKey } none
            ? none.BaseMessage
            : "No key of WeChat Pay is valid now, and the platform certificates could not be fetched (see the inner exception), so no answer could be verified.",
        cause)
    {
        Outcome = WeChatPayOutcome.NotSent,
    };
}
