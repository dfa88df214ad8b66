using Microsoft.CodeAnalysis;

namespace WeChatPay.Generator.Diagnostics;

/// <summary>
/// The generator's own diagnostics: what concerns several files, the project or the environment. Ids WXP0100 to
/// WXP0199; an id is never used for another meaning. Those of the spec reader begin at WXP0001.
/// </summary>
internal static class GeneratorDiagnostics
{
    public const string Category = "WeChatPay";

    /// <summary>{0}: the spec's path, {1}: what happened.</summary>
    public static readonly DiagnosticDescriptor InternalError = new(
        "WXP0100",
        "The generator failed on a spec file",
        "The generator failed on '{0}', which yields no code while the other spec files do; this is a bug, so please report it with the file: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "An unexpected exception was caught. Please report it together with the spec file.",
        helpLinkUri: HelpLinks.Of("WXP0100"));

    /// <summary>{0}: the spec's path, {1}: the assembly.</summary>
    public static readonly DiagnosticDescriptor DependencyNotLoaded = new(
        "WXP0101",
        "A part of the generator could not be loaded",
        "'{0}' was not read because '{1}' could not be loaded into the compiler. It ships beside the generator; restore the package again, and stop the compiler server (dotnet build-server shutdown) if it keeps an older one.",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "The generator needs the assemblies that stand beside it in its package.",
        helpLinkUri: HelpLinks.Of("WXP0101"));

    /// <summary>{0}: the spec's path.</summary>
    public static readonly DiagnosticDescriptor FileNotReadable = new(
        "WXP0102",
        "A spec file could not be read",
        "'{0}' could not be read, so it yields no code; check that the file exists and may be opened",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "The compiler gave no text for a file that the project lists.",
        helpLinkUri: HelpLinks.Of("WXP0102"));

    /// <summary>{0}: the value, {1}: the property, {2}: what is expected, {3}: the default.</summary>
    public static readonly DiagnosticDescriptor InvalidOption = new(
        "WXP0103",
        "Invalid value of an MSBuild property",
        "'{0}' is no valid value of the MSBuild property {1}: expected {2}; '{3}' is used instead",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A property that steers the generated code has a value that it cannot have.",
        helpLinkUri: HelpLinks.Of("WXP0103"));

    /// <summary>{0}: the name, {1}: advice.</summary>
    public static readonly DiagnosticDescriptor UnknownFamily = new(
        "WXP0104",
        "Unknown API family",
        "WeChatPayApis names the family '{0}', which the catalogue does not have: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "The MSBuild property WeChatPayApis selects families of the bundled catalogue by name.",
        helpLinkUri: HelpLinks.Of("WXP0104"));

    public static readonly DiagnosticDescriptor RuntimeMissing = new(
        "WXP0105",
        "WeChatPay.Runtime is not referenced",
        "The project does not reference WeChatPay.Runtime, on which generated code rests, so none is generated; add the package WeChatPay.Generated without ExcludeAssets, or WeChatPay.Runtime itself",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Instead of one error for every generated line.",
        helpLinkUri: HelpLinks.Of("WXP0105"));

    /// <summary>{0}: the project's version.</summary>
    public static readonly DiagnosticDescriptor LanguageVersionTooLow = new(
        "WXP0106",
        "The C# version is too low",
        "The project compiles C# {0}, but generated code needs 12 or later, so none is generated; remove LangVersion or set it to 12, and target net8.0 or later",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Instead of one error for every generated line.",
        helpLinkUri: HelpLinks.Of("WXP0106"));

    /// <summary>{0}: the client type, {1}: the assembly, {2}: an example of a namespace.</summary>
    public static readonly DiagnosticDescriptor ClientAlreadyDefined = new(
        "WXP0107",
        "A referenced assembly defines the client already",
        "'{0}' is defined by the referenced assembly '{1}' already, so nothing is generated; give the client of this project another namespace by the MSBuild property WeChatPayNamespace (for example {2}), or set WeChatPayAccessibility to internal in the other project if it is yours",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Two types of one full name would make every use of it ambiguous.",
        helpLinkUri: HelpLinks.Of("WXP0107"));

    /// <summary>{0}: what, {1}: the catalogue's file.</summary>
    public static readonly DiagnosticDescriptor CatalogueReplaced = new(
        "WXP0110",
        "Replaces what the catalogue has",
        "{0} replaces the one of the catalogue ({1})",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "A project's own spec wins over the bundled one, per operation.",
        helpLinkUri: HelpLinks.Of("WXP0110"));

    /// <summary>{0}: what, {1}: the other place, {2}: which one is used.</summary>
    public static readonly DiagnosticDescriptor DeclaredTwice = new(
        "WXP0111",
        "Declared twice",
        "{0} is declared also at {1}; {2}. Remove one of them.",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The file whose path comes first in ordinal order is used.",
        helpLinkUri: HelpLinks.Of("WXP0111"));

    /// <summary>{0}: what, {1}: the C# name, {2}: the other one, {3}: which one is used.</summary>
    public static readonly DiagnosticDescriptor NameCollision = new(
        "WXP0112",
        "Two declarations of one C# name",
        "{0} has the C# name {1}, as {2} has; {3}. Remove one of them, or correct its path.",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Names are made of verb and path alone; two paths that differ only in marks between words meet.",
        helpLinkUri: HelpLinks.Of("WXP0112"));

    /// <summary>{0}: what, {1}: what stands in the way.</summary>
    public static readonly DiagnosticDescriptor NotGeneratedYet = new(
        "WXP0113",
        "Not generated",
        "{0} is not generated: {1}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The spec was understood, but there is something in it for which no code can be generated.",
        helpLinkUri: HelpLinks.Of("WXP0113"));

    /// <summary>{0}: the path.</summary>
    public static readonly DiagnosticDescriptor ListedTwice = new(
        "WXP0114",
        "A spec file is listed twice",
        "'{0}' is listed twice among the additional files, so it yields no code; remove one of the items, or set EnableDefaultWeChatPaySpecItems to false if the default items and your own meet",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Both would be generated under one name.",
        helpLinkUri: HelpLinks.Of("WXP0114"));

    /// <summary>{0}: what, {1}: the name, {2}: advice.</summary>
    public static readonly DiagnosticDescriptor UnknownShape = new(
        "WXP0115",
        "Unknown shared shape",
        "{0} names WeChatPay.{1}, which no spec file declares, so no code is generated for it: {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Shared shapes and enumerations are declared in files below models/.",
        helpLinkUri: HelpLinks.Of("WXP0115"));

    /// <summary>{0}: what, {1}: the name, {2}: why not.</summary>
    public static readonly DiagnosticDescriptor UnfitShape = new(
        "WXP0116",
        "Shared shape used as it is not meant",
        "{0} uses WeChatPay.{1}, {2}; no code is generated for it",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A shape says by @sent, @received or @base who may use it, so that only the code for that is generated.",
        helpLinkUri: HelpLinks.Of("WXP0116"));

    /// <summary>Descriptors of the reader, whose ids its own project keeps.</summary>
    public static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity, string description)
#pragma warning disable RS2000 // A test holds AnalyzerReleases.*.md against the reader's list.
        => new(id, title, message, Category, severity, isEnabledByDefault: true, description, HelpLinks.Of(id));
#pragma warning restore RS2000
}
