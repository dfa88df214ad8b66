using WeChatPay.Specs.Model;

namespace WeChatPay.Tool.Text;

/// <summary>The C# side of the model, as a reader of documentation wants it: without <c>global::</c>.</summary>
internal static class CSharpNames
{
    public const string Root = "WeChatPay";

    /// <summary><c>WeChatPay.V3.Pay.Transactions.JsapiPostRequest</c>.</summary>
    public static string Type(string below, string typeName) => below.Length == 0 ? Root + "." + typeName : Root + "." + below + "." + typeName;

    /// <summary><c>V3.Pay.Transactions.OutTradeNo.ByOutTradeNo(outTradeNo).GetAsync(request)</c>, to be written after the client.</summary>
    public static string Call(Operation operation)
    {
        var call = new StringBuilder();
        foreach (var segment in operation.Route)
        {
            call.Append(segment.MemberName);
            if (segment.IsParameter) call.Append('(').Append(segment.ArgumentName).Append(')');
            call.Append('.');
        }

        return call.Append(operation.Names.MethodName).Append(TakesRequest(operation) ? "(request)" : "()").ToString();
    }

    /// <summary>An operation without inputs has no request parameter.</summary>
    public static bool TakesRequest(Operation operation)
        => operation.Body.Kind != RequestBodyKind.None || !operation.Query.IsEmpty || !operation.Headers.IsEmpty;

    /// <summary>The type of a member, without its namespace and <c>?</c>.</summary>
    public static string Of(Member member) => member.Encryption == Encryption.Platform
        ? member.Type is ListType ? "IReadOnlyList<string>" : "string"
        : Of(member.Type);

    private static string Of(TypeReference type) => type switch
    {
        ListType list => "IReadOnlyList<" + Of(list.Element) + ">",
        ObjectType { Shape: var shape } => shape.TypeName,
        EnumerationType { Enumeration: var enumeration, IsShared: var isShared } => (isShared ? "Models." : "") + enumeration.TypeName,
        SharedType shared => "Models." + shared.Name,
        SharedEnumerationType shared => "Models." + shared.Name,
        ScalarType scalar => Of(scalar),
        _ => "JsonElement",
    };

    private static string Of(ScalarType scalar) => scalar.Kind switch
    {
        ScalarKind.Integer => "long",
        ScalarKind.UnsignedInteger => "ulong",
        ScalarKind.Decimal => "decimal",
        ScalarKind.Boolean => "bool",
        ScalarKind.Time when scalar.TimeFormat is TimeFormat.Date or TimeFormat.CompactDate => scalar.IsNumberOnWire ? "long" : "WeChatPayDate",
        ScalarKind.Time => "WeChatPayTime",
        ScalarKind.Json => "JsonElement",
        ScalarKind.Stream => "Stream",
        _ => "string",
    };
}
