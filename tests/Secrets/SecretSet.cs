using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace WeChatPay.Tests.Secrets;

/// <summary>
/// Texts that must show nowhere, in the forms in which they could show. Found in one pass over a text, whatever their number: a hash rolls over
/// it, and only where it is that of the beginning of a secret the two are compared.
/// </summary>
internal sealed class SecretSet
{
    private const int Window = 16;
    private const uint Base = 16777619;

    private static readonly uint Highest = Enumerable.Range(1, Window - 1).Aggregate(1u, (power, _) => unchecked(power * Base));

    private readonly object _gate = new();
    private readonly bool[] _seen = new bool[1 << 16];

    private ImmutableDictionary<uint, ImmutableList<(string Name, string Text)>> _secrets = ImmutableDictionary<uint, ImmutableList<(string, string)>>.Empty;

    /// <summary>The private keys, API keys and plaintexts of the vectors, and what every signed request and every RSA key begins with.</summary>
    public static SecretSet OfVectors()
    {
        var secrets = new SecretSet();
        var folder = Path.Combine(AppContext.BaseDirectory, "vectors");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "keys"), "*private*.pem"))
        {
            secrets.AddPem(Path.GetFileName(file), File.ReadAllText(file));
        }

        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "00-config.json")));
        foreach (var name in new[] { "apiv3_key", "apiv2_key" })
        {
            secrets.AddKey(name, Encoding.ASCII.GetBytes(config.RootElement.GetProperty("config").GetProperty(name).GetString()!));
        }

        using var callbacks = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "03-callbacks.json")));
        foreach (var row in callbacks.RootElement.GetProperty("cases").EnumerateArray())
        {
            if (row.TryGetProperty("plaintext_utf8", out var plaintext) && plaintext.GetString() is { Length: >= Window } text)
                secrets.Add("a decrypted notification", text[..Math.Min(text.Length, 40)]);
        }

        // Of the notifications that tests make by themselves.
        secrets.Add("a decrypted notification", "\"out_trade_no\":\"A1\",\"trade_state\"");

        // Of RSA keys that tests make by themselves: the algorithm in PKCS#8, and the beginnings of PKCS#1 keys of 2048 bits.
        secrets.Add("a private key in PKCS#8", "IBADANBgkqhkiG9w0BAQEFAASC");
        for (byte length = 0x98; length <= 0xAA; length++)
        {
            secrets.Add("a private key in PKCS#1", Convert.ToBase64String([0x30, 0x82, 0x04, length, 0x02, 0x01, 0x00, 0x02, 0x82, 0x01, 0x01, 0x00]));
        }

        secrets.Add("an Authorization value", "-SHA256-RSA2048 mchid=\"");
        secrets.Add("an Authorization value", "-SHA256-RSA2048 brand_id=\"");
        secrets.Add("an Authorization value", "-SM2-WITH-SM3 mchid=\"");
        return secrets;
    }

    /// <summary>Adds each line of a private key, and the key's own bytes.</summary>
    public void AddPem(string name, string pem)
    {
        foreach (var line in pem.Split('\n').Select(line => line.Trim()).Where(line => line.Length >= 40 && !line.StartsWith('-')))
        {
            Add($"a line of {name}", line[8..40]);
        }

        if (!PemEncoding.TryFind(pem, out var fields))
            return;
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            var key = rsa.ExportParameters(true);
            foreach (var part in new[] { key.D!, key.P!, key.Q!, key.DP!, key.DQ!, key.InverseQ! })
            {
                AddKey($"bytes of {name}", part[..32]);
            }
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            // SM2, which the base library does not read: the scalar is near the end of the document, after 04 20.
            var der = Convert.FromBase64String(pem[fields.Base64Data]);
            var scalar = der.AsSpan().IndexOf<byte>([0x04, 0x20]);
            if (scalar >= 0 && scalar + 34 <= der.Length)
                AddKey($"bytes of {name}", der[(scalar + 2)..(scalar + 34)]);
        }
    }

    /// <summary>Adds a key as text, if it is one, in hex, and in base64 wherever it begins in it.</summary>
    public void AddKey(string name, byte[] key)
    {
        if (key.All(b => b is > 32 and < 127))
            Add(name, Encoding.ASCII.GetString(key));
        Add($"{name} in hex", Convert.ToHexString(key));
        for (var before = 0; before < 3; before++)
        {
            var text = Convert.ToBase64String([.. new byte[before], .. key]);
            Add($"{name} in base64", text[4..(text.Length - 4)]);
        }
    }

    public void Add(string name, string text)
    {
        if (text.Length < Window)
            throw new ArgumentException("Too short to be told from other texts.", nameof(text));
        var hash = 0u;
        foreach (var character in text.AsSpan(0, Window))
        {
            hash = unchecked((hash * Base) + Folded(character));
        }

        lock (_gate)
        {
            var known = _secrets.GetValueOrDefault(hash, []);
            if (known.Any(secret => secret.Text == text))
                return;
            _secrets = _secrets.SetItem(hash, known.Add((name, text)));
            _seen[hash >> 16] = true;
        }
    }

    /// <summary>What of the secrets a text holds, upper and lower case being one; null if nothing.</summary>
    public string? Find(string text)
    {
        var hash = 0u;
        for (var i = 0; i < text.Length; i++)
        {
            if (i >= Window)
                hash = unchecked(hash - (Folded(text[i - Window]) * Highest));
            hash = unchecked((hash * Base) + Folded(text[i]));
            if (i < Window - 1 || !_seen[hash >> 16] || !_secrets.TryGetValue(hash, out var candidates))
                continue;
            var start = i - Window + 1;
            foreach (var (name, secret) in candidates)
            {
                if (string.Compare(text, start, secret, 0, secret.Length, StringComparison.OrdinalIgnoreCase) == 0)
                    return string.Create(CultureInfo.InvariantCulture, $"{name}, at {start}");
            }
        }

        return null;
    }

    private static uint Folded(char character) => character is >= 'A' and <= 'Z' ? (uint)(character | 0x20) : character;
}
