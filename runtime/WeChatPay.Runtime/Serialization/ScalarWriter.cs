using System.ComponentModel;
using System.Globalization;
using WeChatPay.Encryption;

namespace WeChatPay.Serialization;

/// <summary>
/// Used by generated code: writes single values where everything is text on the wire: the query, parts of a multipart body, elements of XML.
/// Null is left out.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ScalarWriter
{
    private protected ScalarWriter(SensitiveEncryptor? encryptor) => Encryptor = encryptor;

    /// <summary>The serial of the platform key that encrypted a member, or null.</summary>
    internal string? EncryptedWithSerial { get; private protected set; }

    private protected SensitiveEncryptor? Encryptor { get; }

    /// <summary>A text.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    /// <exception cref="ArgumentException">The value holds what the place or WeChat Pay does not take.</exception>
    public abstract void Text(string name, string? value);

    /// <summary>A text that must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The value is null, or holds what the place or WeChat Pay does not take.</exception>
    public void RequiredText(string name, string? value)
    {
        Require(name, value);
        Text(name, value);
    }

    /// <summary>An integer.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Integer(string name, long? value) => Text(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>An integer that is never negative.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Unsigned(string name, ulong? value) => Text(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number that may have a fraction.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Decimal(string name, decimal? value) => Text(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>A truth value, <c>true</c> or <c>false</c>.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Boolean(string name, bool? value) => Text(name, value is { } flag ? (flag ? "true" : "false") : null);

    /// <summary>A time.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null and absent are left out.</param>
    /// <param name="format">How a time that was not given as text is written.</param>
    public void Time(string name, WeChatPayTime? value, WeChatPayTimeFormat format) => Text(name, value?.ToWire(format));

    /// <summary>A time that must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <param name="format">How a time that was not given as text is written.</param>
    /// <exception cref="ArgumentException">The value is absent.</exception>
    public void RequiredTime(string name, WeChatPayTime value, WeChatPayTimeFormat format) => RequiredText(name, value.ToWire(format));

    /// <summary>A date.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null and absent are left out.</param>
    /// <param name="format">How a date that was not given as text is written.</param>
    public void Date(string name, WeChatPayDate? value, WeChatPayTimeFormat format) => Text(name, value?.ToWire(format));

    /// <summary>A date that must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <param name="format">How a date that was not given as text is written.</param>
    /// <exception cref="ArgumentException">The value is absent.</exception>
    public void RequiredDate(string name, WeChatPayDate value, WeChatPayTimeFormat format) => RequiredText(name, value.ToWire(format));

    /// <summary>One of a set of texts.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value; null is left out.</param>
    public void Enumeration<T>(string name, T? value)
        where T : WeChatPayEnumeration<T>, IOpenEnumeration<T>
        => Text(name, value?.Value);

    /// <summary>One of a set of texts; it must be set.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The value is null.</exception>
    public void RequiredEnumeration<T>(string name, T? value)
        where T : WeChatPayEnumeration<T>, IOpenEnumeration<T>
        => RequiredText(name, value?.Value);

    /// <summary>Encrypted with the platform key.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The plain text; null is left out, empty text is sent as it is.</param>
    /// <exception cref="ArgumentException">The text is longer than the key can encrypt.</exception>
    public void Encrypted(string name, string? value) => Text(name, Encrypt(name, value));

    /// <summary>Encrypted with the platform key; it must be set.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The plain text; empty text is sent as it is.</param>
    /// <exception cref="ArgumentException">The text is null, or longer than the key can encrypt.</exception>
    public void RequiredEncrypted(string name, string? value)
    {
        Require(name, value);
        Encrypted(name, value);
    }

    /// <summary>The random text of an APIv2 request, unless the caller gave one.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The caller's; null for one of the client's making.</param>
    public void Nonce(string name, string? value) => Text(name, string.IsNullOrEmpty(value) ? Signing.Nonce.Create() : value);

    /// <summary>The algorithm of the signature of an APIv2 request, unless the caller chose one.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The caller's choice, or null.</param>
    /// <param name="otherwise">What is used then.</param>
    public void SignType(string name, string? value, string otherwise) => Text(name, string.IsNullOrEmpty(value) ? otherwise : value);

    private protected static void Require(string name, object? value)
    {
        if (value is null)
            MemberError.Throw(name, MemberError.NotSet);
    }

    private protected string? Encrypt(string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return value;
        if (Encryptor is null)
            MemberError.Throw(name, MemberError.NoKey);
        if (!MemberError.IsWellFormed(value))
            MemberError.Throw(name, MemberError.HalfCharacter);
        Span<byte> ciphertext = stackalloc byte[SensitiveEncryptor.LargestCiphertext];
        if (!Encryptor.TryEncrypt(value, ciphertext, out var written))
            MemberError.Throw(name, Encryptor.TooLong);
        EncryptedWithSerial = Encryptor.Serial;
        return Convert.ToBase64String(ciphertext[..written]);
    }
}
