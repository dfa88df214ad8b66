using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using WeChatPay.Runtime.Tests.Core;
using WeChatPay.Runtime.Tests.Models;

namespace WeChatPay.AspNetCore.Tests;

/// <summary>Money rule 14: the endpoint over real HTTP, in applications that log in, guard against forgery, cache and read bodies.</summary>
public sealed class MoneyRule14EndpointTests
{
    private static readonly Func<WeChatPayNotification<PaymentResource>, CancellationToken, Task> Nothing = (_, _) => Task.CompletedTask;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_notification_reaches_its_handler_and_success_is_replied()
    {
        WeChatPayNotification<PaymentResource>? got = null;
        await using var app = await TestApp.StartAsync(app => app.MapWeChatPayNotifications("/wechatpay/notify").On<PaymentResource>((n, _) =>
        {
            got = n;
            return Task.CompletedTask;
        }));
        var maker = NotificationMaker.Make();
        using var response = await app.PostAsync(maker);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("""{"code":"SUCCESS","message":"成功"}""", await response.Content.ReadAsStringAsync(Token));
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Equal("A1", got?.Resource.OutTradeNo);
        Assert.Equal(maker.Body, got?.RawBody.ToArray());
    }

    [Fact]
    public async Task Status_and_text_of_the_reply_follow_the_outcome()
    {
        await using var app = await TestApp.StartAsync(app => app.MapWeChatPayNotifications("/wechatpay/notify")
            .On<SharingResource>((_, _) => throw new InvalidOperationException("internal detail"))
            .Ignore("COUPON.USE"));

        await Replies(HttpStatusCode.Unauthorized, NotificationMaker.Make().With("Wechatpay-Signature", "WECHATPAY/SIGNTEST/x"));
        await Replies(HttpStatusCode.Unauthorized, NotificationMaker.Make().With("Wechatpay-Nonce", "other"));
        await Replies(HttpStatusCode.InternalServerError, NotificationMaker.Make());
        await Replies(HttpStatusCode.InternalServerError, NotificationMaker.Make("{}", originalType: "profitsharing"));
        using var ignored = await app.PostAsync(NotificationMaker.Make("{}", "COUPON.USE", "coupon"));
        Assert.Equal(HttpStatusCode.NoContent, ignored.StatusCode);

        async Task Replies(HttpStatusCode status, NotificationMaker maker)
        {
            using var response = await app.PostAsync(maker);
            Assert.Equal(status, response.StatusCode);
            var text = await response.Content.ReadAsStringAsync(Token);
            Assert.StartsWith("{\"code\":\"FAIL\",\"message\":\"", text, StringComparison.Ordinal);
            Assert.DoesNotContain("internal", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_POST_is_served()
    {
        await using var app = await TestApp.StartAsync(app => app.MapWeChatPayNotifications("/wechatpay/notify"));
        using var response = await app.Http.GetAsync(new Uri("/wechatpay/notify", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task A_header_that_comes_twice_is_refused()
    {
        await using var app = await TestApp.StartAsync(app => app.MapWeChatPayNotifications("/wechatpay/notify").On(Nothing));
        using var request = TestApp.Request(NotificationMaker.Make(), "/wechatpay/notify");
        request.Headers.TryAddWithoutValidation("wechatpay-serial", TestMerchant.PublicKeyId);
        using var response = await app.Http.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_one_megabyte_is_refused_and_one_of_a_megabyte_is_read(bool chunked)
    {
        await using var app = await TestApp.StartAsync(app => app.MapWeChatPayNotifications("/wechatpay/notify").On(Nothing));
        var largest = new NotificationMaker { Body = new byte[WeChatPayNotifications.MaxBodyLength] }.Sign();
        Assert.Equal(HttpStatusCode.InternalServerError, await Post(largest));
        var larger = new NotificationMaker { Body = new byte[WeChatPayNotifications.MaxBodyLength + 1] }.Sign();
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Post(larger));

        async Task<HttpStatusCode> Post(NotificationMaker maker)
        {
            using var request = TestApp.Request(maker, "/wechatpay/notify");
            request.Headers.TransferEncodingChunked = chunked;
            request.Headers.ExpectContinue = !chunked;
            using var response = await app.Http.SendAsync(request, Token);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Login_antiforgery_and_output_cache_of_the_application_do_not_stand_in_the_way()
    {
        var calls = 0;
        await using var app = await TestApp.StartAsync(
            app =>
            {
                app.UseRouting();
                app.UseAuthentication();
                app.UseAuthorization();
                app.UseOutputCache();
                app.UseAntiforgery();
                app.MapWeChatPayNotifications("/wechatpay/notify").On<PaymentResource>((_, _) =>
                {
                    calls++;
                    return Task.CompletedTask;
                });
                app.MapPost("/other", () => "x");
            },
            services =>
            {
                services.AddAuthentication("none").AddScheme<AuthenticationSchemeOptions, NobodyLogsIn>("none", null);
                services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
                services.AddOutputCache(o => o.AddBasePolicy(p => p.Cache()));
                services.AddAntiforgery();
            });

        for (var i = 0; i < 2; i++)
        {
            using var response = await app.PostAsync(NotificationMaker.Make());
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Null(response.Headers.Age);
        }

        Assert.Equal(2, calls);
        using var other = await app.PostAsync(NotificationMaker.Make(), "/other");
        Assert.Equal(HttpStatusCode.Unauthorized, other.StatusCode);
    }

    [Fact]
    public async Task The_endpoint_says_of_itself_what_the_rest_of_the_application_needs()
    {
        await using var app = await TestApp.StartAsync(app => app.MapWeChatPayNotifications("/wechatpay/notify").WithName("notify"));
        var endpoint = Assert.Single(app.App.Services.GetRequiredService<EndpointDataSource>().Endpoints);
        Assert.NotNull(endpoint.Metadata.GetMetadata<IAllowAnonymous>());
        Assert.False(endpoint.Metadata.GetRequiredMetadata<Microsoft.AspNetCore.Antiforgery.IAntiforgeryMetadata>().RequiresValidation);
        Assert.InRange(endpoint.Metadata.GetRequiredMetadata<IRequestSizeLimitMetadata>().MaxRequestBodySize!.Value, WeChatPayNotifications.MaxBodyLength, WeChatPayNotifications.MaxBodyLength * 11 / 10);
        Assert.Equal(["POST"], endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods);
        Assert.Equal("notify", endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName);
    }

    [Fact]
    public async Task A_body_that_something_before_has_read_and_buffered_is_read_again()
    {
        await using var app = await TestApp.StartAsync(app =>
        {
            app.Use(async (context, next) =>
            {
                context.Request.EnableBuffering();
                await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted);
                await next();
            });
            app.UseRouting();
            app.MapWeChatPayNotifications("/wechatpay/notify").On(Nothing);
        });
        using var response = await app.PostAsync(NotificationMaker.Make());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task The_handler_s_token_ends_after_four_and_a_half_seconds_and_the_notification_comes_again()
    {
        var clock = new FakeTimeProvider(TestMerchant.Now);
        var began = new TaskCompletionSource();
        await using var app = await TestApp.StartAsync(
            app => app.MapWeChatPayNotifications("/wechatpay/notify").On<PaymentResource>(async (_, ct) =>
            {
                began.SetResult();
                await Task.Delay(Timeout.Infinite, ct);
            }),
            options: o => o.TimeProvider = clock);
        var reply = app.PostAsync(NotificationMaker.Make());
        await began.Task;
        clock.Advance(TimeSpan.FromSeconds(4.4));
        await Task.Delay(100, Token);
        Assert.False(reply.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.2));
        using var response = await reply;
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    [Fact]
    public async Task The_handler_s_token_ends_when_the_application_stops()
    {
        var began = new TaskCompletionSource();
        await using var app = await TestApp.StartAsync(app => app.MapWeChatPayNotifications("/wechatpay/notify").On<PaymentResource>(async (_, ct) =>
        {
            began.SetResult();
            await Task.Delay(Timeout.Infinite, ct);
        }));
        var reply = app.PostAsync(NotificationMaker.Make());
        await began.Task;
        app.App.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        using var response = await reply;
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    [Fact]
    public async Task A_sender_that_hangs_up_does_not_end_the_handler()
    {
        var began = new TaskCompletionSource();
        var hungUp = new TaskCompletionSource();
        var ended = new TaskCompletionSource<bool>();
        await using var app = await TestApp.StartAsync(app => app.MapWeChatPayNotifications("/wechatpay/notify").On<PaymentResource>(async (_, ct) =>
        {
            began.SetResult();
            await hungUp.Task;
            await Task.Delay(100, CancellationToken.None);
            ended.SetResult(ct.IsCancellationRequested);
        }));
        using var hangUp = new CancellationTokenSource();
        using var request = TestApp.Request(NotificationMaker.Make(), "/wechatpay/notify");
        var send = app.Http.SendAsync(request, hangUp.Token);
        await began.Task;
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => send);
        hungUp.SetResult();
        Assert.False(await ended.Task);
    }

    [Fact]
    public async Task A_sender_that_hangs_up_within_the_body_harms_nothing()
    {
        var calls = 0;
        await using var app = await TestApp.StartAsync(app => app.MapWeChatPayNotifications("/wechatpay/notify").On<PaymentResource>((_, _) =>
        {
            calls++;
            return Task.CompletedTask;
        }));
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(IPAddress.Loopback, app.Http.BaseAddress!.Port, Token);
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /wechatpay/notify HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{\"id\":"), Token);
        }

        using var response = await app.PostAsync(NotificationMaker.Make());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(1, calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_cannot_be_read_is_never_replied_with_success(bool byTimeLimit)
    {
        var calls = 0;
        await using var app = await TestApp.StartAsync(app =>
        {
            app.Use((context, next) =>
            {
                // As the request time limits and the body buffering of ASP.NET Core do it; the sender is still there and takes a 200 for "handled".
                if (byTimeLimit)
                    context.RequestAborted = new CancellationToken(true);
                else
                    context.Request.Body = new BufferLimit();
                return next();
            });
            app.UseRouting();
            app.MapWeChatPayNotifications("/wechatpay/notify").On<PaymentResource>((_, _) =>
            {
                calls++;
                return Task.CompletedTask;
            });
        });
        using var response = await app.PostAsync(NotificationMaker.Make());
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task A_handler_may_take_services_of_the_request_s_scope()
    {
        Scoped? got = null;
        await using var app = await TestApp.StartAsync(
            app => app.MapWeChatPayNotifications("/wechatpay/notify")
                .On<PaymentResource>((_, services, _) =>
                {
                    got = services.GetRequiredService<Scoped>();
                    return Task.CompletedTask;
                }),
            services => services.AddScoped<Scoped>());
        using var response = await app.PostAsync(NotificationMaker.Make());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        // The scope ends with the request, which is a little after its answer has gone.
        Assert.NotNull(got);
        await got.Disposed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    private sealed class BufferLimit : MemoryStream
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("Buffer limit exceeded.");
    }

    private sealed class Scoped : IDisposable
    {
        private readonly TaskCompletionSource disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Disposed => disposed.Task;

        public void Dispose() => disposed.TrySetResult();
    }

    private sealed class NobodyLogsIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());
    }
}
