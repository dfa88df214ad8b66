namespace WeChatPay.Serialization;

/// <summary>The one form of a body: these bytes are signed and these bytes are sent.</summary>
/// <param name="Bytes">The JSON document, exact in size and never changed afterwards.</param>
/// <param name="EncryptedWithSerial">The serial of the platform key that encrypted a member, or null if none was encrypted.</param>
internal readonly record struct WrittenBody(ReadOnlyMemory<byte> Bytes, string? EncryptedWithSerial);
