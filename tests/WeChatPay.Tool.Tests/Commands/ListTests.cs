using WeChatPay.Tool.Tests.Support;

namespace WeChatPay.Tool.Tests.Commands;

public sealed class ListTests
{
    [Fact]
    public void Operations_come_with_verb_path_call_and_title_and_notifications_after_them()
    {
        var command = Command.Run("spec", "list", Places.Samples);
        Assert.Equal("", command.Error);
        Assert.Equal(0, command.ExitCode);
        Assert.Equal(
            [
                "POST|/sample/refund|V2.Sample.Refund.PostAsync(request)|老接口",
                "POST|/v3/sample/images/upload|V3.Sample.Images.Upload.PostAsync(request)|上传",
                "GET|/v3/sample/orders/{id}|V3.Sample.Orders.ById(id).GetAsync()|按编号查询",
                "DELETE|/v3/sample/orders/{out_trade_no}|V3.Sample.Orders.ByOutTradeNo(outTradeNo).DeleteAsync()|关闭样例订单",
                "POST|/v3/sample/orders/{out_trade_no}|V3.Sample.Orders.ByOutTradeNo(outTradeNo).PostAsync(request)|样例订单",
                "NOTIFY|v3 SAMPLE.DONE|WeChatPay.Webhook.V3.SampleDone|样例完成",
            ],
            command.Lines.Select(line => string.Join('|', line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))));
    }

    [Fact]
    public void Problems_go_to_the_error_stream_and_the_rest_is_listed()
    {
        using var folder = new SpecFolder()
            .Add("openapi/v3/bad.md", SpecFolder.Post("V3.Bad", "export interface JsonDataRequest {\n  name string\n}"))
            .Add("openapi/v3/good.md", SpecFolder.Post("V3.Good"));
        var command = Command.Run("spec", "list", folder.Path);
        Assert.Contains("error WXP0001", command.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("WXP", command.Output, StringComparison.Ordinal);
        Assert.Contains("/v3/good", command.Output, StringComparison.Ordinal);
        Assert.Equal(1, command.ExitCode);
    }
}
