using System.IO;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.ShangMi.Tests;

/// <summary>Files proved by SM3 and encrypted with SM4, through the runtime's own download.</summary>
public sealed class SmFileTests : IDisposable
{
    private const string Address = "https://api.mch.weixin.qq.com/v3/billdownload/file?token=x";
    private const string Key = "TESTONLYsm4key16";

    private static readonly System.Text.Json.JsonElement Document = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(Vectors.PathOf("08-bills.json"))).RootElement;

    private readonly string _folder = Directory.CreateTempSubdirectory("wechatpay-tests-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static byte[] Plain => Document.Bytes("plain_base64");

    private static string Sm3 => Document.Text("sm3_of_plain");

    private string Target => Path.Combine(_folder, "bill.csv");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [VectorRows("08-bills.json")]
    [InlineData("sm3_of_plain")]
    public async Task Sm3_of_plain(string name)
    {
        using var client = Client(Plain);
        await client.DownloadToFileAsync(Address, "SM3", Document.Text(name), Target, cancellationToken: Token);
        Assert.Equal(Plain, await File.ReadAllBytesAsync(Target, Token));
    }

    [Fact]
    public async Task Another_sm3_is_refused()
    {
        var changed = Plain;
        changed[^3] ^= 1;
        using var client = Client(changed);
        await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.DownloadToFileAsync(Address, "sm3", Sm3, Target, cancellationToken: Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.DownloadToFileAsync(Address, "SM3", Sm3[..40], Target, cancellationToken: Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.DownloadToFileAsync(Address, "SM2", Sm3, Target, cancellationToken: Token));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("SM4_GCM", "TESTbillN012")]
    [InlineData("SM4_GCM", "TESTbillnonce016")]
    [InlineData("AEAD_SM4_GCM", "TESTbillnonce016")]
    public async Task A_bill_in_sm4_is_opened_as_bouncy_castle_sealed_it(string algorithm, string nonce)
    {
        var cipher = new GcmBlockCipher(new SM4Engine());
        cipher.Init(true, new AeadParameters(new KeyParameter(Encoding.ASCII.GetBytes(Key)), 128, Encoding.ASCII.GetBytes(nonce)));
        var file = new byte[cipher.GetOutputSize(Plain.Length)];
        cipher.DoFinal(file, cipher.ProcessBytes(Plain, 0, Plain.Length, file, 0));

        var proof = new WeChatPayFileProof { HashType = "SM3", HashValue = Sm3, Encryption = new() { Algorithm = algorithm, EncryptKey = Wrap(Key), Nonce = nonce } };
        using (var client = Client(file))
        {
            await client.DownloadToFileAsync(Address, proof, Target, cancellationToken: Token);
        }

        Assert.Equal(Plain, await File.ReadAllBytesAsync(Target, Token));

        File.Delete(Target);
        file[^1] ^= 1;
        using var tampered = Client(file);
        await Assert.ThrowsAsync<WeChatPayDecryptionException>(() => tampered.DownloadToFileAsync(Address, proof, Target, cancellationToken: Token));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_key_of_another_length_is_no_key_of_sm4()
    {
        using var client = Client(new byte[64]);
        var proof = new WeChatPayFileProof { HashType = "SM3", HashValue = Sm3, Encryption = new() { Algorithm = "SM4_GCM", EncryptKey = Wrap(Key + Key), Nonce = "TESTbillN012" } };
        await Assert.ThrowsAsync<WeChatPayDecryptionException>(() => client.DownloadToFileAsync(Address, proof, Target, cancellationToken: Token));
    }

    [Fact]
    public void An_algorithm_that_is_none_has_no_cipher()
    {
        Assert.Equal(0, WeChatPayShangMi.AlgorithmSuite.FileKeyLengthOf("AEAD_AES_256_GCM"));
        Assert.Null(WeChatPayShangMi.AlgorithmSuite.TryStartHash("SHA1"));
        Assert.Throws<NotSupportedException>(() => WeChatPayShangMi.AlgorithmSuite.CreateFileCipher("SM4_CBC", new byte[16]));
    }

    private static string Wrap(string key)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(TestMerchant.KeyText("merchant_private_pkcs8.pem"));
        return Convert.ToBase64String(rsa.Encrypt(Encoding.ASCII.GetBytes(key), RSAEncryptionPadding.OaepSHA1));
    }

    private static TestClient Client(byte[] file)
    {
        var options = TestMerchant.Options();
        options.AlgorithmSuite = WeChatPayShangMi.AlgorithmSuite;
        return new(options, new FakeApi(_ => FakeApi.Unsigned(file, 200)));
    }
}
