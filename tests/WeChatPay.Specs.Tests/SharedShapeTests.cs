using WeChatPay.Specs.Model;

namespace WeChatPay.Specs.Tests;

/// <summary>Shapes of <c>models/</c>: who may use them, and what extends them.</summary>
public sealed class SharedShapeTests
{
    private const string Order = """
        namespace WeChatPay.Models {
          /** 订单 @base */
          export interface Order {
            /** 单号 */
            no?: string
            /** 状态 */
            state?: 'OPEN' | 'CLOSED'
            /** 金额 */
            amount?: {
              /** 总金额 */
              total?: number
            }
            payer?: Payer
          }
          /** 支付者 @received */
          export interface Payer {
            /** 用户标识 */
            openid?: string
          }
        }
        """;

    [Theory]
    [InlineData("/** 一 */", SharedDirection.Both, false, false)]
    [InlineData("/** 一 @sent */", SharedDirection.Sent, false, true)]
    [InlineData("/** 一 @received */", SharedDirection.Received, false, false)]
    [InlineData("/** 一 @base */", SharedDirection.Received, true, false)]
    public void A_shape_says_who_may_use_it(string comment, SharedDirection direction, bool isBase, bool isRequired)
    {
        var shape = Assert.Single(Spec.Clean(Spec.Page("namespace WeChatPay.Models {\n" + comment + "\nexport interface One { a: string; b: { c: string } }\n}"), "specs/models/one.md").SharedShapes);
        Assert.Equal((direction, isBase), (shape.Direction, shape.IsBase));
        Assert.Equal("一", shape.Shape.Documentation.Title);
        Assert.Equal("", shape.Shape.Documentation.Description);
        Assert.All(shape.Shape.Members, m => Assert.Equal(isRequired, m.IsRequired));
    }

    [Fact]
    public void An_answer_that_extends_a_base_has_its_members_in_its_order_and_then_its_own()
    {
        var operation = Resolved("/** 应答的单号 @echo */ no?: string\nmore?: boolean", request: "no: string").Operations[0];
        Assert.Equal(["no: Text", "state: OrderState (Open=OPEN, Closed=CLOSED)", "amount: Shared OrderAmount", "payer: Shared Payer", "more: Boolean"], operation.Response.Members.Select(m => m.WireName + ": " + Spec.Show(m.Type)));
        Assert.True(operation.Response.Members[0].IsEcho);
        Assert.Equal("应答的单号", operation.Response.Members[0].Documentation.Title);
        Assert.Equal(["no"], operation.Echoes);
        Assert.True(Assert.IsType<EnumerationType>(operation.Response.Members[1].Type).IsShared);
        Assert.Equal(["Order"], operation.Response.Bases);
    }

    [Fact]
    public void An_answer_without_members_of_its_own_has_content()
    {
        var file = Spec.Clean(Answer("", request: ""));
        Assert.Equal(ResponseKind.Json, file.Operations[0].Response.Kind);
        Assert.Equal([("Order", SharedUse.Base)], SharedUses.Of(file.Operations[0]));
    }

    /// <summary>What a base has cannot be typed otherwise by who extends it: nobody could read both by the base.</summary>
    [Fact]
    public void A_member_that_is_declared_again_keeps_the_type_of_the_base()
        => Assert.Equal("Text", Spec.Show(Resolved("no?: number", request: "").Operations[0].Response.Members[0].Type));

    [Fact]
    public void A_notification_and_its_variants_extend_bases()
    {
        var read = Spec.Clean(Spec.Page("""
            namespace WeChatPay.Webhook.V3.OrderPaid {
              export interface Notification { event_type: 'ORDER.PAID' }
              export interface Resource extends WeChatPay.Models.Order { time?: string }
              export interface Resource_Other extends WeChatPay.Models.Order { }
            }
            """));
        var notification = SharedBases.Resolve(read, Find).Notifications[0];
        Assert.Equal(["no", "state", "amount", "payer", "time"], notification.Resource.Members.Select(m => m.WireName));
        Assert.Equal(["no", "state", "amount", "payer"], notification.Variants[0].Shape.Members.Select(m => m.WireName));
        Assert.Equal([("Order", SharedUse.Base)], SharedUses.Of(read.Notifications[0]));
    }

    [Theory]
    [InlineData("export interface JsonDataRequest extends WeChatPay.Models.Order { a: string }")]
    [InlineData("export interface WellformedResponse { a?: Inner }\ninterface Inner extends WeChatPay.Models.Order { b?: string }")]
    public void Only_roots_of_what_is_received_extend_bases(string interfaces)
        => Assert.Equal("WXP0030", Spec.Only(Spec.Read(Spec.Page(Spec.Post(interfaces)))).Descriptor.Id);

    [Theory]
    [InlineData("/** 一 @sent */", SharedUse.Sent)]
    [InlineData("/** 一 @received */", SharedUse.Received)]
    [InlineData("/** 一 */", SharedUse.Both)]
    public void A_shape_uses_others_in_its_own_direction(string comment, SharedUse use)
    {
        var shape = Spec.Clean(Spec.Page("namespace WeChatPay.Models {\n" + comment + "\nexport interface One { a: { b: WeChatPay.Models.Two[] }; c: WeChatPay.Models.Two }\n}"), "specs/models/one.md").SharedShapes[0];
        Assert.Equal([("Two", use)], SharedUses.Of(shape));
    }

    /// <summary>What stands alone in one answer and in a list of another.</summary>
    [Fact]
    public void A_shape_can_extend_a_base_of_its_own_file_or_of_another()
    {
        var file = Spec.Clean(Spec.Page(Order.TrimEnd()[..^1] + "/** 列表中的订单 @received */ export interface ListedOrder extends Order { page?: number }\n}"), "specs/models/order.md");
        var other = Spec.Clean(Spec.Page("namespace WeChatPay.Models {\n/** 列表中的订单 @received */\nexport interface ListedOrder extends WeChatPay.Models.Order { page?: number }\n}"), "specs/models/other.md");
        Assert.All([file, other], read =>
        {
            var shape = SharedBases.Resolve(read, Find).SharedShapes.Single(s => s.Name == "ListedOrder");
            Assert.Equal(["no", "state", "amount", "payer", "page"], shape.Shape.Members.Select(m => m.WireName));
            Assert.Contains(("Order", SharedUse.Base), SharedUses.Of(shape));
        });
    }

    private static SpecFile Resolved(string members, string request) => SharedBases.Resolve(Spec.Clean(Answer(members, request)), Find);

    private static string Answer(string members, string request)
        => Spec.Page(Spec.Post("export interface JsonDataRequest {\n" + request + "\n}\nexport interface WellformedResponse extends WeChatPay.Models.Order {\n" + members + "\n}"));

    private static SharedShape? Find(string name)
        => Spec.Clean(Spec.Page(Order), "specs/models/order.md").SharedShapes.FirstOrDefault(s => s.Name == name);
}
