using System.ComponentModel;
using System.Globalization;

namespace WeChatPay.Serialization;

/// <summary>Used by generated code: writes the members of a request that travel as headers. Null is left out.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class HeaderWriter
{
    private readonly List<KeyValuePair<string, string>> _headers = [];

    internal HeaderWriter()
    {
    }

    /// <summary>Names and values in the order written.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Headers => _headers;

    /// <summary>A text of printable ASCII characters.</summary>
    /// <param name="name">The header's name.</param>
    /// <param name="value">The value; null is left out.</param>
    /// <exception cref="ArgumentException">The value has other characters, a line break for example, which would be a header of its own; or it is the signature.</exception>
    public void Text(string name, string? value)
    {
        if (value is null)
            return;
        if (string.Equals(name, "Authorization", StringComparison.OrdinalIgnoreCase))
            MemberError.Throw(name, "is the signature, which the client makes; a second one would spoil it. Leave it null.");
        if (value.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0)
            MemberError.Throw(name, "is sent as a header and may hold printable ASCII characters only.");
        _headers.Add(new(name, value));
    }

    /// <summary>A text of printable ASCII characters; it must be set.</summary>
    /// <param name="name">The header's name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The value is null or has other characters.</exception>
    public void RequiredText(string name, string? value)
    {
        if (value is null)
            MemberError.Throw(name, MemberError.NotSet);
        Text(name, value);
    }

    /// <summary>An integer.</summary>
    /// <param name="name">The header's name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Integer(string name, long? value) => Text(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>A truth value, <c>true</c> or <c>false</c>.</summary>
    /// <param name="name">The header's name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Boolean(string name, bool? value) => Text(name, value is { } flag ? (flag ? "true" : "false") : null);

    /// <summary>One of a set of texts.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="name">The header's name.</param>
    /// <param name="value">The value; null is left out.</param>
    /// <exception cref="ArgumentException">The value has characters other than printable ASCII.</exception>
    public void Enumeration<T>(string name, T? value)
        where T : WeChatPayEnumeration<T>, IOpenEnumeration<T>
        => Text(name, value?.Value);

    /// <summary>One of a set of texts; it must be set.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="name">The header's name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The value is null or has characters other than printable ASCII.</exception>
    public void RequiredEnumeration<T>(string name, T? value)
        where T : WeChatPayEnumeration<T>, IOpenEnumeration<T>
        => RequiredText(name, value?.Value);
}
