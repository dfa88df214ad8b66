using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using WeChatPay.Hosting;
using WeChatPay.Keys;

namespace WeChatPay;

/// <summary>
/// Makes and keeps the clients of merchants that are known only while the process runs, from a database for instance. A merchant is made when it is first asked for,
/// and kept until it is removed; credentials change in place. One timer refreshes the platform certificates of all of them, keys are never shared. Thread-safe; a
/// singleton, registered by <c>services.AddWeChatPayClientFactory(…)</c>.
/// </summary>
/// <remarks>
/// Merchants share the connections of the HTTP client named <see cref="HttpClientName"/>, which carry nothing of a merchant but its signed requests. One whose options
/// hold a TLS client certificate or a proxy has connections of its own.
/// </remarks>
public sealed class WeChatPayClientFactory : IDisposable
{
    /// <summary>The name of the HTTP client, for hosts that add handlers to it.</summary>
    public const string HttpClientName = "WeChatPay:(factory)";

    private readonly ConcurrentDictionary<string, MerchantSlot> _slots = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, CancellationToken, ValueTask<WeChatPayOptions?>> _find;
    private readonly Func<ClientSettings, WeChatPayCore> _create;
    private volatile bool _isDisposed;

    /// <summary>Begins without any merchant.</summary>
    /// <param name="find">Asked for a merchant that is not there yet.</param>
    /// <param name="create">Makes the core of a merchant.</param>
    internal WeChatPayClientFactory(Func<string, CancellationToken, ValueTask<WeChatPayOptions?>> find, Func<ClientSettings, WeChatPayCore> create)
    {
        _find = find;
        _create = create;
    }

    /// <summary>The cores that are there at this moment.</summary>
    internal IEnumerable<WeChatPayCore> Cores
    {
        get
        {
            foreach (var (_, slot) in _slots)
            {
                if (slot.Merchant is { } merchant)
                {
                    yield return merchant.Core;
                }
            }
        }
    }

    /// <summary>The client of a merchant. Do not dispose of it: it belongs to the factory, and others have the same.</summary>
    /// <typeparam name="TClient">The generated client type.</typeparam>
    /// <param name="merchant">The name by which the application knows the merchant.</param>
    /// <param name="cancellationToken">Ends the wait; the merchant may be made nevertheless, for the next one who asks.</param>
    /// <returns>The client.</returns>
    /// <exception cref="KeyNotFoundException">The application knows no such merchant.</exception>
    /// <exception cref="ArgumentException">Its options are wrong; the message lists everything at once.</exception>
    /// <exception cref="ObjectDisposedException">The factory was disposed of.</exception>
    public async ValueTask<TClient> GetAsync<TClient>(string merchant, CancellationToken cancellationToken = default)
        where TClient : WeChatPayClientBase, IWeChatPayClient<TClient>
        => await FindAsync<TClient>(merchant, cancellationToken).ConfigureAwait(false)
            ?? throw new KeyNotFoundException($"There is no merchant '{FailureText.OneLine(merchant)}': the function given to AddWeChatPayClientFactory returned no options for it, and none were set.");

    /// <summary>The client of a merchant, or null if the application knows none of this name. Do not dispose of it.</summary>
    /// <typeparam name="TClient">The generated client type.</typeparam>
    /// <param name="merchant">The name by which the application knows the merchant.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The client, or null.</returns>
    /// <exception cref="ArgumentException">Its options are wrong; the message lists everything at once.</exception>
    /// <exception cref="ObjectDisposedException">The factory was disposed of.</exception>
    public async ValueTask<TClient?> FindAsync<TClient>(string merchant, CancellationToken cancellationToken = default)
        where TClient : WeChatPayClientBase, IWeChatPayClient<TClient>
        => (await FindMerchantAsync(merchant, cancellationToken).ConfigureAwait(false))?.Client<TClient>();

    /// <summary>
    /// Adds a merchant, or gives it other options, without asking for them. Changed credentials count from the next call on, also for those who hold its client
    /// already. If something changes that belongs to connections (addresses, time limits, proxy, client certificate) or it is another merchant id, a new client takes
    /// the place of the old one, which goes on with what it has.
    /// </summary>
    /// <param name="merchant">The name by which the application knows the merchant.</param>
    /// <param name="options">Its options; they are validated and copied.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message lists everything at once, and what was before stays.</exception>
    /// <exception cref="ObjectDisposedException">The factory was disposed of.</exception>
    public void Set(string merchant, WeChatPayOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(merchant);
        ArgumentNullException.ThrowIfNull(options);
        var settings = ClientSettings.Create(options);
        while (true)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_slots.GetOrAdd(merchant, static _ => new()).TryInstall(settings, _create))
            {
                EndIfDisposed();
                return;
            }
        }
    }

    /// <summary>
    /// Asks for the options of a merchant again, as after a change in the database. They are taken over as with <see cref="Set"/>; a merchant that is not known any
    /// more is removed. One that nobody has asked for yet is not asked for here either.
    /// </summary>
    /// <param name="merchant">The name by which the application knows the merchant.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message lists everything at once, and what was before stays.</exception>
    /// <exception cref="ObjectDisposedException">The factory was disposed of.</exception>
    public async Task RefreshAsync(string merchant, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(merchant);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!_slots.TryGetValue(merchant, out var slot))
        {
            return;
        }

        // In turn: what was read earlier must not overtake what was read later.
        await slot.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // What is being made just now may come from what was there before the change. Whoever waits for it begins anew.
            var options = slot.Merchant is null ? null : await _find(merchant, cancellationToken).ConfigureAwait(false);
            if (options is null)
            {
                Remove(merchant, slot);
            }
            else
            {
                // If it was removed meanwhile, that is the later word.
                slot.TryInstall(ClientSettings.Create(options), _create);
            }
        }
        finally
        {
            slot.Turn.Release();
        }
    }

    /// <summary>
    /// Removes a merchant. Calls that are under way come to their end; new ones through clients that somebody still holds are refused before anything is sent. Whoever
    /// asks for the merchant again makes it anew, if the application still knows it.
    /// </summary>
    /// <param name="merchant">The name by which the application knows the merchant.</param>
    /// <returns>Whether it was there.</returns>
    public bool Remove(string merchant)
    {
        ArgumentException.ThrowIfNullOrEmpty(merchant);
        return _slots.TryGetValue(merchant, out var slot) && Remove(merchant, slot);
    }

    /// <summary>Removes all merchants. Calls that are under way come to their end.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _stop.Cancel();
        RemoveAll();
    }

    /// <summary>The merchant's core, or null if the application knows none of this name.</summary>
    internal async ValueTask<WeChatPayCore?> FindCoreAsync(string merchant, CancellationToken cancellationToken)
        => (await FindMerchantAsync(merchant, cancellationToken).ConfigureAwait(false))?.Core;

    private async ValueTask<FactoryMerchant?> FindMerchantAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        while (true)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var slot = _slots.GetOrAdd(name, static _ => new());
            if (slot.Merchant is { } known)
            {
                return known;
            }

            // One asks for all; it goes on although the first who came has gone.
            var merchant = await slot.LoadOnce(() => LoadAsync(name, slot)).WaitAsync(cancellationToken).ConfigureAwait(false);
            if (merchant is not null || !slot.IsRemoved)
            {
                return merchant;
            }
        }
    }

    private async Task<FactoryMerchant?> LoadAsync(string name, MerchantSlot slot)
    {
        try
        {
            if (await _find(name, _stop.Token).ConfigureAwait(false) is { } options)
            {
                slot.TryInstall(ClientSettings.Create(options), _create, onlyIfEmpty: true);
                EndIfDisposed();
            }

            return slot.Merchant;
        }
        finally
        {
            // Unknown, or failed: the next one asks again.
            if (slot.CloseIfEmpty())
            {
                _slots.TryRemove(KeyValuePair.Create(name, slot));
            }
        }
    }

    private bool Remove(string name, MerchantSlot slot)
    {
        _slots.TryRemove(KeyValuePair.Create(name, slot));
        return slot.Remove($"Merchant '{FailureText.OneLine(name)}' was removed from the factory: ask for its client again.");
    }

    private void RemoveAll()
    {
        foreach (var (name, slot) in _slots)
        {
            Remove(name, slot);
        }
    }

    private void EndIfDisposed()
    {
        if (_isDisposed)
        {
            RemoveAll();
        }
    }
}
