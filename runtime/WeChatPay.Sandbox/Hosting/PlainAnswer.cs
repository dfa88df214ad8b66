using System.Text;
using Microsoft.AspNetCore.Http;

namespace WeChatPay.Sandbox;

/// <summary>Answers for people, outside the simulated API.</summary>
internal static class PlainAnswer
{
    public static Task WriteAsync(HttpContext context, int status, string text)
        => WriteAsync(context, status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text + "\n"));

    public static Task WriteJsonAsync(HttpContext context, byte[] body)
        => WriteAsync(context, StatusCodes.Status200OK, "application/json; charset=utf-8", body);

    private static async Task WriteAsync(HttpContext context, int status, string contentType, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }
}
