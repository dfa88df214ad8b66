using System.Diagnostics;
using System.Security.Cryptography;

namespace WeChatPay.Keys;

/// <summary>The merchant's keys that open what is encrypted for its certificate: the present one, then those that were replaced and have not lapsed.</summary>
[DebuggerDisplay("{_former.Count} former keys")]
internal sealed class DecryptionKeys
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly IMerchantKey _present;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly IReadOnlyList<FormerKey<IMerchantKey>> _former;

    private readonly TimeProvider _clock;

    public DecryptionKeys(IMerchantKey present, IReadOnlyList<FormerKey<IMerchantKey>> former, TimeProvider clock)
    {
        _present = present;
        _former = former;
        _clock = clock;
        AreLocal = present is ILocalMerchantKey;
        foreach (var key in former)
        {
            AreLocal &= key.Key is ILocalMerchantKey;
        }
    }

    /// <summary>All of them are in the memory of this process.</summary>
    public bool AreLocal { get; }

    /// <summary>Opens a ciphertext without waiting; only if <see cref="AreLocal"/>.</summary>
    /// <exception cref="CryptographicException">It is for none of these keys.</exception>
    public byte[] Decrypt(byte[] ciphertext)
    {
        try
        {
            return ((ILocalMerchantKey)_present).Decrypt(ciphertext);
        }
        catch (CryptographicException) when (_former.Count > 0)
        {
            foreach (var (key, until) in _former)
            {
                if (_clock.GetUtcNow() >= until)
                {
                    continue;
                }

                try
                {
                    return ((ILocalMerchantKey)key).Decrypt(ciphertext);
                }
                catch (CryptographicException)
                {
                    // The next one.
                }
            }

            throw;
        }
    }

    /// <summary>Opens a ciphertext.</summary>
    /// <exception cref="CryptographicException">It is for none of these keys.</exception>
    public async ValueTask<byte[]> DecryptAsync(byte[] ciphertext, CancellationToken cancellationToken)
    {
        try
        {
            return await _present.DecryptAsync(ciphertext, cancellationToken).ConfigureAwait(false);
        }
        catch (CryptographicException) when (_former.Count > 0)
        {
            foreach (var (key, until) in _former)
            {
                if (_clock.GetUtcNow() >= until)
                {
                    continue;
                }

                try
                {
                    return await key.DecryptAsync(ciphertext, cancellationToken).ConfigureAwait(false);
                }
                catch (CryptographicException)
                {
                    // The next one.
                }
            }

            throw;
        }
    }
}
