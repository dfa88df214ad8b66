using System;
using WeChatPay.Tests.Secrets;
using Xunit;

[assembly: AssemblyFixture(typeof(SecretWatchFixture))]

namespace WeChatPay.Tests.Secrets;

/// <summary>Watches while the tests of the assembly run, and fails at their end.</summary>
public sealed class SecretWatchFixture : IDisposable
{
    private readonly SecretWatch _watch = SecretWatch.OfAssembly;

    /// <exception cref="InvalidOperationException">A secret was shown.</exception>
    public void Dispose()
    {
        _watch.Stop();
        if (Environment.GetEnvironmentVariable("WECHATPAY_TESTS_SEEN") is not null)
            Console.WriteLine($"Searched for secrets: {string.Join(", ", _watch.Seen)}");
        if (_watch.Findings.Count > 0)
            throw new InvalidOperationException($"Secrets were shown:\n{string.Join('\n', _watch.Findings)}");
    }
}
