using System.Text;

namespace WeChatPay.Sandbox;

/// <summary>The texts that are signed: values, each followed by LF, the last one too; the body goes in as bytes.</summary>
internal static class SignedMessage
{
    public static byte[] Request(string method, string target, string timestamp, string nonce, ReadOnlySpan<byte> body)
        => Lines($"{method}\n{target}\n{timestamp}\n{nonce}\n", body);

    public static byte[] Answer(string timestamp, string nonce, ReadOnlySpan<byte> body)
        => Lines($"{timestamp}\n{nonce}\n", body);

    private static byte[] Lines(string head, ReadOnlySpan<byte> body)
    {
        var headLength = Encoding.UTF8.GetByteCount(head);
        var message = new byte[headLength + body.Length + 1];
        Encoding.UTF8.GetBytes(head, message);
        body.CopyTo(message.AsSpan(headLength));
        message[^1] = (byte)'\n';
        return message;
    }
}
