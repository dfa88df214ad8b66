using System.Security.Cryptography;

namespace WeChatPay.Sandbox;

/// <summary>Random identifiers of the forms that WeChat Pay uses.</summary>
internal static class RandomText
{
    public static string Alphanumeric(int length)
        => RandomNumberGenerator.GetString("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", length);

    public static string Digits(int length) => RandomNumberGenerator.GetString("0123456789", length);

    public static string LowerHex(int length) => RandomNumberGenerator.GetHexString(length, lowercase: true);

    public static string UpperHex(int length) => RandomNumberGenerator.GetHexString(length);
}
