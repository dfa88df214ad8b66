namespace WeChatPay.Generator.Tests.Calls;

/// <summary>Notifications from the spec to the handler: the generated class is compiled with a user's program, and reads what the runtime verified and decrypted.</summary>
public sealed class NotificationCallTests
{
    [Fact]
    public void What_a_sample_completes_is_information_and_a_misspelt_member_a_warning()
        => Assert.Equal(
            [
                "WXP0063 Info PARCEL.ARRIVED.md", "WXP0063 Info PARCEL.ARRIVED.md", "WXP0063 Info PARCEL.ARRIVED.md",
                "WXP0063 Info parcel-paid.md", "WXP0063 Info parcel-paid.md", "WXP0063 Info parcel-refunded.md",
                "WXP0064 Warning PARCEL.ARRIVED.md", "WXP0064 Warning parcel-paid.md",
            ],
            NotificationProgram.Diagnostics);

    /// <summary>Every form of Closure, an opaque object and a contradicted text completed by the sample, a member without <c>@prop</c>, and one of the sample alone.</summary>
    [Fact]
    public async Task Typedefs_of_APIv3()
    {
        var message = Gateway.Notify("PARCEL.ARRIVED", "parcel", """
            {
              "parcel_no": "P1", "note": "n", "weight": 3000000000, "fragile": true, "state": "ARRIVED", "price": { "amount": 5, "unit": "fen" },
              "fees": [ { "amount": 7, "kind": "EXTRA" } ], "tags": [ "a", "b" ], "sizes": [ 9 ], "arrive_time": "2024-10-15T10:00:00+08:00", "counter": 12,
              "receiver": { "name": "r", "phones": [ { "number": "1", "main": true } ] }, "insurance": { "total": 100, "currency": "CNY" },
              "sender": { "name": "s", "address": { "city": "c", "lines": [ "l" ] } }, "signed_by": "x", "unknown": { "a": [] }
            }
            """);
        Assert.Equal(
            "200 P1|n|3000000000|True|True|5|fen|7|True|b|9|2024-10-15 02:00:00Z|12|r|True|100|CNY|s|c|l|x",
            await NotificationProgram.RunAsync("Handle", message));
    }

    [Fact]
    public async Task Typedefs_of_APIv3_where_nothing_came()
        => Assert.Equal("200 ||||False||||False||||||||||||", await NotificationProgram.RunAsync("Handle", Gateway.Notify("PARCEL.ARRIVED", "parcel", "{}")));

    [Fact]
    public async Task A_signed_notification_of_typedefs()
    {
        var message = XmlNotices.Signed(
            ("return_code", "SUCCESS"), ("result_code", "SUCCESS"), ("mch_id", "1900000001"), ("out_trade_no", "A1"), ("transaction_id", "T1"), ("total_fee", "3000000000"),
            ("attach", "a & <b>"), ("is_subscribe", "Y"), ("coupon_id_0", "c0"), ("coupon_id_1", "c1"), ("coupon_fee_1", "2"), ("detail", """{"id":"1","name":"d"}"""),
            ("sub_order_list", """[{"out_trade_no":"S1","total_fee":4}]"""), ("time_end", "20251009165320"), ("device_info", "web"), ("new_field", "新"));
        Assert.Equal("200 parcel-paid|True|A1|T1|3000000000||a & <b>|True|c0|2|2|d|S1|4|20251009165320|web", await NotificationProgram.RunAsync("Handle", message));
    }

    [Fact]
    public async Task A_payment_that_failed_goes_to_the_handler_of_failures()
    {
        var message = XmlNotices.Signed(("return_code", "SUCCESS"), ("result_code", "FAIL"), ("out_trade_no", "A1"));
        Assert.Equal("200 failed A1 True", await NotificationProgram.RunAsync("Handle", message));
    }

    [Fact]
    public async Task A_refund_of_typedefs()
        => Assert.Equal(
            "200 parcel-refunded|False|R1|5|True|招商银行",
            await NotificationProgram.RunAsync("Handle", XmlNotices.Refund(("out_refund_no", "R1"), ("refund_fee", "5"), ("refund_status", "CHANGE"), ("refund_recv_accout", "招商银行"))));

    [Fact]
    public async Task An_encrypted_notification_of_typedefs()
        => Assert.Equal(
            "200 PARCEL.CHECKED|True|EV-2|DONE|O1|True",
            await NotificationProgram.RunAsync("Handle", XmlNotices.Sealed("PARCEL.CHECKED", ("state", "DONE"), ("out_order_no", "O1"))));

    [Fact]
    public async Task A_signed_notification_of_our_own_form()
    {
        var message = XmlNotices.Signed(
            ("mch_id", "1900000001"), ("contract_code", "C1"), ("change_type", "ADD"), ("operate_time", "2025-10-09 16:53:20"), ("plan", """{"id":7,"steps":["a","b"]}"""),
            ("coupon_refund_id_0_0", "x"), ("coupon_refund_id_0_1", "y"));
        const string Read = "200 C1|True|2025-10-09 08:53:20Z|7|b|y";
        Assert.Equal(Read, await NotificationProgram.RunAsync("Handle", message));
        Assert.Equal(Read, await NotificationProgram.RunAsync("ReadSigned", message));
    }

    [Fact]
    public async Task A_variant_of_our_own_form_is_told_by_its_predicate()
        => Assert.Equal(
            "200 PARCEL.SIGNED|C1|5",
            await NotificationProgram.RunAsync("Handle", XmlNotices.Signed(("sub_mch_id", "S"), ("contract_code", "C1"), ("fee", "5"))));

    [Theory]
    [InlineData("change_type", "DELETE")]
    [InlineData("contract_code", "")]
    public async Task Another_value_of_a_discriminator_is_not_for_the_handler(string name, string value)
    {
        (string Name, string Value)[] members = [("mch_id", "1900000001"), ("contract_code", "C1"), ("change_type", "ADD")];
        Assert.Equal("500 ", await NotificationProgram.RunAsync("ReadSigned", XmlNotices.Signed([.. members.Where(member => member.Name != name), (name, value)])));
    }
}
