using System.IO;
using System.Text.Json;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.Runtime.Tests.Files;

/// <summary>vectors/08.</summary>
internal static class BillVectors
{
    public static readonly JsonElement Document = Load();

    public static byte[] Plain => Document.Bytes("plain_base64");

    public static byte[] Gzip => Document.Bytes("gzip_base64");

    public static string Sha1 => Document.GetProperty("apply_answer").Text("hash_value");

    public static JsonElement Encrypted(string nonce) => Document.GetProperty("encrypted_bill").EnumerateArray().Single(row => row.Text("nonce") == nonce);

    public static WeChatPayFileProof Proof(JsonElement row, Func<string, string>? key = null, string? nonce = null, string? algorithm = null) => new()
    {
        HashType = "SHA1",
        HashValue = row.Text("sha1_of_unpacked"),
        IsGzip = true,
        Encryption = new()
        {
            Algorithm = algorithm ?? row.Text("algorithm"),
            EncryptKey = key is null ? row.Text("encrypt_key") : key(row.Text("encrypt_key")),
            Nonce = nonce ?? row.Text("nonce"),
        },
    };

    private static JsonElement Load()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Vectors.PathOf("08-bills.json")));
        return document.RootElement.Clone();
    }
}
