using System.IO;
using System.IO.Compression;
using System.Net.Http;
using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.Runtime.Tests.Files;

/// <summary>Money rule 16: packed and encrypted files are published only after tag and hash held, within limits of size and idleness, and leave nothing otherwise.</summary>
public sealed class MoneyRule16SealedFilesTests : IDisposable
{
    private const string Address = "https://api.mch.weixin.qq.com/v3/billdownload/file?token=x";

    private readonly string _folder = Directory.CreateTempSubdirectory("wechatpay-tests-").FullName;
    private readonly FakeTimeProvider _clock = new(TestMerchant.Now);
    private readonly FakeApi _api = new("{}");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(_folder, "bill.csv");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, string> SpoiledBytes()
    {
        var rows = new TheoryData<string, string>();
        foreach (var nonce in new[] { "TESTbillN012", "TESTbillnonce016" })
        {
            foreach (var how in new[] { "first byte", "last byte of the text", "first byte of the tag", "last byte of the tag", "cut", "longer", "only a tag", "shorter than a tag", "empty" })
                rows.Add(nonce, how);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(SpoiledBytes))]
    public async Task An_encrypted_file_that_was_changed_is_refused_and_leaves_nothing(string nonce, string how)
    {
        var row = BillVectors.Encrypted(nonce);
        var bytes = row.Bytes("file_base64");
        bytes = how switch
        {
            "first byte" => Flip(bytes, 0),
            "last byte of the text" => Flip(bytes, bytes.Length - 17),
            "first byte of the tag" => Flip(bytes, bytes.Length - 16),
            "last byte of the tag" => Flip(bytes, bytes.Length - 1),
            "cut" => bytes[..^1],
            "longer" => [.. bytes, 0],
            "only a tag" => bytes[^16..],
            "shorter than a tag" => bytes[..15],
            _ => [],
        };
        await File.WriteAllTextAsync(Target, "before", Token);
        using var client = Client(bytes);
        await Assert.ThrowsAsync<WeChatPayDecryptionException>(() => client.DownloadToFileAsync(Address, BillVectors.Proof(row), Target, cancellationToken: Token));
        AssertOnlyTheOldFile();
    }

    [Fact]
    public async Task A_tag_that_holds_is_not_enough_the_hash_has_to_hold_too()
    {
        var row = BillVectors.Encrypted("TESTbillnonce016");
        await File.WriteAllTextAsync(Target, "before", Token);
        using var client = Client(row.Bytes("file_base64"));
        var proof = new WeChatPayFileProof { HashType = "SHA1", HashValue = new string('0', 40), IsGzip = true, Encryption = BillVectors.Proof(row).Encryption };
        await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.DownloadToFileAsync(Address, proof, Target, cancellationToken: Token));
        AssertOnlyTheOldFile();
    }

    [Fact]
    public async Task While_an_encrypted_file_is_coming_there_is_nothing_but_its_ciphertext()
    {
        var row = BillVectors.Encrypted("TESTbillN012");
        var lengths = new List<long>();
        using var client = Client([]);
        _api.Answer = _ => new HttpResponseMessage
        {
            Content = new StreamContent(new Slow(row.Bytes("file_base64"), () => lengths.Add(new FileInfo(Assert.Single(Directory.GetFiles(_folder))).Length))),
        };
        await client.DownloadToFileAsync(Address, BillVectors.Proof(row), Target, cancellationToken: Token);
        Assert.Equal([0, 44, 104], lengths.Take(3));
        Assert.Equal([Target], Directory.GetFiles(_folder));
        Assert.Equal(row.Bytes("unpacked_base64"), await File.ReadAllBytesAsync(Target, Token));
    }

    [Fact]
    public async Task The_key_is_opened_by_a_vault()
    {
        var vault = new Vault(WeChatPayMerchantKey.FromPem(TestMerchant.KeyText("merchant_private_pkcs8.pem")));
        var row = BillVectors.Encrypted("TESTbillnonce016");
        using var client = Client(row.Bytes("file_base64"), options => (options.MerchantPrivateKey, options.MerchantKey) = (null, vault));
        await client.DownloadToFileAsync(Address, BillVectors.Proof(row), Target, cancellationToken: Token);
        Assert.Equal(1, vault.Calls);

        vault.Failure = new TimeoutException();
        File.Delete(Target);
        var failure = await Assert.ThrowsAsync<WeChatPayDecryptionException>(() => client.DownloadToFileAsync(Address, BillVectors.Proof(row), Target, cancellationToken: Token));
        Assert.IsType<TimeoutException>(failure.InnerException);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_key_for_somebody_else_or_of_another_length_is_refused()
    {
        var row = BillVectors.Encrypted("TESTbillnonce016");
        using var client = Client(row.Bytes("file_base64"));
        using var rsa = RSA.Create();
        rsa.ImportFromPem(TestMerchant.KeyText("merchant_private_pkcs8.pem"));
        foreach (var key in new[]
        {
            Convert.ToBase64String(new byte[256]),
            Convert.ToBase64String(rsa.Encrypt(new byte[16], RSAEncryptionPadding.OaepSHA1)),
            Convert.ToBase64String(rsa.Encrypt(new byte[33], RSAEncryptionPadding.OaepSHA1)),
            "another key of 32 characters 0000",
        })
        {
            await Assert.ThrowsAnyAsync<Exception>(() => client.DownloadToFileAsync(Address, BillVectors.Proof(row, _ => key), Target, cancellationToken: Token));
            Assert.Empty(Directory.GetFiles(_folder));
        }
    }

    [Theory]
    [InlineData("SM4_GCM", null, null)]
    [InlineData("", null, null)]
    [InlineData("aead_aes_256_gcm", null, null)]
    [InlineData(null, "", null)]
    [InlineData(null, "TESTbillN0123", null)]
    [InlineData(null, null, "")]
    [InlineData(null, null, "no base64!")]
    public async Task What_cannot_be_opened_is_not_even_fetched(string? algorithm, string? nonce, string? key)
    {
        var row = BillVectors.Encrypted("TESTbillN012");
        using var client = Client(row.Bytes("file_base64"));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.DownloadToFileAsync(
            Address, BillVectors.Proof(row, own => key ?? own, nonce, algorithm), Target, cancellationToken: Token));
        Assert.Empty(_api.Requests);
    }

    [Fact]
    public void The_key_shows_in_no_text()
    {
        var encryption = BillVectors.Proof(BillVectors.Encrypted("TESTbillN012")).Encryption!;
        Assert.DoesNotContain(encryption.EncryptKey!, encryption.ToString(), StringComparison.Ordinal);
        var shown = typeof(WeChatPayFileEncryption).GetProperty(nameof(WeChatPayFileEncryption.EncryptKey))!;
        Assert.Contains(shown.CustomAttributes, attribute => attribute.AttributeType.Name == "DebuggerBrowsableAttribute");
    }

    [Theory]
    [InlineData(1_000_000, true)]
    [InlineData(999_999, false)]
    public async Task A_bomb_is_not_unpacked(long limit, bool fits)
    {
        var plain = new byte[1_000_000];
        using var client = Client(Pack(plain), options => options.MaxUnpackedLength = limit);
        var download = client.DownloadToFileAsync(Address, new() { HashType = "SHA256", HashValue = Convert.ToHexString(SHA256.HashData(plain)), IsGzip = true }, Target, cancellationToken: Token);
        if (fits)
        {
            await download;
            Assert.Equal(plain, await File.ReadAllBytesAsync(Target, Token));
            return;
        }

        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => download);
        Assert.Equal(WeChatPayTransportFailure.AnswerTooLarge, failure.Reason);
        Assert.Contains("MaxUnpackedLength", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("no gzip at all")]
    [InlineData("")]
    public async Task A_file_that_is_no_gzip_is_refused(string text)
    {
        using var client = Client(System.Text.Encoding.UTF8.GetBytes(text));
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.DownloadToFileAsync(
            Address, new WeChatPayFileProof { HashType = "SHA1", HashValue = BillVectors.Sha1, IsGzip = true }, Target, cancellationToken: Token));
        Assert.Equal(WeChatPaySignatureFailure.Mismatch, failure.Reason);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_packed_file_that_is_cut_is_refused()
    {
        using var client = Client(BillVectors.Gzip[..^12]);
        await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.DownloadToFileAsync(
            Address, new WeChatPayFileProof { HashType = "SHA1", HashValue = BillVectors.Sha1, IsGzip = true }, Target, cancellationToken: Token));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_is_too_large_is_refused_announced_or_not(bool isAnnounced)
    {
        using var client = Client(BillVectors.Plain, options => options.MaxDownloadLength = BillVectors.Plain.Length - 1);
        if (!isAnnounced)
            _api.Answer = _ => new HttpResponseMessage { Content = new StreamContent(new Slow(BillVectors.Plain, () => { })) };
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => client.DownloadToFileAsync(Address, "SHA1", BillVectors.Sha1, Target, cancellationToken: Token));
        Assert.Equal(WeChatPayTransportFailure.AnswerTooLarge, failure.Reason);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_connection_that_falls_silent_ends_the_download()
    {
        using var client = Client([], options => options.DownloadIdleTimeout = TimeSpan.FromSeconds(20));
        var silent = new Silent(BillVectors.Plain[..10]);
        _api.Answer = _ => new HttpResponseMessage { Content = new StreamContent(silent) };
        var download = client.DownloadToFileAsync(Address, "SHA1", BillVectors.Sha1, Target, cancellationToken: Token);
        await silent.IsWaiting.Task.WaitAsync(Token);
        _clock.Advance(TimeSpan.FromSeconds(19.9));
        await Task.Yield();
        Assert.False(download.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => download);
        Assert.Equal(WeChatPayTransportFailure.Timeout, failure.Reason);
        Assert.Contains("DownloadIdleTimeout", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_reading_that_was_cancelled_ends_the_download_and_is_no_time_out()
    {
        using var client = Client([]);
        var silent = new Silent(BillVectors.Plain[..10]);
        _api.Answer = _ => new HttpResponseMessage { Content = new StreamContent(silent) };
        await using var download = await client.DownloadAsync(Address, cancellationToken: Token);
        using var cancel = new CancellationTokenSource();
        var copy = download.UnverifiedStream.CopyToAsync(Stream.Null, cancel.Token);
        await silent.IsWaiting.Task.WaitAsync(Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copy);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download.UnverifiedStream.CopyToAsync(Stream.Null, Token));
    }

    [Fact]
    public async Task A_slow_download_may_take_longer_than_a_call_as_long_as_bytes_come()
    {
        using var client = Client([]);
        _api.Answer = _ => new HttpResponseMessage { Content = new StreamContent(new Slow(BillVectors.Plain, () => _clock.Advance(TimeSpan.FromSeconds(29)))) };
        await client.DownloadToFileAsync(Address, "SHA1", BillVectors.Sha1, Target, cancellationToken: Token);
        Assert.Equal(BillVectors.Plain, await File.ReadAllBytesAsync(Target, Token));
        Assert.True(_clock.GetUtcNow() - TestMerchant.Now > TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task The_unverified_stream_can_be_read_synchronously_and_is_limited_too()
    {
        using var client = Client(BillVectors.Plain);
        await using (var download = await client.DownloadAsync(Address, cancellationToken: Token))
        {
            using var reader = new StreamReader(download.UnverifiedStream);
#pragma warning disable xUnit1051, CA1849 // What is tested.
            Assert.StartsWith("交易时间", reader.ReadLine(), StringComparison.Ordinal);
#pragma warning restore xUnit1051, CA1849
        }

        using var small = Client(BillVectors.Plain, options => options.MaxDownloadLength = 100);
        _api.Answer = _ => new HttpResponseMessage { Content = new StreamContent(new Slow(BillVectors.Plain, () => { })) };
        await using var large = await small.DownloadAsync(Address, cancellationToken: Token);
        await Assert.ThrowsAsync<WeChatPayTransportException>(() => large.UnverifiedStream.CopyToAsync(Stream.Null, Token));
    }

    [Fact]
    public void Limits_that_are_none_are_refused()
    {
        foreach (var wrong in new Action<WeChatPayOptions>[]
        {
            options => options.DownloadIdleTimeout = TimeSpan.Zero,
            options => options.MaxDownloadLength = 0,
            options => options.MaxUnpackedLength = -1,
        })
        {
            var options = TestMerchant.Options();
            wrong(options);
            Assert.Throws<ArgumentException>(() => new Core.TestClient(options, _api));
        }
    }

    private static byte[] Flip(byte[] bytes, int at)
    {
        bytes[at] ^= 1;
        return bytes;
    }

    private static byte[] Pack(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(plain);
        return packed.ToArray();
    }

    private Core.TestClient Client(byte[] file, Action<WeChatPayOptions>? configure = null)
    {
        _api.Answer = _ => FakeApi.Unsigned(file, 200);
        var options = TestMerchant.Options(_clock);
        configure?.Invoke(options);
        return new(options, _api);
    }

    private void AssertOnlyTheOldFile()
    {
        Assert.Equal([Target], Directory.GetFiles(_folder));
        Assert.Equal("before", File.ReadAllText(Target));
    }

    /// <summary>Gives 60 bytes at a time, and does something before each; of unknown length.</summary>
    private sealed class Slow(byte[] bytes, Action before) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            before();
            cancellationToken.ThrowIfCancellationRequested();
            return base.ReadAsync(buffer[..Math.Min(buffer.Length, 60)], cancellationToken);
        }
    }

    /// <summary>Gives its bytes, and then nothing any more.</summary>
    private sealed class Silent(byte[] bytes) : MemoryStream(bytes)
    {
        public TaskCompletionSource IsWaiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position < 10)
                return await base.ReadAsync(buffer, cancellationToken);
            IsWaiting.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return 0;
        }
    }

    private sealed class Vault(IMerchantKey inner) : IMerchantKey
    {
        public int Calls { get; private set; }

        public Exception? Failure { get; set; }

        public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => inner.SignAsync(message, cancellationToken);

        public async ValueTask<byte[]> DecryptOaepAsync(ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken)
        {
            Calls++;
            await Task.Yield();
            return Failure is null ? await inner.DecryptOaepAsync(ciphertext, cancellationToken) : throw Failure;
        }
    }
}
