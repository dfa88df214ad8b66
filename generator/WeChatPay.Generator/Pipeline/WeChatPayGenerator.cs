using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using WeChatPay.Generator.Pipeline;

// Not the folder's namespace: the full name becomes a folder of the generated files, where paths are long enough.
namespace WeChatPay.Generator;

/// <summary>Turns spec files into a typed client. Wires the steps, nothing else.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class WeChatPayGenerator : IIncrementalGenerator
{
    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var options = context.AnalyzerConfigOptionsProvider.Select(GeneratorOptionsReader.Read).WithTrackingName(TrackingNames.Options);
        var references = context.MetadataReferencesProvider.Combine(options.Select(ClashingTypes.Of))
            .SelectMany(ReferenceReader.Read).WithTrackingName(TrackingNames.References);
        var facts = context.CompilationProvider.Combine(references.Collect()).Select(CompilationFacts.Read).WithTrackingName(TrackingNames.Facts);
        var project = options.Combine(facts);
        var settings = project.Select(ProjectDiagnostics.Settings).WithTrackingName(TrackingNames.Settings);

        // One file each: select, read, drop the positions.
        var sources = context.AdditionalTextsProvider.Combine(context.AnalyzerConfigOptionsProvider)
            .SelectMany(SpecSelector.Select).WithTrackingName(TrackingNames.Sources);
        var loaded = sources.Combine(options.Select(static (value, _) => value.RequiredMembers))
            .Select(SpecLoader.Load).WithTrackingName(TrackingNames.Loaded);
        var models = loaded.Select(SpecModel.Of).WithTrackingName(TrackingNames.Models);

        // All files: only their keys, names and routes.
        var directory = models.Select(FileIndex.Of).WithTrackingName(TrackingNames.Index)
            .Collect().Select(DirectoryBuilder.Build).WithTrackingName(TrackingNames.Directory);
        var tree = directory.Select(ClientTreeBuilder.Build).WithTrackingName(TrackingNames.Tree);

        context.RegisterSourceOutput(
            models.Combine(directory.Combine(settings)).Select(EmitRequest.Create).WithTrackingName(TrackingNames.EmitRequests),
            SourceOutputs.EmitFile);
        context.RegisterSourceOutput(tree.Combine(settings).WithTrackingName(TrackingNames.TreeRequest), SourceOutputs.EmitTree);

        // Diagnostics leave by outputs of their own: they move with every line, the code does not.
        context.RegisterSourceOutput(
            loaded.SelectMany(static (file, _) => ImmutableArray.CreateRange(file.Problems)).WithTrackingName(TrackingNames.FileDiagnostics),
            SourceOutputs.Report);
        context.RegisterSourceOutput(
            directory.Combine(loaded.Select(SpecSites.Of).Collect()).SelectMany(DirectoryDiagnostics.Create).WithTrackingName(TrackingNames.DirectoryDiagnostics),
            SourceOutputs.Report);
        context.RegisterSourceOutput(
            project.SelectMany(ProjectDiagnostics.Create).WithTrackingName(TrackingNames.ProjectDiagnostics),
            SourceOutputs.Report);
    }
}
