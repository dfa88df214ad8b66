using WeChatPay.Generator.Emit;
using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Pipeline;

/// <summary>All that the code of one file depends on.</summary>
internal sealed record EmitRequest(SpecModel Model, EquatableArray<string> Exclusions, EmitSettings Settings)
{
    /// <summary>Null if the file yields nothing.</summary>
    public static EmitRequest? Create((SpecModel Model, (SpecDirectory Directory, EmitSettings Settings) Context) input, CancellationToken cancellationToken)
    {
        _ = cancellationToken;
        var (model, (directory, settings)) = input;
        if (!settings.IsEnabled || (model.File.Operations.IsEmpty && model.File.Notifications.IsEmpty)) return null;
        var exclusions = directory.Of(model.Identity);
        return exclusions is { IsWhole: true } ? null : new(model, exclusions?.Keys ?? default, settings);
    }
}
