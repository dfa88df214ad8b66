using System.ComponentModel;
using System.Globalization;
using WeChatPay.Serialization;
using WeChatPay.Transport;

namespace WeChatPay;

/// <summary>A node of the client tree: one segment of the URL. Cheap to create and to keep; thread-safe.</summary>
public abstract class WeChatPayResource
{
    /// <summary>Used by generated code.</summary>
    /// <param name="context">The client and the path values on the way to this node.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected WeChatPayResource(WeChatPayResourceContext context) => ResourceContext = context;

    /// <summary>Used by generated code: the client and the path values on the way to this node.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected WeChatPayResourceContext ResourceContext { get; }

    /// <summary>Used by generated code: sends a request and reads the verified JSON answer.</summary>
    /// <typeparam name="TResponse">The answer's class.</typeparam>
    /// <param name="operation">Verb, path and properties of the operation.</param>
    /// <param name="request">Its inputs; null if it has none or all are left out.</param>
    /// <param name="options">Options of this call.</param>
    /// <param name="cancellationToken">Ends the call; whether the request was carried out may then be unknown.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentException">A member of the request is missing or cannot be sent; nothing was sent.</exception>
    /// <exception cref="WeChatPayException">The call failed; see <see cref="WeChatPayException.Outcome"/>.</exception>
    /// <exception cref="WeChatPayCanceledException">The token ended the call.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<TResponse> SendForAnswerAsync<TResponse>(
        WeChatPayOperationDescriptor operation, IWeChatPayRequest? request, WeChatPayRequestOptions? options, CancellationToken cancellationToken)
        where TResponse : WeChatPayResponse, IJsonReadable<TResponse>
        => ResourceContext.Core.SendForAnswerAsync<TResponse>(operation, ResourceContext, request, options, cancellationToken);

    /// <summary>Used by generated code: sends a request and reads the XML answer.</summary>
    /// <typeparam name="TResponse">The answer's class.</typeparam>
    /// <param name="operation">Verb, path and properties of the operation.</param>
    /// <param name="request">Its inputs; null if it has none or all are left out.</param>
    /// <param name="options">Options of this call.</param>
    /// <param name="cancellationToken">Ends the call; whether the request was carried out may then be unknown.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentException">A member of the request is missing or cannot be sent; nothing was sent.</exception>
    /// <exception cref="InvalidOperationException">The APIv2 key or the client certificate is not set; nothing was sent.</exception>
    /// <exception cref="WeChatPayException">The call failed; see <see cref="WeChatPayException.Outcome"/>.</exception>
    /// <exception cref="WeChatPayCanceledException">The token ended the call.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<TResponse> SendForXmlAnswerAsync<TResponse>(
        WeChatPayOperationDescriptor operation, IWeChatPayRequest? request, WeChatPayRequestOptions? options, CancellationToken cancellationToken)
        where TResponse : WeChatPayResponse, IXmlReadable<TResponse>
        => ResourceContext.Core.SendForXmlAnswerAsync<TResponse>(operation, ResourceContext, request, options, cancellationToken);

    /// <summary>Used by generated code: makes the address of a page to which the user's browser is sent, signed if the operation is one of APIv2. Nothing is sent.</summary>
    /// <param name="operation">Verb, path and properties of the operation.</param>
    /// <param name="request">Its inputs; null if it has none or all are left out.</param>
    /// <returns>The address.</returns>
    /// <exception cref="ArgumentException">A member of the request is missing or cannot be sent.</exception>
    /// <exception cref="InvalidOperationException">The APIv2 key is not set.</exception>
    /// <exception cref="WeChatPayTransportException">The page is on a host that is none of the environment of the base address.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Uri CreateUri(WeChatPayOperationDescriptor operation, IWeChatPayRequest? request)
        => ResourceContext.Core.CreateUri(operation, ResourceContext, request);

    /// <summary>Used by generated code: sends a request whose verified answer has no content.</summary>
    /// <param name="operation">Verb, path and properties of the operation.</param>
    /// <param name="request">Its inputs; null if it has none or all are left out.</param>
    /// <param name="options">Options of this call.</param>
    /// <param name="cancellationToken">Ends the call; whether the request was carried out may then be unknown.</param>
    /// <returns>The HTTP side of the answer.</returns>
    /// <exception cref="ArgumentException">A member of the request is missing or cannot be sent; nothing was sent.</exception>
    /// <exception cref="WeChatPayException">The call failed; see <see cref="WeChatPayException.Outcome"/>.</exception>
    /// <exception cref="WeChatPayCanceledException">The token ended the call.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<WeChatPayResponse> SendForNoContentAsync(
        WeChatPayOperationDescriptor operation, IWeChatPayRequest? request, WeChatPayRequestOptions? options, CancellationToken cancellationToken)
        => ResourceContext.Core.SendForNoContentAsync(operation, ResourceContext, request, options, cancellationToken);

    /// <summary>Used by generated code: sends a request whose answer is a stream without a signature.</summary>
    /// <param name="operation">Verb, path and properties of the operation.</param>
    /// <param name="request">Its inputs; null if it has none or all are left out.</param>
    /// <param name="options">Options of this call; the time limit ends with the headers of the answer.</param>
    /// <param name="cancellationToken">Ends the call up to the headers of the answer.</param>
    /// <returns>The download, which the caller disposes of.</returns>
    /// <exception cref="ArgumentException">A member of the request is missing or cannot be sent; nothing was sent.</exception>
    /// <exception cref="WeChatPayException">The call failed; see <see cref="WeChatPayException.Outcome"/>.</exception>
    /// <exception cref="WeChatPayCanceledException">The token ended the call.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<WeChatPayDownload> SendForStreamAsync(
        WeChatPayOperationDescriptor operation, IWeChatPayRequest? request, WeChatPayRequestOptions? options, CancellationToken cancellationToken)
        => ResourceContext.Core.SendForStreamAsync(operation, ResourceContext, request, options, cancellationToken);
}

/// <summary>The client and the path values on the way to a node. Immutable.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WeChatPayResourceContext
{
    private readonly WeChatPayResourceContext? _parent;
    private readonly string? _value;
    private readonly int _count;

    internal WeChatPayResourceContext(WeChatPayCore core) => Core = core;

    private WeChatPayResourceContext(WeChatPayResourceContext parent, string value)
    {
        Core = parent.Core;
        _parent = parent;
        _value = value;
        _count = parent._count + 1;
    }

    internal WeChatPayCore Core { get; }

    /// <summary>Used by generated code: adds the value of a path parameter that is text.</summary>
    /// <param name="value">The value as the caller gave it, not encoded.</param>
    /// <param name="parameterName">The C# name of the argument, for the exception.</param>
    /// <returns>The context of the child node.</returns>
    /// <exception cref="ArgumentException">Null, empty, <c>.</c>, <c>..</c>, with control characters or half a surrogate pair.</exception>
    public WeChatPayResourceContext WithText(string? value, string parameterName) => new(this, RequestPath.CheckValue(value, parameterName));

    /// <summary>Used by generated code: adds the value of a path parameter that is a number.</summary>
    /// <param name="value">The value.</param>
    /// <param name="parameterName">The C# name of the argument, for the exception.</param>
    /// <returns>The context of the child node.</returns>
    public WeChatPayResourceContext WithInteger(long value, string parameterName)
        => new(this, RequestPath.CheckValue(value.ToString(CultureInfo.InvariantCulture), parameterName));

    /// <summary>The path values in the order of the template.</summary>
    internal string[] PathValues()
    {
        if (_count == 0)
        {
            return [];
        }

        var values = new string[_count];
        for (var node = this; node._parent is not null; node = node._parent)
        {
            values[node._count - 1] = node._value!;
        }

        return values;
    }
}
