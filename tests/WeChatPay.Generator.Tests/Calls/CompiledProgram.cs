using System.Net.Http;
using System.Reflection;

namespace WeChatPay.Generator.Tests.Calls;

/// <summary>A user's class <c>Program</c>, compiled with what is generated for it: <c>Create</c> makes the client, every other method is a call.</summary>
internal sealed class CompiledProgram(Func<GeneratorHarness> run)
{
    private readonly Lazy<Type> _type = new(() => Assembly.Load(run().Compiled.EmitsClean()).GetType("Program", throwOnError: true)!);

    public async Task<string> CallAsync(string name, WeChatPayOptions options, HttpMessageHandler handler)
    {
        using var client = Create(options, handler);
        return await CallAsync(name, client);
    }

    public Task<string> CallAsync(string name, WeChatPayClientBase client)
        => Method(name).CreateDelegate<Func<WeChatPayClientBase, CancellationToken, Task<string>>>()(client, TestContext.Current.CancellationToken);

    public WeChatPayClientBase Create(WeChatPayOptions options, HttpMessageHandler handler)
        => Method("Create").CreateDelegate<Func<WeChatPayOptions, HttpMessageHandler, WeChatPayClientBase>>()(options, handler);

    /// <summary>The program's own way to make a client: over its own connections.</summary>
    public WeChatPayClientBase CreateAlone(WeChatPayOptions options) => Method("CreateAlone").CreateDelegate<Func<WeChatPayOptions, WeChatPayClientBase>>()(options);

    /// <summary>The gateway's options, for another base address and without a backup.</summary>
    public static WeChatPayOptions At(Uri? baseAddress)
    {
        var options = Gateway.Options;
        if (baseAddress is not null) (options.BaseAddress, options.BackupBaseAddress) = (baseAddress, null);
        return options;
    }

    private MethodInfo Method(string name) => _type.Value.GetMethod(name) ?? throw new InvalidOperationException(name);
}
