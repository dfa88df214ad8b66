using Microsoft.Extensions.Options;

namespace WeChatPay.Hosting;

/// <summary>Reports everything that is wrong with a merchant's options when the host starts, not at the first payment.</summary>
internal sealed class WeChatPayOptionsValidator : IValidateOptions<WeChatPayOptions>
{
    public ValidateOptionsResult Validate(string? name, WeChatPayOptions options)
    {
        var problems = new List<string>();
        if (ClientSettings.TryCreate(options, problems) is not null)
        {
            return ValidateOptionsResult.Success;
        }

        var merchant = string.IsNullOrEmpty(name) ? "" : $" (merchant '{name}')";
        return ValidateOptionsResult.Fail(problems.ConvertAll(problem => problem + merchant));
    }
}
