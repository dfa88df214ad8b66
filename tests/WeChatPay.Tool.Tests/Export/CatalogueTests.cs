using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using WeChatPay.Specs;
using WeChatPay.Specs.Model;
using WeChatPay.Tool.Tests.Support;
using Document = Microsoft.OpenApi.OpenApiDocument;

namespace WeChatPay.Tool.Tests.Export;

/// <summary>The whole catalogue as a document: valid for a reader of OpenAPI, and with nothing missing.</summary>
public sealed class CatalogueTests
{
    private static readonly Lazy<string> Exported = new(() => Command.Run("spec", "export", "--format", "openapi", Places.Catalogue).Output);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_reader_of_openapi_finds_nothing_to_complain_about(bool isCatalogue)
    {
        var result = Document.Parse(isCatalogue ? Exported.Value : Command.Run("spec", "export", Places.Samples).Output, "json");
        Assert.Empty(result.Diagnostic!.Errors.Select(error => error.ToString()));
        Assert.Empty(result.Diagnostic.Warnings.Select(warning => warning.ToString()));
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, result.Diagnostic.SpecificationVersion);
        Assert.Empty(result.Document!.Validate(ValidationRuleSet.GetDefaultRuleSet()).Select(error => error.ToString()));
    }

    [Fact]
    public void The_reader_sees_every_operation_with_its_parameters_and_members()
    {
        var document = Document.Parse(Exported.Value, "json").Document!;
        var count = 0;

        // For OpenAPI two paths that differ only in names of parameters are one; the document says so at the first.
        foreach (var operation in Files().SelectMany(file => file.Operations).OrderBy(o => o.PathTemplate, StringComparer.Ordinal)
            .DistinctBy(o => o.Verb + " " + Regex.Replace(o.PathTemplate, @"\{\w+\}", "{}")))
        {
            var found = document.Paths[operation.PathTemplate].Operations![new HttpMethod(operation.Verb)];
            Assert.Equal(operation.Documentation.Title, found.Summary);
            var expected = operation.Route.Where(segment => segment.IsParameter).Select(segment => "Path " + segment.Text)
                .Concat(operation.Query.Select(member => "Query " + member.WireName))
                .Concat(operation.Headers.Select(member => "Header " + member.WireName));
            Assert.Equal(expected, (found.Parameters ?? []).Select(parameter => parameter.In + " " + parameter.Name));
            if (operation.Body.Kind != RequestBodyKind.None) AssertMembers(operation.Body.Members, found.RequestBody!.Content!.Values.Single().Schema!, operation.Key);
            if (operation.Response.Kind == ResponseKind.Json) AssertMembers(operation.Response.Members, found.Responses!["200"].Content!.Values.Single().Schema!, operation.Key);
            count++;
        }

        Assert.True(count > 0);
        Assert.Equal(count, document.Paths.Values.Sum(item => item.Operations!.Count));
    }

    [Fact]
    public void Every_field_is_in_the_document_with_its_type_and_marks()
    {
        using var document = JsonDocument.Parse(Exported.Value);
        var schemas = document.RootElement.GetProperty("components").GetProperty("schemas");
        foreach (var file in Files())
        {
            foreach (var operation in file.Operations)
            {
                if (operation.Body.Kind == RequestBodyKind.Json) AssertSchema(schemas, operation.Names.Namespace, operation.Names.RequestTypeName, operation.Body.Members);
                if (operation.Response.Kind == ResponseKind.Json) AssertSchema(schemas, operation.Names.Namespace, operation.Names.ResponseTypeName, operation.Response.Members);
            }

            foreach (var notification in file.Notifications)
            {
                AssertSchema(schemas, notification.Namespace, notification.Resource.TypeName, notification.Resource.Members);
                foreach (var variant in notification.Variants) AssertSchema(schemas, notification.Namespace, variant.Shape.TypeName, variant.Shape.Members);
            }
        }
    }

    [Fact]
    public void Every_notification_is_a_webhook()
    {
        using var document = JsonDocument.Parse(Exported.Value);
        var expected = Files().SelectMany(file => file.Notifications).Select(notification => notification.Key.Replace(' ', '.')).Order(StringComparer.Ordinal);
        Assert.Equal(expected, document.RootElement.GetProperty("webhooks").EnumerateObject().Select(webhook => webhook.Name));
    }

    private static void AssertMembers(EquatableArray<Member> members, IOpenApiSchema schema, string owner)
    {
        foreach (var member in members)
        {
            Assert.True(schema.Properties!.TryGetValue(member.WireName, out var property), owner + " lacks " + member.WireName);
            var shape = member.Type is ListType list ? list.Element : member.Type;
            if (shape is not ObjectType { Shape.Members: var nested }) continue;
            AssertMembers(nested, member.Type is ListType ? property!.Items! : property!, owner + " " + member.WireName);
        }

        Assert.Equal(
            members.Where(member => member.IsRequired).Select(member => member.WireName).Order(StringComparer.Ordinal),
            (schema.Required ?? new HashSet<string>()).Order(StringComparer.Ordinal));
    }

    private static void AssertSchema(JsonElement schemas, string space, string typeName, EquatableArray<Member> members)
    {
        var schema = schemas.GetProperty(space + "." + typeName);
        Assert.Equal("WeChatPay." + space + "." + typeName, schema.GetProperty("x-wechatpay-csharp-type").GetString());
        foreach (var member in members)
        {
            // Counted members of APIv2 have a form of their own (SchemaTests).
            if (member.WireName.Contains("_$", StringComparison.Ordinal)) continue;
            var property = schema.GetProperty("properties").GetProperty(member.WireName);
            Assert.Equal(member.PropertyName, property.GetProperty("x-wechatpay-csharp-name").GetString());
            Assert.Equal(member.Encryption != Encryption.None, property.TryGetProperty("x-wechatpay-encrypted", out _));
            Assert.Equal(member.IsEcho, property.TryGetProperty("x-wechatpay-echo", out _));
            if (member.Constraints?.MaxLength is { } longest) Assert.Equal(longest, property.GetProperty("maxLength").GetInt32());
            var (type, node) = member.Type is ListType list ? (list.Element, property.GetProperty("items")) : (member.Type, property);
            switch (type)
            {
                case ObjectType { Shape: var shape }:
                    Assert.Equal("#/components/schemas/" + space + "." + shape.TypeName, node.GetProperty("$ref").GetString());
                    AssertSchema(schemas, space, shape.TypeName, shape.Members);
                    break;
                case EnumerationType { Enumeration: var enumeration }:
                    Assert.Equal(enumeration.Literals.Select(literal => literal.WireValue), node.GetProperty("enum").EnumerateArray().Select(value => value.GetString()));
                    break;
                case SharedEnumerationType { Name: var name }:
                    Assert.Equal("#/components/schemas/Models." + name, node.GetProperty("$ref").GetString());
                    Assert.NotEmpty(schemas.GetProperty("Models." + name).GetProperty("enum").EnumerateArray());
                    break;
                case ScalarType { Kind: ScalarKind.Integer }:
                    Assert.Equal("integer", node.GetProperty("type").GetString());
                    break;
                case ScalarType { Kind: ScalarKind.Text }:
                    Assert.Equal("string", node.GetProperty("type").GetString());
                    break;
            }
        }
    }

    private static IEnumerable<SpecFile> Files()
        => Directory.EnumerateFiles(Places.Catalogue, "*.md", SearchOption.AllDirectories)
            .Select(file => SpecReader.Read(file, File.ReadAllText(file), cancellationToken: TestContext.Current.CancellationToken).File);
}
