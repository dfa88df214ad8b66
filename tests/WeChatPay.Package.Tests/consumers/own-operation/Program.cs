using WeChatPay;
using WeChatPay.V3.Payscore.SignPlan;

// The project's form of the operation, by a member that only it has …
var request = new ServiceorderPostRequest { OnlyInThisProject = "mine" };
var answer = new ServiceorderPostResponse { AnsweredOnlyHere = "mine too" };
Console.WriteLine($"{request.OnlyInThisProject}, {answer.AnsweredOnlyHere}");

// … beside operations of the same family that come from the catalogue.
static object Catalogue(WeChatPayClient pay) => pay.V3.Payscore.SignPlan.UserSignPlans.MerchantSignPlanNo.ByMerchantSignPlanNo("1");
Func<WeChatPayClient, object> compiles = Catalogue;
Console.WriteLine(compiles.Method.Name.Length > 0);
