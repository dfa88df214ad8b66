using CsCheck;

namespace WeChatPay.Fuzz.Grammar;

internal static class Choice
{
    /// <summary>One of these; listed twice, twice as often. The first is the simplest.</summary>
    public static Gen<T> Of<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(index => items[index]);
}
