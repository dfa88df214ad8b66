using System.Diagnostics;

namespace WeChatPay;

/// <summary>What a verified answer says of a file: how it is packed and encrypted, and the hash that proves it.</summary>
public sealed class WeChatPayFileProof
{
    /// <summary>The <c>hash_type</c> of the answer: <c>SHA1</c>, <c>SHA256</c>, <c>MD5</c>, or one of the <see cref="WeChatPayOptions.AlgorithmSuite"/> (<c>SM3</c>). Any other, or none, is an error.</summary>
    public string? HashType { get; init; }

    /// <summary>The <c>hash_value</c> of the answer in hex, upper or lower case. It is that of the file after decryption and unpacking.</summary>
    public string? HashValue { get; init; }

    /// <summary>The file was asked for with <c>tar_type=GZIP</c>: it is unpacked while it is written, and the hash is that of the unpacked file.</summary>
    public bool IsGzip { get; init; }

    /// <summary>How the file is encrypted; null if it is not.</summary>
    public WeChatPayFileEncryption? Encryption { get; init; }
}

/// <summary>How a file is encrypted (bills of sub-merchants, of 电商收付通 and of pay score).</summary>
[DebuggerDisplay("{Algorithm,nq}")]
public sealed class WeChatPayFileEncryption
{
    /// <summary>The algorithm that the request named: <c>AEAD_AES_256_GCM</c>, or one of the <see cref="WeChatPayOptions.AlgorithmSuite"/> (<c>SM4_GCM</c>).</summary>
    public string? Algorithm { get; init; } = "AEAD_AES_256_GCM";

    /// <summary>
    /// The <c>encrypt_key</c> of the answer. As it came (base64) it is opened with the merchant's private key; where a spec marks the member
    /// <c>@encrypted</c> the answer holds the key itself, which is told by its length.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? EncryptKey { get; init; }

    /// <summary>The <c>nonce</c> of the answer, 12 or 16 characters.</summary>
    public string? Nonce { get; init; }
}
