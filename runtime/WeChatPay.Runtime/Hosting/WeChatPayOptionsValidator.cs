using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace WeChatPay.Hosting;

/// <summary>
/// Reports everything that is wrong with a merchant's options when the host starts, not at the first payment. Once the merchant's core is there, it decides
/// itself about changed options and keeps the old ones if they are wrong; nobody else is to stumble over them.
/// </summary>
internal sealed class WeChatPayOptionsValidator : IValidateOptions<WeChatPayOptions>
{
    private readonly ConcurrentDictionary<string, bool> _started = new(StringComparer.Ordinal);

    /// <summary>The merchant's core is there.</summary>
    public void Started(string name) => _started[name] = true;

    public ValidateOptionsResult Validate(string? name, WeChatPayOptions options)
    {
        if (_started.ContainsKey(name ?? ""))
        {
            return ValidateOptionsResult.Success;
        }

        var problems = new List<string>();
        if (ClientSettings.TryCreate(options, problems) is not null)
        {
            return ValidateOptionsResult.Success;
        }

        var merchant = string.IsNullOrEmpty(name) ? "" : $" (merchant '{name}')";
        return ValidateOptionsResult.Fail(problems.ConvertAll(problem => problem + merchant));
    }
}
