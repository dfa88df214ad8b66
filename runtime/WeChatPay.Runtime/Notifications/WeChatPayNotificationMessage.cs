using System.Diagnostics;

namespace WeChatPay;

/// <summary>A notification as it arrived, from whatever web server: nothing of it is believed yet.</summary>
[DebuggerDisplay("{Body.Length} bytes")]
public sealed class WeChatPayNotificationMessage
{
    /// <summary>Takes the message.</summary>
    /// <param name="headers">
    /// All values of a header, given its name; empty if it is absent. Names are case-insensitive. Do not join or drop values: one header
    /// with two values is refused, and must not look like one with one value.
    /// </param>
    /// <param name="body">The raw bytes, before any decoding, parsing or re-encoding.</param>
    public WeChatPayNotificationMessage(Func<string, IReadOnlyList<string>> headers, ReadOnlyMemory<byte> body)
    {
        ArgumentNullException.ThrowIfNull(headers);
        Headers = headers;
        Body = body;
    }

    /// <summary>All values of a header, given its name.</summary>
    public Func<string, IReadOnlyList<string>> Headers { get; }

    /// <summary>The raw bytes.</summary>
    public ReadOnlyMemory<byte> Body { get; }
}
