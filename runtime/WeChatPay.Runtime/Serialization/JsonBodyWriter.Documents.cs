using WeChatPay.Encryption;

namespace WeChatPay.Serialization;

// Whole documents. A writer with its buffer is kept for each thread: writing never waits, so none is in use twice, and a nested
// use (an object inside a query) simply takes a fresh one.
public sealed partial class JsonBodyWriter
{
    /// <summary>The random text of an APIv2 request, unless the caller gave one.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The caller's; null for one of the client's making.</param>
    public void Nonce(ReadOnlySpan<byte> name, string? value) => Text(name, string.IsNullOrEmpty(value) ? Signing.Nonce.Create() : value);

    /// <summary>The algorithm of the signature of an APIv2 request, unless the caller chose one.</summary>
    /// <param name="name">The wire name.</param>
    /// <param name="value">The caller's choice, or null.</param>
    /// <param name="otherwise">What is used then.</param>
    public void SignType(ReadOnlySpan<byte> name, string? value, string otherwise) => Text(name, string.IsNullOrEmpty(value) ? otherwise : value);

    internal static WrittenBody WriteRequest(IWeChatPayRequest request, SensitiveEncryptor? encryptor)
    {
        var writer = Take(encryptor, pathPrefix: null);
        try
        {
            writer._json.WriteStartObject();
            request.WriteBody(writer);
            writer._json.WriteEndObject();
            return writer.Finish();
        }
        finally
        {
            writer.GiveBack();
        }
    }

    internal static WrittenBody WriteObject(IJsonWritable value, SensitiveEncryptor? encryptor, string path)
    {
        var writer = Take(encryptor, path + ".");
        try
        {
            writer._json.WriteStartObject();
            value.Write(writer);
            writer._json.WriteEndObject();
            return writer.Finish();
        }
        finally
        {
            writer.GiveBack();
        }
    }

    private static JsonBodyWriter Take(SensitiveEncryptor? encryptor, string? pathPrefix)
    {
        var writer = s_spare ?? new JsonBodyWriter();
        s_spare = null;
        writer._encryptor = encryptor;
        writer._encrypted = false;
        writer._pathPrefix = pathPrefix;
        return writer;
    }

    private WrittenBody Finish()
    {
        _json.Flush();
        return new WrittenBody(_buffer.WrittenSpan.ToArray(), _encrypted ? _encryptor!.Serial : null);
    }

    private void GiveBack()
    {
        _encryptor = null;
        _json.Reset();
        // Not only the count: an order's text has no business in a buffer that nobody uses.
        _buffer.Clear();
        if (_buffer.Capacity <= LargestKept)
            s_spare = this;
    }
}
