using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using WeChatPay.Telemetry;

namespace WeChatPay.Hosting;

/// <summary>
/// Takes over a merchant's changed options while the process runs. Its own watch of the sources, not that of the options monitor: options that cannot be
/// made, or are wrong, must leave what works in place and a line in the log, not an exception with whoever reloads the configuration.
/// </summary>
internal sealed class CredentialsReload : IDisposable
{
    private readonly List<IDisposable> _watches = [];
    private readonly object _gate = new();
    private readonly WeChatPayCore _core;
    private readonly string _name;
    private readonly IOptionsFactory<WeChatPayOptions> _factory;
    private readonly ILogger _logger;

    /// <summary>Begins to watch.</summary>
    /// <param name="core">The merchant's core, which disposes of this.</param>
    /// <param name="name">The name of its options.</param>
    /// <param name="factory">Makes the options anew.</param>
    /// <param name="sources">What tells that options have changed.</param>
    /// <param name="logger">Where refused reloads are logged.</param>
    public CredentialsReload(
        WeChatPayCore core, string name, IOptionsFactory<WeChatPayOptions> factory, IEnumerable<IOptionsChangeTokenSource<WeChatPayOptions>> sources, ILogger logger)
    {
        _core = core;
        _name = name;
        _factory = factory;
        _logger = logger;
        foreach (var source in sources)
        {
            if ((source.Name ?? "") == name)
            {
                _watches.Add(ChangeToken.OnChange(source.GetChangeToken, Reload));
            }
        }
    }

    public void Dispose()
    {
        foreach (var watch in _watches)
        {
            watch.Dispose();
        }
    }

    private void Reload()
    {
        // In the order in which they come: an older state must not overtake a newer one.
        lock (_gate)
        {
            var merchant = _core.Credentials.MerchantId;
            var problems = new List<string>();
            try
            {
                _core.Reload(_factory.Create(_name), problems);
            }
            catch (Exception e)
            {
                // Without the exception: its text is that of the host's own code, which may quote what it read.
                problems.Add($"The options could not be made ({e.GetType().Name}).");
            }

            if (problems.Count == 0)
            {
                Log.Reloaded(_logger, merchant);
            }
            else
            {
                Log.ReloadRefused(_logger, merchant, string.Join(" ", problems));
            }
        }
    }
}
