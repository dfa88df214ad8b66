using System.Security.Cryptography;

namespace WeChatPay.Signing;

/// <summary>Random text that makes every signed message different: 32 characters of [0-9A-Za-z] from the system's secure generator.</summary>
internal static class Nonce
{
    public const int Length = 32;

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static void Fill(Span<char> nonce) => RandomNumberGenerator.GetItems(Alphabet, nonce);

    public static string Create() => RandomNumberGenerator.GetString(Alphabet, Length);
}
