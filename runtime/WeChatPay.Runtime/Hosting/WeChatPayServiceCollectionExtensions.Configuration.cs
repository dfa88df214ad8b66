using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using WeChatPay;
using WeChatPay.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

public static partial class WeChatPayServiceCollectionExtensions
{
    /// <summary>
    /// Registers a client for one merchant as a singleton, with the HTTP client named <c>WeChatPay</c> and the options of a configuration section. The options
    /// are validated when the host starts; an unknown key or a value that cannot be read is an error then. When the configuration changes, the credentials are
    /// taken over; if they are wrong, those of before stay in use and an error is logged.
    /// </summary>
    /// <typeparam name="TClient">The generated client type.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="section">
    /// The section of this merchant, e.g. <c>configuration.GetSection("WeChatPay")</c>. Its keys are the names of <see cref="WeChatPayOptions"/>; key material and
    /// passwords may stand in files, whose path is in the key with <c>File</c> at its end (<c>MerchantPrivateKeyFile</c>), relative to the content root.
    /// </param>
    /// <param name="configure">Sets what text cannot say, such as a key in a vault; runs after the section was read. May be null.</param>
    /// <returns>The services.</returns>
    /// <exception cref="InvalidOperationException">A merchant is registered without a name already.</exception>
    public static IServiceCollection AddWeChatPay<TClient>(this IServiceCollection services, IConfiguration section, Action<WeChatPayOptions>? configure = null)
        where TClient : WeChatPayClientBase, IWeChatPayClient<TClient>
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        return AddDefaultMerchant<TClient>(services, options => Configure(options, section, configure));
    }

    /// <summary>
    /// Registers a client for one of several merchants as a keyed singleton, with the HTTP client named <c>WeChatPay:</c> and the name, and the options of a
    /// configuration section, which are validated and reloaded as with the other overload.
    /// </summary>
    /// <typeparam name="TClient">The generated client type.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The key: <c>[FromKeyedServices(name)] TClient client</c>.</param>
    /// <param name="section">The section of this merchant alone, e.g. <c>configuration.GetSection("WeChatPay:Shop")</c>.</param>
    /// <param name="configure">Sets what text cannot say; runs after the section was read. May be null.</param>
    /// <returns>The services.</returns>
    /// <exception cref="InvalidOperationException">A merchant is registered under this name already.</exception>
    public static IServiceCollection AddWeChatPay<TClient>(
        this IServiceCollection services, string name, IConfiguration section, Action<WeChatPayOptions>? configure = null)
        where TClient : WeChatPayClientBase, IWeChatPayClient<TClient>
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(section);
        return AddNamedMerchant<TClient>(services, name, options => Configure(options, section, configure));
    }

    private static void Configure(OptionsBuilder<WeChatPayOptions> options, IConfiguration section, Action<WeChatPayOptions>? configure)
    {
        options.Services.AddSingleton<IOptionsChangeTokenSource<WeChatPayOptions>>(new ConfigurationChange(options.Name, section));

        // Relative paths mean what they mean in the configuration files themselves.
        options.Configure<IServiceProvider>(
            (target, provider) => OptionsFromConfiguration.Read(section, target, provider.GetService<IHostEnvironment>()?.ContentRootPath));
        if (configure is not null)
        {
            options.Configure(configure);
        }
    }
}
