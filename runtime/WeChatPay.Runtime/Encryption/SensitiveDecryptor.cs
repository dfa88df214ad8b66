namespace WeChatPay.Encryption;

/// <summary>Decrypts members of an answer that are encrypted for the merchant.</summary>
internal abstract class SensitiveDecryptor
{
    /// <summary>The plain text, or null if the text cannot be decrypted.</summary>
    /// <param name="base64">The member's text.</param>
    public abstract string? Decrypt(ReadOnlySpan<byte> base64);
}
