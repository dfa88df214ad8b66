using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Measures memory, which others must not use meanwhile.</summary>
[CollectionDefinition(nameof(UploadSourceTests), DisableParallelization = true)]
[Collection(nameof(UploadSourceTests))]
public class UploadSourceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_large_file_is_streamed_from_disk()
    {
        const int Length = 96 * 1024 * 1024;
        var path = Path.GetTempFileName();
        try
        {
            await using (var large = File.OpenWrite(path))
            {
                large.SetLength(Length);
            }

            await using var server = new DrainingServer();
            var options = TestMerchant.Options(TimeProvider.System);
            (options.BaseAddress, options.BackupBaseAddress) = (server.Address, null);
            using var client = new TestClient(options);
            await client.Uploads.ImageAsync(UploadTests.Small(), cancellationToken: Ct);

            var before = GC.GetTotalAllocatedBytes(precise: true);
            var answer = await client.Uploads.ImageAsync(WeChatPayFile.FromPath(path, "large.mp4"), cancellationToken: Ct);
            var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

            Assert.Equal("M-1", answer.MediaId);
            Assert.InRange(server.Received, Length, Length + 1000);
            Assert.InRange(allocated, 0, 8 * 1024 * 1024);

            // Closed again.
            File.Delete(path);
            Assert.False(File.Exists(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_stream_is_sent_from_where_it_stood_as_often_as_one_likes_and_stays_open()
    {
        var api = new FakeApi("{}");
        using var client = new TestClient(TestMerchant.Options(), api);
        using var stream = new MemoryStream("..abc"u8.ToArray()) { Position = 2 };
        var file = WeChatPayFile.FromStream(stream, "a.png");
        await client.Uploads.ImageAsync(file, cancellationToken: Ct);
        await client.Uploads.ImageAsync(file, cancellationToken: Ct);
        Assert.All(api.Requests, request => Assert.Contains("\r\n\r\nabc\r\n--", request.Text, StringComparison.Ordinal));
        Assert.Equal(2, api.Requests.Count);
        Assert.True(stream.CanRead);
    }

    [Fact]
    public async Task A_stream_that_cannot_seek_is_kept_and_can_be_sent_again()
    {
        var api = new FakeApi("{}");
        using var client = new TestClient(TestMerchant.Options(), api);
        var file = WeChatPayFile.FromStream(new Unseekable(new MemoryStream(new byte[300_000])), "a.bin");
        await client.Uploads.ImageAsync(file, cancellationToken: Ct);
        await client.Uploads.ImageAsync(file, cancellationToken: Ct);
        Assert.Equal([api.Requests[0].Body.Length, api.Requests[0].Body.Length], api.Requests.Select(request => request.Body.Length));
        Assert.True(api.Requests[0].Body.Length > 300_000);
        Assert.Equal(UploadTests.MetaOf(api.Requests[0]), UploadTests.MetaOf(api.Requests[1]));
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(new byte[300_000])), api.Requests[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_stream_that_cannot_seek_is_refused()
    {
        var api = new FakeApi("{}");
        using var client = new TestClient(TestMerchant.Options(), api);
        var file = WeChatPayFile.FromStream(new Unseekable(new MemoryStream(new byte[WeChatPayFile.MaxBufferedLength + 1])), "a.bin");
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => client.Uploads.ImageAsync(file, cancellationToken: Ct));
        Assert.Equal((WeChatPayTransportFailure.ContentFailed, WeChatPayOutcome.NotSent), (failure.Reason, failure.Outcome));
        Assert.Empty(api.Requests);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_told_and_nothing_is_sent()
    {
        var api = new FakeApi("{}");
        using var client = new TestClient(TestMerchant.Options(), api);
        foreach (var file in new[] { WeChatPayFile.FromPath(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "none.png")), WeChatPayFile.FromStream(new Broken(), "b.png") })
        {
            var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => client.Uploads.ImageAsync(file, cancellationToken: Ct));
            Assert.Equal((WeChatPayTransportFailure.ContentFailed, WeChatPayOutcome.NotSent), (failure.Reason, failure.Outcome));
            Assert.IsAssignableFrom<IOException>(failure.InnerException);
        }

        Assert.Empty(api.Requests);
    }

    [Fact]
    public async Task A_file_that_changes_after_its_hash_was_computed_is_not_completed()
    {
        var api = new FakeApi("{}");
        using var client = new TestClient(TestMerchant.Options(), api);
        foreach (var change in new Action<MemoryStream>[] { stream => stream.GetBuffer()[0]++, stream => stream.SetLength(2) })
        {
            var stream = new Changing(change);
            var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => client.Uploads.ImageAsync(WeChatPayFile.FromStream(stream, "a.png"), cancellationToken: Ct));
            Assert.Equal((WeChatPayTransportFailure.ContentFailed, WeChatPayOutcome.Unknown), (failure.Reason, failure.Outcome));
        }

        Assert.Empty(api.Requests);
    }

    [Fact]
    public async Task One_stream_serves_one_call_at_a_time()
    {
        var entered = new TaskCompletionSource();
        var leave = new TaskCompletionSource();
        var api = new FakeApi("{}") { Before = (_, _) => { entered.TrySetResult(); return leave.Task; } };
        using var client = new TestClient(TestMerchant.Options(), api);
        var file = WeChatPayFile.FromStream(new MemoryStream("abc"u8.ToArray()), "a.png");
        var first = client.Uploads.ImageAsync(file, cancellationToken: Ct);
        await entered.Task;
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => client.Uploads.ImageAsync(file, cancellationToken: Ct));
        Assert.Equal((WeChatPayTransportFailure.ContentFailed, WeChatPayOutcome.NotSent), (failure.Reason, failure.Outcome));
        leave.SetResult();
        await first;
        await client.Uploads.ImageAsync(file, cancellationToken: Ct);
    }

    [Fact]
    public async Task An_upload_is_not_repeated_by_a_handler()
    {
        var api = new Sink();
        using var client = new TestClient(TestMerchant.Options(), new Again(api));
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => client.Uploads.ImageAsync(UploadTests.Small(), cancellationToken: Ct));
        Assert.Equal((WeChatPayTransportFailure.RepetitionRefused, WeChatPayOutcome.Unknown), (failure.Reason, failure.Outcome));
        Assert.Equal(1, api.Bodies);
    }

    [Fact]
    public async Task After_a_failure_to_connect_the_backup_address_gets_the_whole_file()
    {
        var api = new FakeApi("""{"media_id":"M-1"}""");
        using var client = new TestClient(TestMerchant.Options(), new Unreachable(api, "api.mch.weixin.qq.com"));
        Assert.Equal("M-1", (await client.Uploads.ImageAsync(WeChatPayFile.FromStream(new MemoryStream("abc"u8.ToArray()), "a.png"), cancellationToken: Ct)).MediaId);
        var request = Assert.Single(api.Requests);
        Assert.Equal("api2.mch.weixin.qq.com", request.Address.Host);
        Assert.Contains("\r\n\r\nabc\r\n--", request.Text, StringComparison.Ordinal);
    }

    /// <summary>Other bytes, or fewer, when it is read the second time.</summary>
    private sealed class Changing : MemoryStream
    {
        private readonly Action<MemoryStream> _change;
        private int _rewound;

        public Changing(Action<MemoryStream> change)
        {
            _change = change;
            Write("abc"u8);
            base.Position = 0;
        }

        public override long Position
        {
            get => base.Position;
            set
            {
                base.Position = value;
                if (++_rewound == 2)
                {
                    _change(this);
                }
            }
        }
    }

    private sealed class Again(HttpMessageHandler api) : DelegatingHandler(api)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (await base.SendAsync(request, cancellationToken)).Dispose();
            return await base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>Sends bodies away without keeping them, as a socket does.</summary>
    private sealed class Sink : HttpMessageHandler
    {
        public int Bodies { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            Bodies++;
            return FakeApi.Unsigned("", 500);
        }
    }

    private sealed class Unreachable(HttpMessageHandler api, string host) : DelegatingHandler(api)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            => request.RequestUri!.Host == host
                ? Task.FromException<HttpResponseMessage>(new HttpRequestException(HttpRequestError.ConnectionError, "no"))
                : base.SendAsync(request, cancellationToken);
    }

    /// <summary>Reads bodies without keeping them.</summary>
    private sealed class DrainingServer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _serving;

        public DrainingServer()
        {
            _listener.Start();
            _serving = ServeAsync();
        }

        public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

        /// <summary>The length of the last body.</summary>
        public long Received { get; private set; }

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        private async Task ServeAsync()
        {
            using var client = await _listener.AcceptTcpClientAsync();
            await using var stream = client.GetStream();
            var buffer = new byte[256 * 1024];
            while (true)
            {
                var head = 0;
                while (!buffer.AsSpan(0, head).EndsWith("\r\n\r\n"u8))
                {
                    if (await stream.ReadAsync(buffer.AsMemory(head, 1)) == 0)
                    {
                        return;
                    }

                    head++;
                }

                var text = Encoding.ASCII.GetString(buffer, 0, head);
                const string Name = "Content-Length: ";
                var start = text.IndexOf(Name, StringComparison.OrdinalIgnoreCase) + Name.Length;
                var left = long.Parse(text[start..text.IndexOf('\r', start)], System.Globalization.CultureInfo.InvariantCulture);
                Received = left;
                while (left > 0)
                {
                    var read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)));
                    if (read == 0)
                    {
                        return;
                    }

                    left -= read;
                }

                await stream.WriteAsync(LoopbackServer.Signed("""{"media_id":"M-1"}"""));
            }
        }
    }
}
