using System.Collections.Concurrent;

namespace WeChatPay.Hosting;

/// <summary>A merchant of the factory, and the clients over it.</summary>
internal sealed class FactoryMerchant(WeChatPayCore core)
{
    private readonly ConcurrentDictionary<Type, WeChatPayClientBase> _clients = new();

    public WeChatPayCore Core => core;

    public TClient Client<TClient>()
        where TClient : WeChatPayClientBase, IWeChatPayClient<TClient>
        => (TClient)_clients.GetOrAdd(typeof(TClient), static (_, core) => TClient.Create(core), core);
}

/// <summary>
/// The place of one name in the factory. A place that was removed stays empty for ever: whatever comes too late for it finds that out, and the name gets a new one.
/// </summary>
internal sealed class MerchantSlot
{
    private readonly object _gate = new();
    private volatile FactoryMerchant? _merchant;
    private volatile bool _isRemoved;
    private bool _isClosed;
    private Task<FactoryMerchant?>? _loading;

    /// <summary>Held by who asks for the options again.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    public FactoryMerchant? Merchant => _merchant;

    public bool IsRemoved => _isRemoved;

    /// <summary>Begins to load, or joins who has begun.</summary>
    public Task<FactoryMerchant?> LoadOnce(Func<Task<FactoryMerchant?>> load)
    {
        lock (_gate)
        {
            return _loading ??= Keys.WithoutContext.Start(() => Task.Run(load));
        }
    }

    /// <summary>Takes over what can be changed in place, or puts a new core into the place of the old one.</summary>
    /// <param name="settings">The settings of the merchant.</param>
    /// <param name="create">Makes a core.</param>
    /// <param name="onlyIfEmpty">What is there already is newer.</param>
    /// <returns>False if the place is closed.</returns>
    public bool TryInstall(ClientSettings settings, Func<ClientSettings, WeChatPayCore> create, bool onlyIfEmpty = false)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return false;
            }

            if (_merchant is not { } present)
            {
                _merchant = new(create(settings));
            }
            else if (!onlyIfEmpty && !present.Core.TryReload(settings))
            {
                _merchant = new(create(settings));
                present.Core.Retire();
            }

            return true;
        }
    }

    /// <summary>Nobody came: nobody is to come later, when the name has another place.</summary>
    /// <returns>Whether it is empty.</returns>
    public bool CloseIfEmpty()
    {
        lock (_gate)
        {
            _isClosed |= _merchant is null;
            return _isClosed;
        }
    }

    /// <summary>Empties the place for ever. Whoever waits for it begins anew.</summary>
    /// <returns>Whether somebody was there.</returns>
    public bool Remove(string reason)
    {
        lock (_gate)
        {
            var present = _merchant;
            _isRemoved = _isClosed = true;
            _merchant = null;
            present?.Core.Close(reason);
            return present is not null;
        }
    }
}
