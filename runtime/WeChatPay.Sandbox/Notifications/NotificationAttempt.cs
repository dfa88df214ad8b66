using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;

namespace WeChatPay.Sandbox;

/// <summary>Signs and posts a notification once.</summary>
internal sealed class NotificationAttempt(HttpClient client, SandboxFaults faults, TimeProvider clock, TimeSpan timeLimit)
{
    private const int LongestAnswerKept = 4096;

    /// <summary>Never throws except for cancellation of <paramref name="cancellationToken"/>.</summary>
    public async Task<SandboxDelivery> SendAsync(SandboxNotification notification, int attempt, CancellationToken cancellationToken)
    {
        var message = new OutgoingMessage { Body = notification.Envelope.Body };
        var struck = faults.TakeForNotification(notification.EventType);
        foreach (var fault in struck)
            fault.BeforeSigning(message);

        // Every attempt is signed anew: the time in the signature has to be fresh.
        var sentAt = clock.GetUtcNow();
        message.Headers = AnswerSigner.Sign(notification.Merchant.NotificationSigner(), sentAt + message.ClockSkew, message.Body);
        foreach (var fault in struck)
            fault.AfterSigning(message);

        var delivery = new SandboxDelivery
        {
            NotificationId = notification.Id,
            EventType = notification.EventType,
            Url = notification.Url,
            Attempt = attempt,
            SentAt = sentAt,
            Elapsed = TimeSpan.Zero,
            SignatureHeaders = message.Headers,
            Body = message.Body,
        };
        if (message.Delay > TimeSpan.Zero)
            await Task.Delay(message.Delay, clock, cancellationToken).ConfigureAwait(false);

        if (message.IsLost)
            return delivery with { Error = "lost on purpose" };

        return await PostAsync(delivery, message, cancellationToken).ConfigureAwait(false);
    }

    private async Task<SandboxDelivery> PostAsync(SandboxDelivery delivery, OutgoingMessage message, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        using var limit = new CancellationTokenSource(timeLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var request = BuildRequest(delivery.Url, message);
            using var response = await client.SendAsync(request, either.Token).ConfigureAwait(false);
            var answer = await response.Content.ReadAsStringAsync(either.Token).ConfigureAwait(false);
            return delivery with
            {
                Status = (int)response.StatusCode,
                Answer = answer.Length > LongestAnswerKept ? answer[..LongestAnswerKept] : answer,
                Elapsed = clock.GetElapsedTime(start),
            };
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return delivery with { Error = $"no answer within {timeLimit.TotalSeconds} s", Elapsed = clock.GetElapsedTime(start) };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidOperationException)
        {
            var reason = e.InnerException is NotificationRefusedException refused ? refused.Message : e.Message;
            return delivery with { Error = reason, Elapsed = clock.GetElapsedTime(start) };
        }
    }

    private static HttpRequestMessage BuildRequest(string url, OutgoingMessage message)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(message.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        request.Headers.TryAddWithoutValidation("User-Agent", "Mozilla/4.0");
        request.Headers.TryAddWithoutValidation("Pragma", "no-cache");
        request.Headers.TryAddWithoutValidation("Request-ID", $"{RandomText.UpperHex(40)}-0");
        foreach (var group in message.Headers.GroupBy(h => h.Key))
            request.Headers.TryAddWithoutValidation(group.Key, group.Select(h => h.Value));

        return request;
    }
}
