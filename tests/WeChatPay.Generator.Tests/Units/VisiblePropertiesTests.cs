using System.Xml.Linq;
using WeChatPay.Generator.Pipeline;

namespace WeChatPay.Generator.Tests.Units;

/// <summary>What the generator asks for must be made visible by the props that ship: otherwise a user's setting is silently ignored.</summary>
public sealed class VisiblePropertiesTests
{
    private static readonly XDocument Props = XDocument.Load(Path.Combine(Repository.Root, "build", "WeChatPay.Generated.props"));

    [Fact]
    public void Every_property_is_visible()
        => Assert.Equal(
            GeneratorOptions.Keys.Order(StringComparer.Ordinal),
            Props.Descendants("CompilerVisibleProperty").Select(item => "build_property." + item.Attribute("Include")!.Value).Order(StringComparer.Ordinal));

    [Fact]
    public void All_metadata_is_visible()
        => Assert.Equal(
            new[] { SpecSelector.OriginMetadata, SpecSelector.SpecMetadata }.Order(StringComparer.Ordinal),
            Props.Descendants("CompilerVisibleItemMetadata").Select(item => $"build_metadata.{item.Attribute("Include")!.Value}.{item.Attribute("MetadataName")!.Value}").Order(StringComparer.Ordinal));
}
