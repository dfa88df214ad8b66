namespace WeChatPay;

/// <summary>Names the verb and the path template of a generated endpoint method.</summary>
/// <param name="method">The HTTP verb in upper case.</param>
/// <param name="pathTemplate">The URL path with parameters in braces, as the official documents print it.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WeChatPayOperationAttribute(string method, string pathTemplate) : Attribute
{
    /// <summary>The HTTP verb in upper case.</summary>
    public string Method { get; } = method;

    /// <summary>The URL path with parameters in braces.</summary>
    public string PathTemplate { get; } = pathTemplate;
}
