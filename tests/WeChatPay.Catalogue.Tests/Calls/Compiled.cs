using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WeChatPay.Catalogue.Tests.Calls;

/// <summary>
/// The client of runtime/WeChatPay.Client, reached by the names that the model promises. Only tests reflect: the compiler has
/// already seen every one of these types.
/// </summary>
internal static class Compiled
{
    private static readonly Assembly Generated = typeof(WeChatPayClient).Assembly;

    public static Type Type(string @namespace, string name)
        => Generated.GetType($"WeChatPay.{@namespace}.{name}") ?? throw new InvalidOperationException($"WeChatPay.{@namespace}.{name} was not generated.");

    public static IEnumerable<string> OperationKeys()
        => Generated.GetTypes().SelectMany(t => t.GetMethods())
            .Select(m => m.GetCustomAttribute<WeChatPayOperationAttribute>()).OfType<WeChatPayOperationAttribute>()
            .Select(a => $"{a.Method} {a.PathTemplate}");

    /// <summary>Walks the client tree to the operation's node, giving every path parameter its sample.</summary>
    public static object Node(WeChatPayClient client, Operation operation)
        => operation.Route.Aggregate((object)client, (node, segment) => segment.IsParameter
            ? Step(node, node.GetType().GetMethod(segment.MemberName)!, segment)
            : node.GetType().GetProperty(segment.MemberName)!.GetValue(node)!);

    /// <summary>Calls the operation with a request in which every member is set, and returns what the task yields.</summary>
    public static async Task<object> CallAsync(WeChatPayClient client, Operation operation)
    {
        var node = Node(client, operation);
        var method = node.GetType().GetMethods().Single(m =>
            m.GetCustomAttribute<WeChatPayOperationAttribute>() is { } a && a.Method == operation.Verb && a.PathTemplate == operation.PathTemplate);
        Assert.Equal(operation.Names.MethodName, method.Name);

        var arguments = method.GetParameters().Select(p =>
            p.ParameterType.Name == operation.Names.RequestTypeName ? Request(p.ParameterType, operation)
            : p.ParameterType == typeof(CancellationToken) ? TestContext.Current.CancellationToken
            : (object?)null).ToArray();

        var result = method.Invoke(node, arguments)!;
        if (result is Uri address) return address;    // a page: nothing is called
        var task = (Task)result;
        await task;
        return task.GetType().GetProperty("Result")!.GetValue(task)!;
    }

    /// <summary>What a generated object holds, as JSON under the wire names. Absent members are absent.</summary>
    public static JsonObject Content(object instance, IEnumerable<Member> members)
    {
        var result = new JsonObject();
        foreach (var member in members)
        {
            var value = instance.GetType().GetProperty(member.PropertyName)!.GetValue(instance);
            if (value is not null) result.Add(member.WireName, Content(value, member.Type));
        }

        return result;
    }

    private static object Request(Type type, Operation operation)
    {
        var request = Activator.CreateInstance(type)!;
        Fill(request, operation.Query.Concat(operation.Headers).Concat(operation.Body.Members));
        return request;
    }

    private static void Fill(object instance, IEnumerable<Member> members)
    {
        foreach (var member in members)
        {
            var property = instance.GetType().GetProperty(member.PropertyName)!;
            property.SetValue(instance, member.Type is ScalarType { Kind: ScalarKind.Stream }
                ? WeChatPayFile.FromBytes("content of the file"u8.ToArray(), "file.png")
                : Value(property.PropertyType, member.Type, Sample.Json(member)));
        }
    }

    private static object Value(Type target, TypeReference type, JsonNode sample)
    {
        target = Nullable.GetUnderlyingType(target) ?? target;
        switch (type)
        {
            case ListType list:
                var element = target.GetGenericArguments()[0];
                var items = ((JsonArray)sample).Select(i => Value(element, list.Element, i!)).ToArray();
                var array = Array.CreateInstance(element, items.Length);
                items.CopyTo(array, 0);
                return array;
            case ObjectType o:
                var instance = Activator.CreateInstance(target)!;
                Fill(instance, o.Shape.Members);
                return instance;
            default:
                if (target == typeof(long)) return sample.GetValue<long>();
                if (target == typeof(ulong)) return (ulong)sample.GetValue<long>();
                if (target == typeof(bool)) return sample.GetValue<bool>();
                if (target == typeof(JsonElement)) return JsonSerializer.Deserialize<JsonElement>(sample.ToJsonString());
                var text = sample.GetValue<string>();
                return target == typeof(string)
                    ? text
                    : target.GetMethods().Single(m => m.Name == "op_Implicit" && m.ReturnType == target && m.GetParameters()[0].ParameterType == typeof(string)).Invoke(null, [text])!;
        }
    }

    private static JsonNode Content(object value, TypeReference type) => type switch
    {
        ListType list => new JsonArray([.. ((IEnumerable)value).Cast<object>().Select(i => Content(i, list.Element))]),
        ObjectType o => Content(value, o.Shape.Members),
        _ => value switch
        {
            long number => JsonValue.Create(number),
            ulong number => JsonValue.Create((long)number),
            JsonElement json => JsonNode.Parse(json.GetRawText())!,
            bool flag => JsonValue.Create(flag),
            string text => JsonValue.Create(text),
            _ => JsonValue.Create(value.ToString())!,      // enumerations and times: their wire text
        },
    };

    private static object Step(object node, MethodInfo method, RouteSegment segment)
        => method.Invoke(node, [Value(method.GetParameters()[0].ParameterType, segment.ParameterType!, Sample.Json(segment.Text, segment.ParameterType!))])!;
}
