using System.IO;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace WeChatPay.Sandbox;

/// <summary>One API call: read the bytes, verify, route, handle, sign, let faults strike, answer, log.</summary>
internal sealed class GatewayPipeline(RequestVerifier verifier, RouteTable routes, SandboxFaults faults, ExchangeLog log, SandboxOptions options, TimeProvider clock)
{
    public async Task HandleAsync(HttpContext context)
    {
        var request = await ReadAsync(context).ConfigureAwait(false);
        var struck = faults.TakeForAnswer(request.Method, request.RawPath);
        var (route, answer) = Decide(request, struck);
        var message = new OutgoingMessage
        {
            Body = answer.Body.ToArray(),
            OtherBody = route is null || struck.Length == 0 ? null : log.OtherAnswer(route.Operation, answer.Body),
        };
        try
        {
            foreach (var fault in struck)
                fault.BeforeSigning(message);
        }
        catch (GatewayException e)
        {
            answer = e.ToAnswer();
            message.Body = answer.Body.ToArray();
        }

        if (IsSigned(answer, request))
            message.Headers = AnswerSigner.Sign(request.AnswerSigner, clock.GetUtcNow() + message.ClockSkew, message.Body);

        foreach (var fault in struck)
            fault.AfterSigning(message);

        // A 204 cannot carry the content that a fault gave it; without this the fault would be lost on its way.
        if (answer.ContentType is null && message.Body.Length > 0)
            answer = GatewayAnswer.Json(message.Body);

        var requestId = $"{RandomText.UpperHex(40)}-{answer.InnerErrorCode}";
        // Logged before it is sent: whoever has the answer finds it in the log.
        log.Add(Describe(request, route, answer, message, requestId, struck));
        await SendAsync(context, answer, message, requestId).ConfigureAwait(false);
    }

    private async Task<GatewayRequest> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        return new GatewayRequest
        {
            Method = context.Request.Method,
            Target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            Headers = context.Request.Headers,
            Host = context.Request.Headers.Host.ToString(),
            Body = body.ToArray(),
            Now = clock.GetUtcNow(),
        };
    }

    private (Route? Route, GatewayAnswer Answer) Decide(GatewayRequest request, SandboxFault[] struck)
    {
        if (struck.FirstOrDefault(f => f.Instead is not null)?.Instead is { } instead)
            return (null, instead);

        Route? route = null;
        try
        {
            HeaderRules.Check(request);
            verifier.Verify(request);
            route = routes.Find(request);
            if (route.HasJsonBody)
                request.Json = BodyRules.Parse(request.Body);

            return (route, route.Handle(request));
        }
        catch (GatewayException e)
        {
            return (route, e.ToAnswer());
        }
        catch (Exception e)
        {
            // A mistake of the sandbox itself: the person at the keyboard shall see it instead of an empty 500.
            return (route, new GatewayException(500, "SYSTEM_ERROR", "系统错误", $"a defect of the sandbox: {e}").ToAnswer());
        }
    }

    private bool IsSigned(GatewayAnswer answer, GatewayRequest request)
        => !answer.IsUnsignedByProtocol && request.AnswerSigner is not null && (answer.Status < 400 || options.SignErrors);

    private async Task SendAsync(HttpContext context, GatewayAnswer answer, OutgoingMessage message, string requestId)
    {
        if (message.Delay > TimeSpan.Zero)
            await Task.Delay(message.Delay, clock, context.RequestAborted).ConfigureAwait(false);

        if (message.IsLost)
        {
            context.Abort();
            return;
        }

        var response = context.Response;
        response.StatusCode = answer.Status;
        response.Headers["Request-ID"] = requestId;
        response.Headers.CacheControl = "no-cache, must-revalidate";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentLanguage = "zh-CN";
        foreach (var group in message.Headers.GroupBy(h => h.Key))
            response.Headers[group.Key] = group.Select(h => h.Value).ToArray();

        if (answer.ContentType is null)
            return;

        response.ContentType = answer.ContentType;
        response.ContentLength = message.Body.Length;
        await response.Body.WriteAsync(message.Body, context.RequestAborted).ConfigureAwait(false);
    }

    private static SandboxExchange Describe(
        GatewayRequest request, Route? route, GatewayAnswer answer, OutgoingMessage message, string requestId, SandboxFault[] struck) => new()
        {
            At = request.Now,
            Method = request.Method,
            Target = request.Target,
            Operation = route?.Operation,
            RequestHeaders = request.Headers
                .Where(h => !h.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase))
                .ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            RequestBody = request.Body,
            VerifiedMerchantId = request.Merchant?.MerchantId,
            Status = message.IsLost ? 0 : answer.Status,
            RequestId = requestId,
            AnswerBody = message.Body,
            Explanation = answer.Explanation,
            Faults = [.. struck.Select(f => f.Name)],
        };
}
