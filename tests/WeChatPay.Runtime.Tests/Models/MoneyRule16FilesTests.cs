using System.IO;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.Runtime.Tests.Models;

/// <summary>Money rule 16, files: what was not proven by the hash of a verified answer never has the target's name.</summary>
public sealed class MoneyRule16FilesTests : IDisposable
{
    private const string Address = "https://api.mch.weixin.qq.com/v3/billdownload/file?token=x";

    private static readonly byte[] Bill = Encoding.UTF8.GetBytes("\uFEFF`交易时间,`金额\n`2025-10-09,`1.00\n");
    private const string Sha1 = "69e03e3cf6aee882ec83b8f12e27d06fa07c8ae8";
    private const string Md5 = "9d0f4176c1ce713bf4db05321cdb9cb9";
    private static readonly string Sha256 = Convert.ToHexString(SHA256.HashData(Bill));

    private readonly string _folder = Directory.CreateTempSubdirectory("wechatpay-tests-").FullName;
    private readonly FakeApi _api = new(_ => FakeApi.Unsigned(Bill, 200));
    private readonly Core.TestClient _client;

    public MoneyRule16FilesTests() => _client = new(TestMerchant.Options(), _api);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(_folder, "bill.csv");

    public void Dispose()
    {
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("SHA1")]
    [InlineData("sha1")]
    [InlineData("SHA256")]
    [InlineData("MD5")]
    public async Task A_file_whose_hash_holds_is_published(string type)
    {
        var hash = type switch { "SHA256" => Sha256, "MD5" => Md5, _ => Sha1 };
        await _client.DownloadToFileAsync(" " + Address + " ", type, hash, Target, cancellationToken: Token);
        Assert.Equal(Bill, await File.ReadAllBytesAsync(Target, Token));
        Assert.Equal([Target], Directory.GetFiles(_folder));
        Assert.Equal(new Uri(Address), Assert.Single(_api.Requests).Address);
    }

    [Fact]
    public async Task A_file_replaces_an_older_one()
    {
        await File.WriteAllTextAsync(Target, "a longer file that was there before: " + new string('x', 1000), Token);
        await _client.DownloadToFileAsync(Address, "SHA1", Sha1, Target, cancellationToken: Token);
        Assert.Equal(Bill, await File.ReadAllBytesAsync(Target, Token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_with_another_hash_is_not_kept(bool targetExists)
    {
        if (targetExists)
            await File.WriteAllTextAsync(Target, "before", Token);
        var tampered = (byte[])Bill.Clone();
        tampered[^2] ^= 1;
        _api.Answer = _ => FakeApi.Unsigned(tampered, 200);

        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => _client.DownloadToFileAsync(Address, "SHA1", Sha1, Target, cancellationToken: Token));
        Assert.Equal(WeChatPaySignatureFailure.Mismatch, failure.Reason);
        AssertAsBefore(targetExists);
    }

    [Theory]
    [InlineData(null, "x")]
    [InlineData("", "x")]
    [InlineData("MD5", "d41d8cd98f00b204e9800998ecf8427")]
    [InlineData("MD2", "d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("SM3", "1cd3f73195cbc8630179491ec4a29dfc432dde9cf6ae898e0795ca0af3bce405")]
    [InlineData("SHA-512", "x")]
    [InlineData("SHA1", null)]
    [InlineData("SHA1", "")]
    [InlineData("SHA1", "da39a3ee5e6b4b0d3255bfef95601890afd8070")]
    [InlineData("SHA1", "zz39a3ee5e6b4b0d3255bfef95601890afd80709")]
    [InlineData("SHA256", "da39a3ee5e6b4b0d3255bfef95601890afd80709")]
    public async Task Without_a_usable_hash_nothing_is_fetched(string? type, string? value)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => _client.DownloadToFileAsync(Address, type, value, Target, cancellationToken: Token));
        Assert.Empty(_api.Requests);

        await using var download = await _client.DownloadAsync(Address, cancellationToken: Token);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => download.CopyToFileAsync(Target, type, value, Token));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/v3/billdownload/file")]
    [InlineData("https://evil.example/v3/billdownload/file")]
    [InlineData("http://api.mch.weixin.qq.com/x")]
    [InlineData("https://api.mch.weixin.qq.com:8443/x")]
    [InlineData("https://user@api.mch.weixin.qq.com/x")]
    public async Task An_address_that_is_not_the_API_s_gets_nothing(string? address)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => _client.DownloadToFileAsync(address, "SHA1", Sha1, Target, cancellationToken: Token));
        Assert.Empty(_api.Requests);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_connection_that_breaks_leaves_nothing()
    {
        _api.Answer = _ => new HttpResponseMessage { Content = new StreamContent(new Breaking(Bill)) };
        await Assert.ThrowsAsync<WeChatPayTransportException>(() => _client.DownloadToFileAsync(Address, "SHA1", Sha1, Target, cancellationToken: Token));
        AssertAsBefore(existed: false);
    }

    [Fact]
    public async Task Cancelling_leaves_nothing()
    {
        using var cancel = new CancellationTokenSource();
        _api.Answer = _ => new HttpResponseMessage { Content = new StreamContent(new Breaking(Bill) { Then = cancel.Cancel }) };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _client.DownloadToFileAsync(Address, "SHA1", Sha1, Target, cancellationToken: cancel.Token));
        AssertAsBefore(existed: false);
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_the_disk_s_own_error()
        => await Assert.ThrowsAsync<DirectoryNotFoundException>(
            () => _client.DownloadToFileAsync(Address, "SHA1", Sha1, Path.Combine(_folder, "missing", "bill.csv"), cancellationToken: Token));

    [Fact]
    public async Task The_stream_says_by_its_name_that_nobody_has_proven_it()
    {
        await using var download = await _client.DownloadAsync(Address, cancellationToken: Token);
        using var bytes = new MemoryStream();
        await download.UnverifiedStream.CopyToAsync(bytes, Token);
        Assert.Equal(Bill, bytes.ToArray());
        Assert.Equal(Bill.Length, download.Length);
        Assert.Null(download.ContentType);
    }

    private void AssertAsBefore(bool existed)
    {
        Assert.Equal(existed ? [Target] : [], Directory.GetFiles(_folder));
        if (existed)
            Assert.Equal("before", File.ReadAllText(Target));
    }

    /// <summary>Gives its bytes and then breaks, or does what it is told.</summary>
    private sealed class Breaking(byte[] bytes) : MemoryStream(bytes)
    {
        public Action? Then { get; init; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position < Length)
                return base.ReadAsync(buffer, cancellationToken);
            if (Then is null)
                return ValueTask.FromException<int>(new IOException("The connection was closed."));
            Then();
            cancellationToken.ThrowIfCancellationRequested();
            return new(0);
        }
    }
}
