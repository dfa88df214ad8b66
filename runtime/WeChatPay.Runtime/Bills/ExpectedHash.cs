using System.Security.Cryptography;

namespace WeChatPay.Bills;

/// <summary>The hash of a file as a verified answer names it.</summary>
internal sealed class ExpectedHash
{
    private readonly HashAlgorithmName _algorithm;
    private readonly byte[] _value;

    private ExpectedHash(HashAlgorithmName algorithm, byte[] value)
    {
        _algorithm = algorithm;
        _value = value;
    }

    public string Name => _algorithm.Name!;

    /// <summary>Reads what the answer says; an algorithm that is not known is an error, never a reason to skip the check.</summary>
    /// <exception cref="ArgumentException">Type or value is missing, unknown or malformed.</exception>
    public static ExpectedHash Parse(string? hashType, string? hashValue)
    {
        ArgumentException.ThrowIfNullOrEmpty(hashType);
        ArgumentException.ThrowIfNullOrEmpty(hashValue);
        var (algorithm, length) = hashType.ToUpperInvariant() switch
        {
            "SHA1" => (HashAlgorithmName.SHA1, SHA1.HashSizeInBytes),
            "SHA256" => (HashAlgorithmName.SHA256, SHA256.HashSizeInBytes),
            _ => throw new ArgumentException(
                $"The hash type '{FailureText.OneLine(hashType)}' is not known, so the file could not be proven; SHA1 and SHA256 are.", nameof(hashType)),
        };
        if (hashValue.Length != length * 2 || !IsHex(hashValue))
            throw new ArgumentException($"A {algorithm.Name} hash has {length * 2} hex digits.", nameof(hashValue));
        return new(algorithm, Convert.FromHexString(hashValue));
    }

    public IncrementalHash Start() => IncrementalHash.CreateHash(_algorithm);

    public bool Matches(IncrementalHash hash) => CryptographicOperations.FixedTimeEquals(hash.GetHashAndReset(), _value);

    private static bool IsHex(string text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c))
                return false;
        }

        return true;
    }
}
