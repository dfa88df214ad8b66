using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Emit;

/// <summary>All code of one spec file. Computes nothing: what is in the model is printed.</summary>
internal static class SpecFileEmitter
{
    /// <summary>The source, or null if the file yields none.</summary>
    /// <param name="file">The model; its path is what the header names.</param>
    /// <param name="exclusions">Keys of what another file is responsible for.</param>
    /// <param name="settings">The project's settings.</param>
    /// <param name="cancellationToken">Checked between the parts.</param>
    public static string? Emit(SpecFile file, EquatableArray<string> exclusions, EmitSettings settings, CancellationToken cancellationToken)
    {
        var w = new SourceWriter();
        GeneratedFile.Header(w, file.Path);
        var isEmpty = true;
        foreach (var operation in file.Operations)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!Support.IsGenerated(operation) || Contains(exclusions, operation.Key)) continue;
            isEmpty = false;
            Emit(w, operation, file.MarksAreTrusted, settings);
        }

        foreach (var notification in file.Notifications)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Contains(exclusions, notification.Key)) continue;
            isEmpty = false;
            var names = NamespaceContext.Of(settings.RootNamespace, notification.Namespace);
            OpenNamespace(w, names);
            NotificationEmitter.Emit(w, notification, names, settings);
            w.Close();
        }

        foreach (var shared in file.SharedShapes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Contains(exclusions, shared.Key)) continue;
            isEmpty = false;
            var names = NamespaceContext.Of(settings.RootNamespace, "Models");
            OpenNamespace(w, names);
            var direction = shared.Direction switch { SharedDirection.Sent => Direction.Sent, SharedDirection.Received => Direction.Received, _ => Direction.Both };
            if (shared.Enumeration is { } enumeration) EnumerationEmitter.Emit(w, enumeration, names.Local(shared.Name), settings);
            else if (shared.IsBase) ShapeEmitter.Interface(w, shared, names, settings);
            else ShapeEmitter.Class(w, shared.Shape, direction, names, settings);
            ShapeEmitter.NestedTypes(w, shared.Shape.Members, direction, names, settings);
            w.Close();
        }

        return isEmpty ? null : w.ToString();
    }

    private static void Emit(SourceWriter w, Operation operation, bool marksAreTrusted, EmitSettings settings)
    {
        var names = NamespaceContext.Of(settings.RootNamespace, operation.Names.Namespace);
        var node = operation.Route[operation.Route.Count - 1];
        OpenNamespace(w, NamespaceContext.Of(settings.RootNamespace, node.ResourceNamespace));
        w.Line("partial class ", node.ResourceTypeName);
        w.Open();
        EndpointEmitter.Emit(w, operation, names);
        w.Close();
        w.Close();

        var hasRequest = RequestEmitter.HasRequest(operation);
        var hasResponse = operation.Response.Kind is ResponseKind.Json or ResponseKind.Xml;
        if (!hasRequest && !hasResponse) return;
        OpenNamespace(w, names);
        if (hasRequest) RequestEmitter.Emit(w, operation, names, marksAreTrusted, settings);
        if (hasResponse) ResponseEmitter.Emit(w, operation, names, settings);
        w.Close();
    }

    private static void OpenNamespace(SourceWriter w, NamespaceContext names)
    {
        w.Line("namespace ", names.Namespace);
        w.Open();
    }

    private static bool Contains(EquatableArray<string> keys, string key)
    {
        foreach (var item in keys)
        {
            if (string.Equals(item, key, StringComparison.Ordinal)) return true;
        }

        return false;
    }
}
