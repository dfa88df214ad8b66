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
        var file = model.File;
        if (!settings.IsEnabled || file.Operations.Count + file.Notifications.Count + file.SharedShapes.Count == 0) return null;
        var exclusions = directory.Of(model.Identity);
        return exclusions is { IsWhole: true } ? null : new(model, exclusions?.Keys ?? default, settings);
    }
}
