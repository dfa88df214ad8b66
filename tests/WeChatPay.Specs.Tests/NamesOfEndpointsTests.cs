using System.IO;
using WeChatPay.Specs.Model;

namespace WeChatPay.Specs.Tests;

/// <summary>The naming rule over every verb and path that the API is known to have: <c>Data/endpoints.tsv</c>.</summary>
public sealed class NamesOfEndpointsTests
{
    private static readonly (string Version, string Verb, string Path)[] Endpoints =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "endpoints.tsv")).Select(line => line.Split('\t')).Select(parts => (parts[0], parts[1], parts[2]))];

    private static readonly Lazy<Operation[]> Operations = new(() => [.. Endpoints.Select(Read)]);

    [Fact]
    public void All_endpoints_are_there() => Assert.Equal(1159, Endpoints.Distinct().Count());

    [Fact]
    public void Every_path_comes_out_as_it_went_in()
        => Assert.All(Endpoints.Zip(Operations.Value), pair => Assert.Equal(pair.First.Verb + " " + pair.First.Path, pair.Second.Key));

    [Fact]
    public void No_two_operations_share_a_type_name_even_where_case_does_not_count()
        => AssertDistinct(Operations.Value.SelectMany(item => new[] { item.Names.RequestTypeName, item.Names.ResponseTypeName }.Select(name => (item.Names.Namespace + "." + name, item.Key))));

    [Fact]
    public void A_type_of_an_operation_is_no_node_and_no_namespace()
    {
        var taken = Operations.Value.SelectMany(item => item.Route).SelectMany(segment => new[] { segment.ResourceNamespace + "." + segment.ResourceTypeName })
            .Concat(Operations.Value.SelectMany(item => Prefixes(item.Names.Namespace))).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.All(Operations.Value, item => Assert.DoesNotContain(item.Names.Namespace + "." + item.Names.RequestTypeName, taken));
        Assert.All(Operations.Value, item => Assert.DoesNotContain(item.Names.Namespace + "." + item.Names.ResponseTypeName, taken));
    }

    [Fact]
    public void A_node_is_reached_by_one_name()
    {
        var nodes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var operation in Operations.Value)
        {
            var path = "";
            foreach (var segment in operation.Route)
            {
                // One pair of paths differs in this only (policy-periods, policy_periods); they share a node, and each operation keeps its own path.
                path += "/" + (segment.IsParameter ? "{" + segment.Text + "}" : segment.Text.Replace('_', '-'));
                var name = segment.ResourceNamespace + "." + segment.ResourceTypeName;
                Assert.True(nodes.TryAdd(name, path) || nodes[name] == path, $"{name} is {path} and {nodes[name]}");
            }
        }
    }

    [Fact]
    public void Members_of_a_node_differ_from_each_other_and_from_its_type()
    {
        var members = Operations.Value.SelectMany(item => item.Route.Select((segment, index) => (
            Owner: index == 0 ? "client" : item.Route[index - 1].ResourceNamespace + "." + item.Route[index - 1].ResourceTypeName, segment.MemberName, Text: segment.Text.Replace('_', '-'))));
        Assert.All(members.Distinct().GroupBy(item => (item.Owner, item.MemberName.ToUpperInvariant())), group => Assert.Single(group));
        Assert.All(Operations.Value, item => Assert.All(Enumerable.Range(1, item.Route.Count - 1), index => Assert.NotEqual(item.Route[index - 1].ResourceTypeName, item.Route[index].MemberName)));
    }

    [Fact]
    public void Names_are_pure_functions_of_verb_and_path()
    {
        foreach (var (endpoint, operation) in Endpoints.Zip(Operations.Value)) Assert.Equal(operation, Read(endpoint));
    }

    [Fact]
    public void The_longest_path_has_names_of_a_bearable_length()
    {
        var longest = Operations.Value.MaxBy(item => item.PathTemplate.Length)!;
        Assert.Equal(127, longest.PathTemplate.Length);
        Assert.InRange(longest.Names.RequestTypeName.Length, 1, 120);
    }

    /// <summary>As a spec names it: by segments where they can say it, else by <c>@path</c>.</summary>
    private static Operation Read((string Version, string Verb, string Path) endpoint)
    {
        var verb = string.Concat(endpoint.Verb[..1], endpoint.Verb[1..].ToLowerInvariant());
        var root = endpoint.Version == "v2" ? "V2" : "V3";
        var result = SpecReader.Read("specs/sample.md", Spec.Page("/** @path " + endpoint.Path + " */\nnamespace WeChatPay.OpenAPI." + root + ".Any." + verb + "HttpMethod { }"));
        Assert.Empty(result.Diagnostics.Select(item => item.ToString()));
        return Assert.Single(result.File.Operations);
    }

    private static IEnumerable<string> Prefixes(string name)
    {
        for (var dot = name.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = name.IndexOf('.', dot + 1)) yield return name[..dot];
        yield return name;
    }

    private static void AssertDistinct(IEnumerable<(string Name, string Key)> names)
        => Assert.All(names.GroupBy(item => item.Name, StringComparer.OrdinalIgnoreCase), group => Assert.Single(group.Select(item => item.Key)));
}
