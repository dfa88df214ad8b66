using System.Reflection;
using System.Text.Json;
using Xunit.v3;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Says that the first argument of a theory names a row of a file of vectors, below a section of it if one is given.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class VectorRowsAttribute(string file, string section = "") : Attribute
{
    public string File => file;

    public string Section => section;

    /// <summary>
    /// The rows of a file by its structure, so that a row which is added has a name before anybody thinks of it: the named entries of lists, the
    /// others by their number, every object and every value beside them.
    /// </summary>
    public static IReadOnlyList<string> RowsOf(string file)
    {
        using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(Vectors.PathOf(file)));
        return [.. Rows(document.RootElement, "", isRoot: true).Order(StringComparer.Ordinal)];
    }

    /// <summary>The rows of a file that theories of an assembly run.</summary>
    public static IReadOnlyList<string> RowsRunBy(Assembly assembly, string file)
        => [.. (from type in assembly.GetTypes()
                from method in type.GetMethods()
                from claim in method.GetCustomAttributes<VectorRowsAttribute>()
                where claim.File == file
                from name in Arguments(method)
                select claim.Section.Length == 0 ? name : $"{claim.Section}/{name}").Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Arguments(MethodInfo method)
    {
        Assert.True(method.GetCustomAttribute<TheoryAttribute>() is { Skip: null }, $"{method.Name} is no theory that runs.");
        foreach (var data in method.GetCustomAttributes<DataAttribute>())
        {
            if (data is InlineDataAttribute inline)
            {
                yield return (string)inline.Data[0]!;
                continue;
            }

            var member = method.DeclaringType!.GetProperty(((MemberDataAttribute)data).MemberName)
                ?? throw new InvalidOperationException($"The rows of {method.Name} are in no property.");
            foreach (var row in (IEnumerable<ITheoryDataRow>)member.GetValue(null)!)
            {
                yield return (string)row.GetData()[0]!;
            }
        }
    }

    private static IEnumerable<string> Rows(JsonElement element, string above, bool isRoot)
    {
        foreach (var member in element.EnumerateObject())
        {
            // What a file says of itself, and the keys that all of its rows share.
            if (isRoot && member.Name is "test_only" or "about" or "private_key" or "serial_no" or "trust" or "trust_same_as" or "apiv3_key" or "apiv2_key" or "identity")
                continue;
            var path = above + member.Name;
            switch (member.Value.ValueKind)
            {
                case JsonValueKind.Array:
                    for (var i = 0; i < member.Value.GetArrayLength(); i++)
                    {
                        var name = member.Value[i].TryGetProperty("name", out var given) ? given.GetString()! : $"{i}";
                        yield return member.Name == "cases" ? name : $"{path}/{name}";
                    }

                    break;

                // Lists of values, of which each stands for itself.
                case JsonValueKind.Object when member.Name is "config" or "keys" or "serial_format" or "known_answers":
                    foreach (var row in Rows(member.Value, path + "/", isRoot: false))
                    {
                        yield return row;
                    }

                    break;

                case JsonValueKind.Object:
                    yield return path;
                    break;

                // In a file whose list or objects hold the rows, a value beside them describes them.
                case JsonValueKind.String when member.Name is not "note" and not "rule" and not "body_utf8":
                    yield return path;
                    break;
            }
        }
    }
}
