using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.Model;

namespace WeChatPay.Specs.Tests;

/// <summary>Notifications of our own form, and shared shapes.</summary>
public sealed class NotificationTests
{
    private const string Path = "specs/webhook/v3/TRANSACTION.SUCCESS.md";

    private const string Declarations = """
        namespace WeChatPay.Webhook.V3.TransactionSuccess {
          export interface Notification {
            event_type: 'TRANSACTION.SUCCESS'
            resource: { original_type: 'transaction' }
          }
          export interface Resource {
            /** 商户号 */
            mchid: string
            amount: { total: number }
            trade_state: 'SUCCESS' | 'REFUND'
          }
          /** 合单 */
          export interface Resource_Combine {
            combine_mchid: string
            amount: { total: number }
          }
        }
        """;

    [Fact]
    public void A_notification_with_its_variant()
    {
        var file = Spec.Clean(Spec.Page(Declarations), Path);
        var notification = Assert.Single(file.Notifications);
        Assert.Equal("v3 TRANSACTION.SUCCESS", notification.Key);
        Assert.Equal((3, "TRANSACTION.SUCCESS", "transaction", "Webhook.V3"), (notification.Version, notification.EventType, notification.OriginalType, notification.Namespace));
        Assert.Equal("TransactionSuccess", notification.Resource.TypeName);
        Assert.Equal(
            ["Mchid: Text", "Amount: TransactionSuccessAmount { total: Integer }", "TradeState: TransactionSuccessTradeState (Success=SUCCESS, Refund=REFUND)"],
            notification.Resource.Members.Select(m => m.PropertyName + ": " + Spec.Show(m.Type)));
        Assert.All(notification.Resource.Members, m => Assert.False(m.IsRequired));
        var variant = Assert.Single(notification.Variants);
        Assert.Equal("TransactionSuccessCombine", variant.Shape.TypeName);
        Assert.Null(variant.OriginalType);
        Assert.Equal("合单", variant.Shape.Documentation.Title);
        Assert.Equal("TransactionSuccessCombineAmount { total: Integer }", Spec.Show(variant.Shape.Members[1].Type));
        Assert.Equal("Sample", notification.Documentation.Title);
    }

    [Fact]
    public void A_variant_can_have_an_original_type_of_its_own()
    {
        var page = Spec.Page(
            "namespace WeChatPay.Webhook.V3.A {\ninterface Notification { event_type: 'TRANSACTION.SUCCESS'; resource: { original_type: 'transaction' } }\n"
            + "interface Resource { a: string }\ninterface Notification_Sharing { resource: { original_type: 'profitsharing' } }\ninterface Resource_Sharing { b: string }\ninterface Resource_Other { c: string } }");
        var notification = Assert.Single(Spec.Clean(page, Path).Notifications);
        Assert.Equal([("TransactionSuccessSharing", "profitsharing"), ("TransactionSuccessOther", null)], notification.Variants.Select(v => (v.Shape.TypeName, v.OriginalType)));
        Assert.Equal(("transaction", NotificationProtection.AeadResource, NotificationWireFormat.Json), (notification.OriginalType, notification.Protection, notification.WireFormat));
    }

    [Theory]
    [InlineData("resource: { original_type: 'refund' }", NotificationProtection.AeadResource)]
    [InlineData("req_info: string", NotificationProtection.RequestInfo)]
    [InlineData("event_ciphertext: string", NotificationProtection.SignedCiphertext)]
    [InlineData("sign: string", NotificationProtection.SignedPlain)]
    public void The_envelope_of_a_version_2_notification_says_how_it_is_protected(string member, NotificationProtection protection)
    {
        var page = Spec.Page("namespace WeChatPay.Webhook.V2.A { interface Notification { event_type: 'PAYMENT.SUCCESS'; " + member + " }\ninterface Resource { a: string } }");
        var notification = Assert.Single(Spec.Clean(page, "specs/webhook/v2/PAYMENT.SUCCESS.md").Notifications);
        Assert.Equal((2, protection, NotificationWireFormat.Xml), (notification.Version, notification.Protection, notification.WireFormat));
    }

    [Fact]
    public void The_site_is_the_name_of_the_namespace()
    {
        var text = Spec.Page(Declarations);
        var site = Assert.Single(Spec.Read(text, Path).Declarations);
        Assert.Equal("v3 TRANSACTION.SUCCESS", site.Key);
        Assert.Equal("WeChatPay.Webhook.V3.TransactionSuccess", text.Substring(site.Range.Start, site.Range.Length));
    }

    [Fact]
    public void The_name_of_the_file_stands_in_for_a_missing_event_type()
    {
        var file = Spec.Clean(Spec.Page("namespace WeChatPay.Webhook.V3.X { interface Resource { a: string } }"), "specs/webhook/v3/REFUND.SUCCESS.md");
        Assert.Equal(("REFUND.SUCCESS", "RefundSuccess", null), (file.Notifications[0].EventType, file.Notifications[0].Resource.TypeName, file.Notifications[0].OriginalType));
    }

    [Fact]
    public void A_file_of_another_name_is_a_warning_at_the_literal()
    {
        var text = Spec.Page(Declarations);
        var diagnostic = Spec.Only(Spec.Read(text, "specs/webhook/v3/REFUND.SUCCESS.md"));
        Assert.Equal("WXP0062", diagnostic.Descriptor.Id);
        Assert.Equal("'TRANSACTION.SUCCESS'", Spec.Marked(text, diagnostic));
    }

    [Theory]
    [InlineData("WXP0060", "interface Resource { a: string }")]
    [InlineData("WXP0060", "interface Notification { event_type: string }\ninterface Resource { a: string }")]
    [InlineData("WXP0061", "interface Notification { event_type: 'A.B' }")]
    public void What_a_notification_must_have(string id, string interfaces)
    {
        var result = Spec.Read(Spec.Page("namespace WeChatPay.Webhook.V3.X { " + interfaces + " }"));
        Assert.Equal((id, SpecSeverity.Error), (Spec.Only(result).Descriptor.Id, Spec.Only(result).Descriptor.Severity));
        Assert.Empty(result.File.Notifications);
    }

    [Fact]
    public void Shared_shapes_refer_to_each_other_by_name()
    {
        var text = Spec.Page("namespace WeChatPay.Models {\n/** 交易 */\nexport interface Transaction { amount: Amount; goods: { id: string }[] }\nexport interface Amount { total: number } }");
        var result = Spec.Read(text, "specs/models/transaction.md");
        Assert.Empty(result.Diagnostics);
        Assert.Equal(["model Transaction", "model Amount"], result.Declarations.Select(d => d.Key));
        Assert.Equal(
            ["amount: Shared Amount", "goods: List of TransactionGoods { id: Text }"],
            result.File.SharedShapes[0].Shape.Members.Select(m => m.WireName + ": " + Spec.Show(m.Type)));
        Assert.Equal("TransactionGoods", Spec.Show(result.File.SharedShapes[0].Shape.Members[1].Type).Split(' ')[2]);
    }

    [Theory]
    [InlineData("/** 商户单号 @discriminator */ out_trade_no: string\n/** @discriminator */ trade_type: 'PAP'\ncontract_id: string", "out_trade_no, trade_type=PAP")]
    [InlineData("mch_id: string\nresult_code: string\nout_trade_no: string\ntransaction_id: string\ncontract_no?: string", "out_trade_no")]
    [InlineData("mch_id: string\ncombine_mch_id: string\ncombine_out_trade_no: string", "combine_out_trade_no")]
    [InlineData("contract_code: string\nplan_id: string\ncontract_id: string | null", "contract_code")]
    [InlineData("plan_id: string\ncontract_id: string\ncoupon_id_$n: string", "plan_id, contract_id")]
    [InlineData("plate_number?: string", "plate_number")]
    [InlineData("mch_id: string\ntotal_fee: string", "")]
    public void The_members_that_tell_a_signed_notification(string members, string telling)
    {
        var page = Spec.Page("namespace WeChatPay.Webhook.V2.A { interface Notification { event_type: 'PAYMENT.SUCCESS'; sign: string }\ninterface Resource { " + members + " }\ninterface Resource_Other { other_no: string } }");
        var notification = Assert.Single(Spec.Clean(page, "specs/webhook/v2/PAYMENT.SUCCESS.md").Notifications);
        Assert.Equal(telling, string.Join(", ", notification.TellingMembers));
        Assert.Equal(["other_no"], Assert.Single(notification.Variants).TellingMembers);
    }

    [Theory]
    [InlineData("v2", "TRANSACTION.SUCCESS", "TransactionSuccess")]
    [InlineData("v2", "transaction-success", "TransactionSuccessNotice")]
    [InlineData("v2", "PAYMENT.SUCCESS", "PaymentSuccess")]
    [InlineData("v3", "TRANSACTION.SUCCESS", "TransactionSuccess")]
    public void A_notice_that_is_named_after_its_file_does_not_meet_an_event(string version, string name, string type)
    {
        var page = Spec.Page("namespace WeChatPay.Webhook." + version.ToUpperInvariant() + ".A { interface Notification { event_type: '" + name + "'; resource: { original_type: 'a' }; sign: string }\ninterface Resource { out_trade_no: string } }");
        Assert.Equal(type, Assert.Single(Spec.Clean(page, "specs/webhook/" + version + "/" + name + ".md").Notifications).Resource.TypeName);
    }

    [Theory]
    [InlineData("V2", "req_info: string")]
    [InlineData("V2", "event_ciphertext: string")]
    [InlineData("V3", "resource: { original_type: 'a' }")]
    public void What_names_its_event_or_is_a_refund_needs_no_telling_member(string version, string envelope)
    {
        var page = Spec.Page("namespace WeChatPay.Webhook." + version + ".A { interface Notification { event_type: 'A.B'; " + envelope + " }\ninterface Resource { out_trade_no: string } }");
        Assert.Empty(Assert.Single(Spec.Clean(page, "specs/webhook/" + version.ToLowerInvariant() + "/A.B.md").Notifications).TellingMembers);
    }

    [Theory]
    [InlineData("interface Pair<T> { of: T }\ninterface A { p: Pair<number> }", "A", "p: AP { of: Integer }")]
    [InlineData("interface Pair<T = string> { of: T }\ninterface A { p: Pair<number> }", "Pair A", "p: AP { of: Integer }")]
    [InlineData("interface Pair<T = string> { of: T }\ninterface A { p: Pair }", "Pair A", "p: Shared Pair")]
    [InlineData("interface Pair<T = string> { of: T }\ninterface A { p: WeChatPay.Models.Pair<number> }", "Pair A", "p: AP { of: Integer }")]
    public void A_shape_with_a_parameter_is_filled_where_it_is_used(string declarations, string shapes, string member)
    {
        var file = Spec.Clean(Spec.Page("namespace WeChatPay.Models {\n" + declarations + "\n}"), "specs/models/a.md");
        Assert.Equal(shapes.Split(' '), file.SharedShapes.Select(shape => shape.Name));
        var found = Assert.Single(file.SharedShapes[^1].Shape.Members);
        Assert.Equal(member, found.WireName + ": " + Spec.Show(found.Type));
    }
}
