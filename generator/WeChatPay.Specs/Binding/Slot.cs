using WeChatPay.Specs.JsDoc;
using WeChatPay.Specs.Model;

namespace WeChatPay.Specs.Binding;

/// <summary>What the type of a member has to know of its member.</summary>
internal sealed class Slot
{
    public required string WireName { get; init; }

    /// <summary>What a class or enumeration made for it is called.</summary>
    public required string TypeName { get; init; }

    public required JsDocComment Comment { get; init; }

    public required Documentation Documentation { get; init; }

    /// <summary>The name of the member in the text.</summary>
    public required int Start { get; init; }

    public required int Length { get; init; }

    /// <summary>The object that a member belongs to; decides whether it can be required.</summary>
    public required ShapeUse Use { get; init; }

    /// <summary>Set while binding: the type is this one text and nothing else.</summary>
    public string? SingleLiteral { get; set; }

    /// <summary>Filled while binding: the values of a union of numbers, each with its comment.</summary>
    public List<string> Numbers { get; } = [];
}

/// <summary>The same for all members of one operation or notification.</summary>
internal sealed class ShapeUse(ShapeRole role, UniqueNames typeNames)
{
    public bool IsRequest { get; } = role == ShapeRole.Request;

    public bool IsAnswer { get; } = role == ShapeRole.Answer;

    public UniqueNames TypeNames { get; } = typeNames;

    /// <summary>The request is multipart, so that a member can be a file.</summary>
    public bool HasFiles { get; set; }

    /// <summary>It travels as XML, whose lists may be counted in two dimensions.</summary>
    public bool IsXml { get; set; }

    /// <summary>Set while binding: a member travels encrypted with the platform's key.</summary>
    public bool HasEncrypted { get; set; }
}

internal enum ShapeRole
{
    Request,
    Answer,
    Notification,
    Shared,
}
