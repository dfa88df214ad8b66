using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;

namespace WeChatPay.Transport;

/// <summary>A request whose address and body are signed and must reach the wire as they are.</summary>
internal sealed class SignedRequest : HttpRequestMessage
{
    private static readonly HttpRequestOptionsKey<SendState> StateKey = new("WeChatPay.SendState");

    public SignedRequest(HttpMethod method, Uri address, SendState state)
        : base(method, address)
    {
        State = state;
        Content = state.Content;

        // Handlers that copy a request copy its options, whatever they do to the content.
        Options.Set(StateKey, state);
    }

    public SendState State { get; }

    /// <summary>What a copy of a signed request carries along; null if it is none.</summary>
    public static SendState? StateOf(HttpRequestMessage request) => request.Options.TryGetValue(StateKey, out var state) ? state : null;

    /// <summary>
    /// The request as it leaves this machine: a copy with the signature. Loggers of the host keep the headers that they were shown and read them later, so
    /// those of the request itself never get it.
    /// </summary>
    public static SignedRequest ToWire(HttpRequestMessage request, SendState state)
    {
        var wire = new SignedRequest(request.Method, state.Address, state) { Version = request.Version, VersionPolicy = request.VersionPolicy };
        foreach (var header in request.Headers.NonValidated)
        {
            wire.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        foreach (var option in request.Options)
        {
            ((IDictionary<string, object?>)wire.Options)[option.Key] = option.Value;
        }

        wire.Headers.Remove("Authorization");
        wire.Headers.TryAddWithoutValidation("Authorization", state.Authorization);
        return wire;
    }

    /// <summary>Verb and path only: handlers of a host log requests, and the headers hold the signature.</summary>
    public override string ToString() => $"{Method} {RequestUri?.AbsolutePath}";
}

/// <summary>
/// The bytes that were signed. A verb other than GET always has content, even an empty one: a handler that finds no content would repeat the
/// request by itself when a kept connection turns out to be closed.
/// </summary>
internal class SignedContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly bool _onlyOnce;
    private int _readings;
    private int _readingsOnWire;

    public SignedContent(ReadOnlyMemory<byte> bytes, SendState state, bool onlyOnce, string contentType = "application/json")
    {
        _bytes = bytes;
        _onlyOnce = onlyOnce;
        State = state;
        if (!bytes.IsEmpty)
        {
            Headers.TryAddWithoutValidation("Content-Type", contentType);
        }
    }

    public SendState State { get; }

    /// <summary>Somebody began to read the bytes, most likely to send them.</summary>
    public bool WasRead => Volatile.Read(ref _readings) > 0;

    /// <summary>The bytes were read more than once where they may leave this machine.</summary>
    public bool WasReadAgain => Volatile.Read(ref _readingsOnWire) > 1;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        CountReading();
        return WriteAsync(stream, cancellationToken);
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        CountReading();
        Write(stream);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = Length;
        return true;
    }

    /// <summary>The number of bytes, known before any is read.</summary>
    protected virtual long Length => _bytes.Length;

    /// <summary>Writes all bytes, from the first one.</summary>
    protected virtual Task WriteAsync(Stream stream, CancellationToken cancellationToken) => stream.WriteAsync(_bytes, cancellationToken).AsTask();

    /// <summary>The same for handlers that send synchronously.</summary>
    protected virtual void Write(Stream stream) => stream.Write(_bytes.Span);

    // What lies below our innermost handler, or all of an HTTP client that was handed in, is not ours: a second reading of the bytes there is
    // the sign of a repetition.
    private void CountReading()
    {
        Interlocked.Increment(ref _readings);
        if (State.MayHaveLeft && Interlocked.Increment(ref _readingsOnWire) > 1 && _onlyOnce)
        {
            throw new WeChatPayTransportException(
                WeChatPayTransportFailure.RepetitionRefused,
                "A handler of the HTTP client tried to send this request a second time. It may have been carried out already, and this operation must not be repeated "
                    + "blindly. Take retry and hedging handlers off the HTTP client.");
        }
    }
}
