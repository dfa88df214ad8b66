using System.Globalization;
using System.IO;
using System.Net.Http;
using WeChatPay.Signing;

namespace WeChatPay.Transport;

/// <summary>
/// Makes the exception of an answer that is no success. Error answers are often unsigned; one that does carry a whole signature is
/// verified, so that the caller knows which it is.
/// </summary>
internal static class ErrorAnswer
{
    public static async ValueTask<WeChatPayApiException> ReadAsync(WeChatPayCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> body = default;
        var isVerified = false;
        try
        {
            if (AnswerReader.ContentEncodingOf(response) is null
                && await AnswerBody.ReadAsync(response.Content, cancellationToken).ConfigureAwait(false) is { } bytes)
            {
                body = bytes;
                isVerified = SignatureHeaders.TryRead(response.Headers, out var headers) is null
                    && await call.CheckAsync(headers, body, cancellationToken).ConfigureAwait(false) is null;
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // The status says more than a broken connection behind it.
        }

        return Create(call, response, body, isVerified);
    }

    public static WeChatPayApiException Create(WeChatPayCall call, HttpResponseMessage response, ReadOnlyMemory<byte> body, bool isVerified)
    {
        var error = ErrorBody.Read(body);
        return new(Text(call.Status, error))
        {
            Status = call.Status,
            Code = error.Code,
            ApiMessage = error.Message,
            Detail = error.Detail,
            RawBody = body,
            IsVerified = isVerified,
            Outcome = call.Attempt is { WasRepeated: true } ? WeChatPayOutcome.Unknown : OutcomeRules.Of(call.Status, error.Code),
            RetryAfter = RetryAfter(response, call.Credentials.Clock),
        };
    }

    private static string Text(int status, in ErrorBody error)
    {
        var code = error.Code is null ? "" : $" {FailureText.OneLine(error.Code)}";
        var message = string.IsNullOrWhiteSpace(error.Message) ? "" : $": {FailureText.OneLine(error.Message)}";
        return status switch
        {
            202 => $"The API accepted the request and has not carried it out yet (202{code}){message}. Query, or repeat with the same number and parameters.",
            >= 200 and <= 299 => $"The API answered {status} with error code{code}{message}.",
            >= 300 and <= 399 => $"The API answered {status}; redirects are not followed.",
            _ when error.Code is null => $"The API answered {status} without an error code{message}; a proxy may have answered in its place.",
            _ => $"The API answered {status}{code}{message}.",
        };
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider clock)
    {
        if (!response.Headers.NonValidated.TryGetValues("Retry-After", out var values) || values.Count != 1)
        {
            return null;
        }

        var text = values.ToString();
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        if (!DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return null;
        }

        var wait = time - clock.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
