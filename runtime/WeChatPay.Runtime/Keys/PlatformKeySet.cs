using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace WeChatPay.Keys;

/// <summary>One merchant's trust set. Immutable: a changed set is a new one. Keys are found by serial and in no other way.</summary>
[DebuggerDisplay("{Keys.Count} keys")]
internal sealed class PlatformKeySet
{
    private readonly Dictionary<string, PlatformKey> _bySerial;
    private readonly TimeProvider _clock;

    /// <summary>Builds the set. Serials are unique.</summary>
    public PlatformKeySet(IReadOnlyList<PlatformKey> keys, TimeProvider clock)
    {
        Keys = keys;
        _clock = clock;
        _bySerial = new(keys.Count, StringComparer.Ordinal);
        foreach (var key in keys)
        {
            _bySerial.Add(key.Serial, key);
        }
    }

    public IReadOnlyList<PlatformKey> Keys { get; }

    /// <summary>
    /// The key to encrypt for and to ask signatures of: the public key if there is one, otherwise the valid certificate that was issued last.
    /// </summary>
    /// <exception cref="WeChatPaySignatureException">All certificates are out of date: no answer could be verified, so nothing is sent.</exception>
    public PlatformKey EncryptionKey
        => FindEncryptionKey(_clock.GetUtcNow()) ?? throw new WeChatPaySignatureException(
            WeChatPaySignatureFailure.ExpiredCertificate,
            "No platform certificate of this merchant is valid now, so no answer could be verified; set PublicKeyId and PublicKey, or add the current certificate.")
        {
            Outcome = WeChatPayOutcome.NotSent,
        };

    public bool TryGet(string serial, [NotNullWhen(true)] out PlatformKey? key) => _bySerial.TryGetValue(serial, out key);

    public PlatformKey? FindEncryptionKey(DateTimeOffset now)
    {
        PlatformKey? best = null;
        foreach (var key in Keys)
        {
            if (key.IsValidAt(now) && (best is null || IsBetter(key, best)))
            {
                best = key;
            }
        }

        return best;
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
