using System.Text;
using System.Threading.Tasks;

namespace WeChatPay.Package.Tests;

/// <summary>Projects of users, restored from the feed into an empty cache, built and run.</summary>
[Trait("Category", "Slow")]
public sealed class ConsumerTests(Feed feed)
{
    private const string Spec = "specs/openapi/v3/payscore/sign-plan/reminder-settings.md";

    [Fact]
    public async Task A_spec_dropped_into_a_project_becomes_a_call_that_is_signed_and_an_answer_that_is_verified()
    {
        var consumer = new Consumer(feed, "Call");
        consumer.CopyFrom("full-form");
        using var gateway = new Gateway(Path.Combine(consumer.Folder, "keys"), request => request.Method == "POST"
            ? """
              {"setting_no":"S1","service_id":"500001","state":"SET","revision":9007199254740993,"window":{"start_time":"20260101090000","end_time":"20260131180000"},"channels":[{"name":"MESSAGE","accepted":true},{"name":"PIGEON","accepted":false}],"unknown":{}}
              """
            : """{"state":"读","setting_no":"a/b 设"}""");

        (await consumer.BuildAsync()).Succeeded();
        var run = (await consumer.RunAsync(gateway.Address, Path.Combine(consumer.Folder, "keys"))).Succeeded();

        Assert.Equal(2, gateway.Requests.Count);
        Assert.All(gateway.Requests, gateway.AssertSigned);
        var post = gateway.Requests[0];
        Assert.Equal("POST", post.Method);
        Assert.Equal("/v3/payscore/sign-plan/reminder-settings", post.RawUrl);
        Assert.Equal("application/json", post.ContentType?.Split(';')[0]);
        Assert.Equal(
            """{"service_id":"500001","sign_plan_id":"计划-1","remind_before_days":3,"silent":false,"window":{"start_time":"20260101090000","end_time":"20260131180000"},"channels":[{"name":"MESSAGE","texts":["一","\"two\""]},{"name":"PIGEON"}]}""",
            Encoding.UTF8.GetString(post.Body));
        var get = gateway.Requests[1];
        Assert.Equal("GET", get.Method);
        Assert.Equal("/v3/payscore/sign-plan/reminder-settings/a%2Fb%20%E8%AE%BE?service_id=500001", get.RawUrl);
        Assert.Empty(get.Body);
        Assert.Equal(["set: S1 SET 9007199254740993 20260131180000 PIGEON False 200", "read: a/b 设 读"], run.Lines);

        // Ours came out of the feed and not out of a cache of this machine.
        Assert.All(["WeChatPay.Generated", "WeChatPay.Runtime"], id => Assert.Contains(feed.Packages, feed.Origin(id).Replace(@"\\", @"\", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mistake_in_a_spec_is_one_error_at_its_line_and_column_and_stops_no_other_spec()
    {
        var consumer = new Consumer(feed, "Mistake");
        consumer.CopyFrom("full-form");
        consumer.Write("Program.cs", """
            using WeChatPay;
            static object OfTheOtherSpec(WeChatPayClient pay) => pay.V3.Payscore.SignPlan.ReminderSettings.BySettingNo("1").GetAsync(new() { ServiceId = "1" });
            Console.WriteLine(((Func<WeChatPayClient, object>)OfTheOtherSpec).Method.Name.Length);
            """);
        var lines = consumer.Read(Spec).Split('\n');
        var line = Array.FindIndex(lines, l => l.Contains("sign_plan_id: string", StringComparison.Ordinal));
        lines[line] = lines[line].Replace("sign_plan_id: string", "sign_plan_id string", StringComparison.Ordinal);
        consumer.Write(Spec, string.Join('\n', lines));

        var build = (await consumer.BuildAsync()).Failed();

        var error = Assert.Single(build.Problems("error"));
        var column = lines[line].IndexOf("string", StringComparison.Ordinal) + 1;
        Assert.Matches($@"reminder-settings\.md\({line + 1},{column}\): error WXP\d{{4}}: ", error);
        Assert.Empty(build.Problems("warning"));
    }

    [Fact]
    public async Task An_operation_of_the_project_replaces_the_one_of_the_catalogue()
    {
        var consumer = new Consumer(feed, "OwnOperation", "<WeChatPayApis>payscore</WeChatPayApis>");
        consumer.CopyFrom("own-operation");

        (await consumer.BuildAsync()).Succeeded();

        Assert.Equal(["mine, mine too", "True"], (await consumer.RunAsync()).Succeeded().Lines);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_generator_loads_in_the_compiler_and_in_the_compiler_server(bool server)
    {
        var consumer = new Consumer(feed, server ? "WithServer" : "WithoutServer", "<WeChatPayApis>certificates</WeChatPayApis>");
        consumer.Write("Program.cs", "Console.WriteLine(typeof(WeChatPay.V3.CertificatesGetResponse).Name);");

        var build = (await consumer.BuildAsync("-p:UseSharedCompilation=" + (server ? "true" : "false"), "--verbosity", "detailed")).Succeeded();

        Assert.Equal(server, build.Output.Contains("CompilerServer: server - server processed compilation", StringComparison.Ordinal));
        Assert.Equal(["CertificatesGetResponse"], (await consumer.RunAsync()).Succeeded().Lines);
    }

    [Fact]
    public async Task Without_any_spec_there_is_a_client()
    {
        var consumer = new Consumer(feed, "NoSpec");
        consumer.Write("Program.cs", """
            using WeChatPay;
            Console.WriteLine($"{typeof(WeChatPayClient).FullName} {typeof(WeChatPayClientBase).IsAssignableFrom(typeof(WeChatPayClient))}");
            """);

        (await consumer.BuildAsync()).Succeeded();

        Assert.Equal(["WeChatPay.WeChatPayClient True"], (await consumer.RunAsync()).Succeeded().Lines);
    }

    [Fact]
    public async Task The_whole_catalogue_compiles_without_a_warning_for_the_oldest_framework_and_language()
    {
        var consumer = new Consumer(
            feed, "Oldest", "<OutputType>Library</OutputType><TargetFramework>net8.0</TargetFramework><LangVersion>12</LangVersion><WeChatPayApis>all</WeChatPayApis>");

        Assert.Empty((await consumer.BuildAsync()).Succeeded().Problems("warning"));
    }

    [Fact]
    public async Task A_library_brings_the_runtime_but_not_the_generator_to_whoever_references_it()
    {
        var library = new Consumer(feed, "Library", "<OutputType>Library</OutputType><WeChatPayApis>certificates</WeChatPayApis>");
        var application = Path.Combine(library.Folder, "..", "Application");
        Directory.CreateDirectory(application);
        await File.WriteAllTextAsync(Path.Combine(application, "Application.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><TreatWarningsAsErrors>true</TreatWarningsAsErrors></PropertyGroup>
              <ItemGroup><ProjectReference Include="../Library/Library.csproj" /></ItemGroup>
            </Project>
            """, TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Path.Combine(application, "specs"));
        await File.WriteAllTextAsync(Path.Combine(application, "specs", "design.md"), "# Not for the generator", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(application, "Program.cs"), """
            System.Console.WriteLine($"{typeof(WeChatPay.WeChatPayClient).Assembly.GetName().Name} {typeof(WeChatPay.WeChatPayOptions).Assembly.GetName().Name}");
            """, TestContext.Current.CancellationToken);

        var run = await library.DotnetAsync("run", "--project", application);

        Assert.Equal(["Library WeChatPay.Runtime"], run.Succeeded().Lines);
    }
}
