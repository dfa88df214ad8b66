using System.Threading.Tasks;

namespace WeChatPay.Package.Tests;

/// <summary>WeChatPay.Client: the whole catalogue, compiled; alone, and beside the generator.</summary>
public sealed class CompiledClientTests(Feed feed)
{
    private string Client => $"""<PackageReference Include="WeChatPay.Client" Version="{feed.Version}" />""";

    [Fact]
    public async Task Every_operation_is_there_without_a_generator()
    {
        var consumer = new Consumer(feed, "ClientOnly", package: "WeChatPay.Client");
        consumer.Write("Program.cs", """
            using WeChatPay;
            using WeChatPay.Webhook.V3;
            static object Call(WeChatPayClient pay) => pay.V3.Pay.Transactions.OutTradeNo.ByOutTradeNo("1").GetAsync(new() { Mchid = "1" });
            static object CallOfV2(WeChatPayClient pay) => pay.V2.Pay.Orderquery.PostAsync(new());
            Console.WriteLine($"{((Func<WeChatPayClient, object>)Call).Method.Name.Length + ((Func<WeChatPayClient, object>)CallOfV2).Method.Name.Length > 0}");
            Console.WriteLine(typeof(TransactionSuccess).Assembly.GetName().Name);
            """);

        (await consumer.BuildAsync()).Succeeded();

        Assert.Equal(["True", "WeChatPay.Client"], (await consumer.RunAsync()).Succeeded().Lines);
    }

    /// <summary>The name of the project is no namespace as it stands: what is made of it must be one.</summary>
    [Fact]
    public async Task Beside_it_the_client_of_the_project_gets_a_namespace_of_the_project()
    {
        var consumer = new Consumer(feed, "9-Shop", "<WeChatPayApis>certificates</WeChatPayApis>", Client);
        consumer.Write("Program.cs", """
            Console.WriteLine(typeof(WeChatPay.WeChatPayClient).Assembly.GetName().Name);
            Console.WriteLine($"{typeof(_9_Shop.WeChatPay.WeChatPayClient).Assembly.GetName().Name} {typeof(_9_Shop.WeChatPay.V3.CertificatesGetResponse).Name}");
            """);

        Assert.Empty((await consumer.BuildAsync()).Succeeded().Problems("warning"));

        Assert.Equal(["WeChatPay.Client", "9-Shop CertificatesGetResponse"], (await consumer.RunAsync()).Succeeded().Lines);
    }

    [Fact]
    public async Task A_namespace_that_it_has_already_is_one_error_and_not_thousands()
    {
        var consumer = new Consumer(feed, "Clash", "<WeChatPayApis>certificates</WeChatPayApis><WeChatPayNamespace>WeChatPay</WeChatPayNamespace>", Client);
        consumer.Write("Program.cs", "Console.WriteLine(typeof(WeChatPay.WeChatPayClient).Name);");

        var error = Assert.Single((await consumer.BuildAsync()).Failed().Problems("error"));

        Assert.Contains("error WXP0107: 'WeChatPay.WeChatPayClient' is defined by the referenced assembly 'WeChatPay.Client'", error, StringComparison.Ordinal);
        Assert.Contains("WeChatPayNamespace", error, StringComparison.Ordinal);
    }
}
