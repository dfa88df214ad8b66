using WeChatPay.Tool.Tests.Support;

namespace WeChatPay.Tool.Tests.Commands;

public sealed class ShowTests
{
    [Fact]
    public void A_file_is_shown_with_all_that_was_understood()
    {
        var command = Command.Run("spec", "show", Places.Sample("openapi", "v3", "sample", "orders", "{out_trade_no}.md"), Places.Sample("models", "Store.md"));
        Assert.Equal("", command.Error);
        Assert.Equal(0, command.ExitCode);
        Snapshot.Verify(command.Output.Replace(Places.Samples.Replace('\\', '/'), "specs", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GET", "/v3/refund/domestic/refunds/{out_refund_no}")]
    [InlineData("get", "/v3/refund/domestic/refunds/1217752501201407?sub_mchid=1")]
    [InlineData("GET /v3/refund/domestic/refunds/1217752501201407")]
    [InlineData("/v3/refund/domestic/refunds/1217752501201407")]
    public void An_operation_is_found_by_verb_and_url_with_or_without_values(params string[] what)
    {
        var command = Command.Run(["spec", "show", .. what, "--specs", Places.Catalogue]);
        Assert.StartsWith("GET /v3/refund/domestic/refunds/{out_refund_no}\n", command.Output, StringComparison.Ordinal);
        Assert.Equal(0, command.ExitCode);
    }

    /// <summary>The file has only the name of the base.</summary>
    [Fact]
    public void An_answer_that_extends_a_base_is_shown_with_the_members_of_the_base()
    {
        var command = Command.Run("spec", "show", "GET /v3/pay/transactions/out-trade-no/1217752501201407", "--specs", Places.Catalogue);
        Assert.Contains("trade_state", command.Output, StringComparison.Ordinal);
        Assert.Contains("Models.TradeState", command.Output, StringComparison.Ordinal);
        Assert.Contains("[compared with the request]", command.Output, StringComparison.Ordinal);
    }

    /// <summary>The file has only the name of the enumeration; a reader wants its values there and by its name.</summary>
    [Fact]
    public void The_values_of_an_enumeration_with_a_name_are_shown_where_a_member_has_it_and_by_the_name()
    {
        var operation = Command.Run("spec", "show", "POST /v3/pay/transactions/jsapi", "--specs", Places.Catalogue);
        Assert.Matches("limit_pay +LimitPay +IReadOnlyList<Models.LimitPay> .*'no_balance' \\| 'no_credit'", operation.Output);
        var enumeration = Command.Run("spec", "show", "LimitPay", "--specs", Places.Catalogue);
        Assert.StartsWith("model LimitPay\n  指定支付方式\n", enumeration.Output, StringComparison.Ordinal);
        Assert.Matches("  WeChatPay.Models.LimitPay\n    'no_balance' +NoBalance\n", enumeration.Output);
    }

    [Fact]
    public void A_notification_is_found_by_its_event_and_shows_its_variants()
    {
        var command = Command.Run("spec", "show", "SAMPLE.DONE", "--specs", Places.Samples);
        Assert.Contains("WeChatPay.Webhook.V3.SampleDone (original type sample)", command.Output, StringComparison.Ordinal);
        Assert.Contains("WeChatPay.Webhook.V3.SampleDonePartner", command.Output, StringComparison.Ordinal);
        Assert.Contains("sp_mchid", command.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_option_for_required_members_changes_what_is_required()
    {
        using var folder = new SpecFolder().AddText(
            "openapi/v3/sample.md",
            "---\ntitle: Sample\n---\n\n# Sample {#post}\n\n```ts\n" + SpecFolder.Post("V3.Sample", "export interface JsonDataRequest {\n  name: string\n}") + "\n```\n");
        Assert.DoesNotContain("name*", Command.Run("spec", "show", folder.Path).Output, StringComparison.Ordinal);
        Assert.Contains("name*", Command.Run("spec", "show", folder.Path, "--required-members", "all").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT /v3/certificates", "/v3/certificates has no PUT, but GET")]
    [InlineData("GET /v3/nothing", "no spec file declares 'GET /v3/nothing'")]
    [InlineData("NO.SUCH", "there is no event or shared shape 'NO.SUCH'")]
    public void What_is_not_there_is_said_and_ends_with_1(string what, string message)
    {
        var command = Command.Run("spec", "show", what, "--specs", Places.Catalogue);
        Assert.StartsWith("wechatpay: " + message, command.Error, StringComparison.Ordinal);
        Assert.Equal("", command.Output);
        Assert.Equal(1, command.ExitCode);
    }
}
