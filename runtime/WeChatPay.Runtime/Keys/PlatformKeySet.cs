using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using WeChatPay.Signing;

namespace WeChatPay.Keys;

/// <summary>One merchant's trust set. Immutable: a changed set is a new one. Keys are found by serial and in no other way.</summary>
[DebuggerDisplay("{Keys.Count} keys")]
internal sealed class PlatformKeySet
{
    private readonly Dictionary<string, PlatformKey> _bySerial;
    private readonly TimeProvider _clock;
    private readonly string _scheme;

    /// <summary>Builds the set. Serials are unique.</summary>
    /// <param name="keys">The keys, of any scheme: each verifies with its own.</param>
    /// <param name="clock">Decides which certificates are valid.</param>
    /// <param name="scheme">The scheme of the merchant's own key, to which what is sent keeps throughout.</param>
    public PlatformKeySet(IReadOnlyList<PlatformKey> keys, TimeProvider clock, string scheme = SignatureScheme.Rsa)
    {
        Keys = keys;
        _clock = clock;
        _scheme = scheme;
        _bySerial = new(keys.Count, StringComparer.Ordinal);
        foreach (var key in keys)
        {
            _bySerial.Add(key.Serial, key);
        }
    }

    public IReadOnlyList<PlatformKey> Keys { get; }

    /// <summary>There is a public key with which the merchant can do without certificates.</summary>
    public bool HasPublicKey => Exists(static key => key.IsPublicKey);

    /// <summary>
    /// The key to encrypt for and to ask signatures of, of the scheme of the merchant's own key: the public key if there is one, otherwise the
    /// valid certificate that was issued last.
    /// </summary>
    /// <exception cref="WeChatPaySignatureException">There is no key that is valid now: no answer could be verified, so nothing is sent.</exception>
    public PlatformKey EncryptionKey
        => FindEncryptionKey(_clock.GetUtcNow()) ?? throw new WeChatPaySignatureException(
            Exists(static _ => true) ? WeChatPaySignatureFailure.ExpiredCertificate : WeChatPaySignatureFailure.NoPlatformKey,
            $"No key of WeChat Pay for {_scheme} is valid now, so no answer could be verified; set PublicKeyId and PublicKey, or let platform certificates be fetched (ApiV3Key).")
        {
            Outcome = WeChatPayOutcome.NotSent,
        };

    public bool TryGet(string serial, [NotNullWhen(true)] out PlatformKey? key) => _bySerial.TryGetValue(serial, out key);

    public PlatformKey? FindEncryptionKey(DateTimeOffset now)
    {
        PlatformKey? best = null;
        foreach (var key in Keys)
        {
            if (key.SignatureType == _scheme && key.IsValidAt(now) && (best is null || IsBetter(key, best)))
            {
                best = key;
            }
        }

        return best;
    }

    /// <summary>Whether there is such a key of the merchant's own scheme.</summary>
    private bool Exists(Predicate<PlatformKey> condition)
    {
        foreach (var key in Keys)
        {
            if (key.SignatureType == _scheme && condition(key))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBetter(PlatformKey key, PlatformKey than)
    {
        if (key.IsPublicKey != than.IsPublicKey)
        {
            return key.IsPublicKey;
        }

        return key.NotBefore != than.NotBefore ? key.NotBefore > than.NotBefore : key.NotAfter > than.NotAfter;
    }
}
