using Page = Neighbour.Page;
using WeChatPay.V3.Neighbour;

// What the other generator read …
Console.WriteLine(Page.Title);
Console.WriteLine(Page.Html.Contains("<td><strong>2</strong></td>", StringComparison.Ordinal) ? "table" : Page.Html);
Console.WriteLine(Page.Markdig);
Console.WriteLine(Page.YamlDotNet);
Console.WriteLine(Page.Loaded);

// … and ours. Its members are required because the front matter says so.
Console.WriteLine(new OrdersPostRequest { OutTradeNo = "ours" }.OutTradeNo);
Console.WriteLine(Attribute.IsDefined(typeof(OrdersPostRequest).GetProperty("OutTradeNo")!, typeof(System.Runtime.CompilerServices.RequiredMemberAttribute)));
