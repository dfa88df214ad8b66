using System.Net.Http;
using WeChatPay.Bills;
using WeChatPay.Signing;
using WeChatPay.V2;

namespace WeChatPay.Transport;

/// <summary>From the headers of an answer to bytes that are proven, are no error, and belong to the request. Nothing is parsed before it is verified.</summary>
internal static class AnswerReader
{
    private const string RequestIdName = "Request-ID";

    public static string? RequestIdOf(HttpResponseMessage response)
        => response.Headers.NonValidated.TryGetValues(RequestIdName, out var values) && values.Count > 0 ? values.ToString() : null;

    /// <summary>Reads and verifies an answer.</summary>
    /// <exception cref="WeChatPayException">It is an error, not proven, or not of this request.</exception>
    public static async ValueTask<WeChatPayHttp> ReadVerifiedAsync(WeChatPayCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using (response)
        {
            var body = await ReadBodyAsync(call, response, cancellationToken).ConfigureAwait(false);
            var unproven = IsUnsigned(call, response)
                ? null
                : SignatureHeaders.TryRead(response.Headers, out var headers) ?? await call.CheckAsync(headers, body, cancellationToken).ConfigureAwait(false);
            if (unproven is not null)
            {
                throw unproven;
            }

            call.VerifiedBody = body;
            if (call.Status == 202 || (!call.Operation.HasCodeMember && ErrorBody.HasCode(body.Span)))
            {
                throw ErrorAnswer.Create(call, response, body, isVerified: true);
            }

            if (EchoCheck.Check(call, body.Span) is { } foreign)
            {
                throw foreign;
            }

            call.Phase = CallPhase.Parsing;
            return Describe(call, response, body);
        }
    }

    /// <summary>Reads the bytes of a success, which prove nothing yet.</summary>
    /// <exception cref="WeChatPayException">The answer is an error, too large, or not of this address.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(WeChatPayCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        CheckDestination(call, response);
        if (!IsSuccess(response))
        {
            throw await ErrorAnswer.ReadAsync(call, response, cancellationToken).ConfigureAwait(false);
        }

        CheckEncoding(response);
        return await AnswerBody.ReadAsync(response.Content, cancellationToken).ConfigureAwait(false)
            ?? throw new WeChatPayTransportException(
                WeChatPayTransportFailure.AnswerTooLarge, $"The answer is larger than {AnswerBody.Limit / 1024 / 1024} MB; it was not read.");
    }

    public static WeChatPayHttp Describe(WeChatPayCall call, HttpResponseMessage response, ReadOnlyMemory<byte> body) => new()
    {
        Status = call.Status,
        RequestId = call.RequestId,
        RawBody = body,
        ResponseHeaders = response.Headers,
        ContentHeaders = response.Content.Headers,
    };

    /// <summary>Takes an answer whose bytes carry no signature by the protocol, up to its headers.</summary>
    /// <exception cref="WeChatPayException">It is an error.</exception>
    public static async ValueTask<WeChatPayDownload> OpenStreamAsync(WeChatPayCall call, HttpResponseMessage response, DownloadLimits limits, CancellationToken cancellationToken)
    {
        try
        {
            CheckDestination(call, response);
            if (!IsSuccess(response) || call.Status == 202)
            {
                throw await ErrorAnswer.ReadAsync(call, response, cancellationToken).ConfigureAwait(false);
            }

            CheckEncoding(response);
            if (response.Content.Headers.ContentLength > limits.MaxLength)
            {
                throw IncomingStream.TooLarge(limits, call.Name);
            }

            var signedSha1 = call.V2 is null ? await StatementHash.ReadAsync(call, response.Headers, cancellationToken).ConfigureAwait(false) : null;
            var stream = new IncomingStream(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), limits, call.Credentials.Clock, call.Name);
            return new(
                response,
                call.V2 is null ? stream : await V2Stream.OpenAsync(call, stream, cancellationToken).ConfigureAwait(false),
                call.Credentials,
                limits,
                call.Name)
            {
                SignedSha1 = signedSha1,
            };
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    // Only where the spec says so, and not where there is a signature: that has to be right.
    private static bool IsUnsigned(WeChatPayCall call, HttpResponseMessage response)
        => call.Operation.IsAnswerUnsigned && !response.Headers.NonValidated.Contains(SignatureHeaders.SignatureName);

    private static bool IsSuccess(HttpResponseMessage response) => (int)response.StatusCode is >= 200 and <= 299;

    /// <summary>A handler of the host that follows redirects shows itself by another address on the request.</summary>
    private static void CheckDestination(WeChatPayCall call, HttpResponseMessage response)
    {
        var address = response.RequestMessage?.RequestUri;
        if (address is not null && address != call.Attempt!.Address)
        {
            throw new WeChatPayTransportException(
                WeChatPayTransportFailure.Redirected,
                $"The HTTP client went on to {address.GetLeftPart(UriPartial.Authority)}, which the request was not signed for. Set AllowAutoRedirect to false on its handler.");
        }
    }

    private static void CheckEncoding(HttpResponseMessage response)
    {
        if (ContentEncodingOf(response) is { } encoding)
        {
            throw new WeChatPayTransportException(
                WeChatPayTransportFailure.UnexpectedEncoding,
                $"The answer came with Content-Encoding '{FailureText.OneLine(encoding)}', which was not asked for; its bytes are not those that were signed. See what proxy changes answers.");
        }
    }

    /// <summary>The encoding, unless it is none or identity.</summary>
    internal static string? ContentEncodingOf(HttpResponseMessage response)
        => response.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out var values)
            && values.ToString() is var encoding && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)
            ? encoding
            : null;
}
