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
        if (exclusions is { IsWhole: true }) return null;
        var resolved = SharedBases.Resolve(file, name => Find(directory.Bases, name));
        return new(ReferenceEquals(resolved, file) ? model : model with { File = resolved }, exclusions?.Keys ?? default, settings);
    }

    private static SharedShape? Find(EquatableArray<SharedShape> bases, string name)
    {
        foreach (var shape in bases)
        {
            if (string.Equals(shape.Name, name, StringComparison.Ordinal)) return shape;
        }

        return null;
    }
}
