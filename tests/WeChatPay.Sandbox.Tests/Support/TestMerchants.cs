namespace WeChatPay.Sandbox.Tests;

/// <summary>Making keys takes a tenth of a second each: tests that do not change a merchant share these.</summary>
internal static class TestMerchants
{
    public static SandboxMerchant First { get; } = SandboxMerchant.Create();

    public static SandboxMerchant Second { get; } = SandboxMerchant.Create("1900000009", "wx0000000000000009");
}
