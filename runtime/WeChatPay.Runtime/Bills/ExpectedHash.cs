using System.Security.Cryptography;

namespace WeChatPay.Bills;

/// <summary>The hash of a file as a verified answer names it.</summary>
internal sealed class ExpectedHash
{
    private readonly byte[] _value;
    private readonly Func<IWeChatPayFileHash> _start;

    private ExpectedHash(string name, byte[] value, Func<IWeChatPayFileHash> start)
    {
        Name = name;
        _value = value;
        _start = start;
    }

    public string Name { get; }

    /// <summary>Reads what the answer says; an algorithm that is not known is an error, never a reason to skip the check.</summary>
    /// <exception cref="ArgumentException">Type or value is missing, unknown or malformed.</exception>
    public static ExpectedHash Parse(string? hashType, string? hashValue, IAlgorithmSuite? suite = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(hashType);
        ArgumentException.ThrowIfNullOrEmpty(hashValue);
        var name = hashType.ToUpperInvariant();
        Func<IWeChatPayFileHash> start = name switch
        {
            "SHA1" => static () => new BuiltInHash(HashAlgorithmName.SHA1),
            "SHA256" => static () => new BuiltInHash(HashAlgorithmName.SHA256),
            "MD5" => static () => new BuiltInHash(HashAlgorithmName.MD5),
            _ => () => suite?.TryStartHash(name) ?? throw new ArgumentException(
                $"The hash type '{FailureText.OneLine(hashType)}' is not known, so the file could not be proven; SHA1, SHA256 and MD5 are"
                + (suite is null ? ", and SM3 is once WeChatPayOptions.AlgorithmSuite is that of WeChatPay.ShangMi." : ", and those of WeChatPayOptions.AlgorithmSuite."),
                nameof(hashType)),
        };
        using var hash = start();
        if (hashValue.Length != hash.Length * 2 || !IsHex(hashValue))
            throw new ArgumentException($"A {name} hash has {hash.Length * 2} hex digits.", nameof(hashValue));
        return new(name, Convert.FromHexString(hashValue), start);
    }

    public IWeChatPayFileHash Start() => _start();

    public bool Matches(IWeChatPayFileHash hash) => CryptographicOperations.FixedTimeEquals(hash.Finish(), _value);

    private static bool IsHex(string text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c))
                return false;
        }

        return true;
    }

    /// <summary>What the base library has. SHA-1 and MD5 are the protocol's: what they prove came over TLS from a host of the API, by a signed answer's address.</summary>
    private sealed class BuiltInHash(HashAlgorithmName algorithm) : IWeChatPayFileHash
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(algorithm);

        public int Length => _hash.HashLengthInBytes;

        public void Append(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

        public byte[] Finish() => _hash.GetHashAndReset();

        public void Dispose() => _hash.Dispose();
    }
}
