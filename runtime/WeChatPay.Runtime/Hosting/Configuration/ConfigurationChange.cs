using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace WeChatPay.Hosting;

/// <summary>Tells that the configuration of a merchant may have changed.</summary>
internal sealed class ConfigurationChange(string name, IConfiguration section) : IOptionsChangeTokenSource<WeChatPayOptions>
{
    public string Name => name;

    public IChangeToken GetChangeToken() => section.GetReloadToken();
}
