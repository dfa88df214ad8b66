using System.ComponentModel;
using System.Text.Json;

namespace WeChatPay.Serialization;

// Reading one object: do { if (r.At("a"u8)) A = r.Text(); if (r.At("b"u8)) B = r.Integer(); … } while (r.More());
// Answers mostly come in declaration order, so one round is enough; any other order takes more rounds and is as right.
// A value method leaves the reader at the next member. JSON null reads as null. Unknown members are skipped by More().
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct JsonBodyReader
{
    /// <summary>The reader stands at the member of this name.</summary>
    public bool At(ReadOnlySpan<byte> name) => throw new NotImplementedException();

    /// <summary>Another round is needed; false at the end of the object.</summary>
    public bool More() => throw new NotImplementedException();

    public string? Text() => throw new NotImplementedException();
    public long? Integer() => throw new NotImplementedException();
    public ulong? Unsigned() => throw new NotImplementedException();
    public decimal? Decimal() => throw new NotImplementedException();
    public bool? Boolean() => throw new NotImplementedException();
    public JsonElement? Json() => throw new NotImplementedException();
    public WeChatPayTime? Time() => throw new NotImplementedException();
    public WeChatPayDate? Date() => throw new NotImplementedException();
    public T? Enumeration<T>() where T : struct, IOpenEnumeration<T> => throw new NotImplementedException();
    public T? Object<T>() where T : class, IJsonReadable<T> => throw new NotImplementedException();
    public IReadOnlyList<T>? Objects<T>() where T : class, IJsonReadable<T> => throw new NotImplementedException();
    public IReadOnlyList<string>? Texts() => throw new NotImplementedException();
    public IReadOnlyList<long>? Integers() => throw new NotImplementedException();
    public IReadOnlyList<decimal>? Decimals() => throw new NotImplementedException();
    public IReadOnlyList<bool>? Booleans() => throw new NotImplementedException();
    public IReadOnlyList<WeChatPayTime>? Times() => throw new NotImplementedException();
    public IReadOnlyList<WeChatPayDate>? Dates() => throw new NotImplementedException();
    public IReadOnlyList<T>? Enumerations<T>() where T : struct, IOpenEnumeration<T> => throw new NotImplementedException();
    public IReadOnlyList<JsonElement>? JsonList() => throw new NotImplementedException();
    /// <summary>Text that the platform encrypted for the merchant's certificate.</summary>
    public string? Decrypted() => throw new NotImplementedException();
    public IReadOnlyList<string>? Decrypteds() => throw new NotImplementedException();
}
