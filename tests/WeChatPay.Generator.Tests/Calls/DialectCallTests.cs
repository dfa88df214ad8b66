using System.Net;
using System.Net.Http;

namespace WeChatPay.Generator.Tests.Calls;

/// <summary>Each construct of the spec dialect, from documents of another author to the bytes on the wire and back.</summary>
public sealed class DialectCallTests : IDisposable
{
    private const string Code = """
        using System;
        using System.Linq;
        using System.Net.Http;
        using System.Text.Json;
        using System.Threading;
        using System.Threading.Tasks;
        using WeChatPay;
        using WeChatPay.V3.Hall;
        using WeChatPay.V3.Hall.Seats.ByKind;

        public static class Program
        {
            public static WeChatPayClientBase Create(WeChatPayOptions options, HttpMessageHandler handler) => new WeChatPayClient(options, handler);

            public static async Task<string> Number(WeChatPayClientBase client, CancellationToken token)
                => Status(await ((WeChatPayClient)client).V3.Hall.MchOperate.ByRoomId(7).Delete.PostAsync(new(), cancellationToken: token));

            public static async Task<string> Seat(WeChatPayClientBase client, CancellationToken token)
            {
                var request = new SeatsByKindBySeatNoGetRequest
                {
                    SeatNo = "Q&1", Row = 3, Free = false, Since = new DateTimeOffset(2024, 10, 15, 10, 0, 0, TimeSpan.FromHours(8)), State = "SOLD", Tags = ["a", "b"],
                };
                var answer = await ((WeChatPayClient)client).V3.Hall.Seats.ByKind("BOX").BySeatNo("S/1").GetAsync(request, cancellationToken: token);
                return $"{answer.SeatNo}|{answer.Kind}|{answer.State}|{answer.Level}|{answer.Price}|{answer.SoldTime?.Time:u}|{answer.Rows?[0][1].GetString()}|{answer.Notes?.Count}|{answer.Extra?.GetProperty("x").GetInt32()}|{answer.Free}|{string.Join(",", answer.Marks ?? [])}";
            }

            public static async Task<string> Book(WeChatPayClientBase client, CancellationToken token)
            {
                var request = new BookingsPostRequest
                {
                    Mchid = "1900000001",
                    IdempotencyKey = "K-1",
                    WechatpaySerial = "SERIAL",
                    OutNo = "B-1",
                    Channel = BookingsPostRequestChannel.Web,
                    Limit = BookingsPostRequestLimit.NoCredit,
                    Kind = ["VIP", BookingsPostRequestKind.Guest],
                    TimeBegin = "OnAccept",
                    Code = "007",
                    Count = 3_000_000_000,
                    IsPaid = true,
                    Guest = new() { Name = "张三", Phone = "1" },
                    Payment = new() { Type = "CASH", Total = 5 },
                    Scores = [1, 2],
                    Matrix = [Json("[\"a\",\"b\"]"), Json("[]")],
                    Any = Json("{\"x\":1.50}"),
                    Anys = [Json("1"), Json("\"t\"")],
                    Switch = "s", Operator = "o", Return = "r", Lock = "l", Params = "p",
                };
                var answer = await ((WeChatPayClient)client).V3.Hall.Bookings.PostAsync(request, cancellationToken: token);
                return $"{answer.OutNo}|{answer.Channel == BookingsPostResponseChannel.Counter}|{answer.Payment?.Type}|{answer.Payment?.CardNo}|{answer.Payment?.Total}";
            }

            public static async Task<string> Nothing(WeChatPayClientBase client, CancellationToken token)
            {
                var answer = await ((WeChatPayClient)client).V3.Hall.Bookings.PostAsync(new(), cancellationToken: token);
                return $"{answer.OutNo is null}|{answer.Http.Json.GetProperty("other").GetString()}";
            }

            public static async Task<string> Plan(WeChatPayClientBase client, CancellationToken token)
                => (await ((WeChatPayClient)client).V3.Hall.Plans.ByPlanId("P 1").GetAsync(cancellationToken: token)).PlanId!;

            public static async Task<string> Patch(WeChatPayClientBase client, CancellationToken token)
                => Status(await ((WeChatPayClient)client).V3.Hall.Plans.ByPlanId("P").PatchAsync(new() { Title = "t" }, cancellationToken: token));

            #pragma warning disable CS0618
            public static async Task<string> Put(WeChatPayClientBase client, CancellationToken token)
                => (await ((WeChatPayClient)client).V3.Hall.Plans.ByPlanId("P").PutAsync(new() { Title = "t", Items = [new() { Name = "n" }] }, cancellationToken: token)).Title!;
            #pragma warning restore CS0618

            public static async Task<string> HongKong(WeChatPayClientBase client, CancellationToken token)
                => (await ((WeChatPayClient)client).Hk.V3.Hall.GetAsync(cancellationToken: token)).Hall!;

            public static async Task<string> Capital(WeChatPayClientBase client, CancellationToken token)
                => (await ((WeChatPayClient)client).V3.Hall.AddSub.PostAsync(new() { A = "x" }, cancellationToken: token)).A!;

            public static async Task<string> Sibling(WeChatPayClientBase client, CancellationToken token)
                => (await ((WeChatPayClient)client).V3.Hall.FooResource.X.PostAsync(new() { A = "x" }, cancellationToken: token)).A!;

            public static async Task<string> Forms(WeChatPayClientBase client, CancellationToken token)
            {
                var request = new FormsPostRequest
                {
                    QuotedName = "q", List = ["l"], When = new DateTimeOffset(2024, 10, 15, 10, 0, 0, TimeSpan.FromHours(8)), Map = Json("{\"k\":\"v\"}"), Index = Json("{\"k\":1}"),
                    Free = Json("1"), Unknown = Json("[1]"), Thing = Json("{}"), Big = long.MaxValue, Both = new() { A = "a", B = 2 },
                    Page = new() { Items = [new() { Id = "i", Note = "n" }], Total = 1 }, Wrapped = "A", State = FormsPostRequestState.Open, Fixed = FormsPostRequestFixed.Fixed, Id = "id",
                };
                var answer = await ((WeChatPayClient)client).V3.Hall.Forms.PostAsync(request, cancellationToken: token);
                return $"{answer.Both?.A}{answer.Both?.B}|{answer.State == FormsPostResponseState.Shut}|{answer.Map?.GetProperty("k").GetString()}|{answer.Big}|{answer.When?.Time:u}|{answer.Items?[0].Id}{answer.Items?[0].Note}|{answer.Total}";
            }

            public static async Task<string> Close(WeChatPayClientBase client, CancellationToken token)
                => Status(await ((WeChatPayClient)client).V3.Hall.Closures.DeleteAsync(new() { Reason = "r", Days = 3 }, cancellationToken: token));

            public static async Task<string> Misplaced(WeChatPayClientBase client, CancellationToken token)
                => (await ((WeChatPayClient)client).V3.Hall.Tickets.ByTicketNo("T").Shows.ByShowId(5).GetAsync(new() { Mchid = "m" }, cancellationToken: token)).TicketNo!;

            public static async Task<string> Header(WeChatPayClientBase client, CancellationToken token)
                => Status(await ((WeChatPayClient)client).V3.Hall.Doors.DeleteAsync(new() { WechatpayNegativeTest = "ON" }, cancellationToken: token));

            private static string Status(WeChatPayResponse answer) => $"{answer.Http.Status}";

            private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
        }
        """;

    private static readonly CompiledProgram Program = new(Load);

    private readonly Gateway _gateway = new();

    public void Dispose() => _gateway.Dispose();

    /// <summary>The call of the program, the verb, what follows the host, the body sent, the answer, and what the program reads out of it.</summary>
    public static TheoryData<string, string, string, string?, string, string> Calls => new()
    {
        { "Number", "POST", "/v3/hall/mch_operate/7/delete", "{}", "", "204" },
        {
            "Seat", "GET", "/v3/hall/seats/BOX/S%2F1?seat_no=Q%261&row=3&free=false&since=2024-10-15T10%3A00%3A00%2B08%3A00&state=SOLD&tags=a&tags=b", null,
            """{"seat_no":"S","kind":"NEW","state":"SHUT","level":2,"price":1.50,"sold_time":"2024-10-15T10:00:00+08:00","rows":[["a","b"]],"notes":[1,{}],"extra":{"x":3},"free":true,"marks":["A","C"]}""",
            "S|NEW|SHUT|2|1.50|2024-10-15 02:00:00Z|b|2|3|True|A,C"
        },
        {
            "Book", "POST", "/v3/hall/bookings/?mchid=1900000001",
            """{"out_no":"B-1","channel":"WEB","limit":"no_credit","kind":["VIP","GUEST"],"time_begin":"OnAccept","code":"007","count":3000000000,"is_paid":true,"guest":{"name":"张三","phone":"1"},"payment":{"type":"CASH","total":5},"scores":[1,2],"matrix":[["a","b"],[]],"any":{"x":1.50},"anys":[1,"t"],"switch":"s","operator":"o","return":"r","lock":"l","params":"p"}""",
            """{"out_no":"B-1","channel":"COUNTER","payment":{"card_no":"6222","type":"CARD"}}""",
            "B-1|True|CARD|6222|"
        },
        { "Nothing", "POST", "/v3/hall/bookings/", "{}", """{"other":"x"}""", "True|x" },
        { "Plan", "GET", "/v3/hall/plans/P%201", null, """{"plan_id":"P 1"}""", "P 1" },
        { "Patch", "PATCH", "/v3/hall/plans/P", """{"title":"t"}""", "", "204" },
        { "Put", "PUT", "/v3/hall/plans/P", """{"title":"t","items":[{"name":"n"}]}""", """{"title":"u"}""", "u" },
        { "Capital", "POST", "/v3/hall/addSub", """{"a":"x"}""", """{"a":"y"}""", "y" },
        { "Sibling", "POST", "/v3/hall/foo-resource/x", """{"a":"x"}""", """{"a":"y"}""", "y" },
        {
            "Forms", "POST", "/v3/hall/forms",
            """{"quoted-name":"q","list":["l"],"when":"2024-10-15T10:00:00+08:00","map":{"k":"v"},"index":{"k":1},"free":1,"unknown":[1],"thing":{},"big":9223372036854775807,"both":{"a":"a","b":2},"page":{"items":[{"id":"i","note":"n"}],"total":1},"wrapped":"A","state":"OPEN","fixed":"fixed","id":"id"}""",
            """{"items":[{"id":"i","note":null}],"total":7,"both":{"b":2,"a":"a"},"state":"SHUT","map":{"k":"v"},"big":-5,"when":"2024-10-15T10:00:00+08:00"}""",
            "a2|True|v|-5|2024-10-15 02:00:00Z|i|7"
        },
        { "Close", "DELETE", "/v3/hall/closures", """{"reason":"r","days":3}""", "", "204" },
        { "Misplaced", "GET", "/v3/hall/tickets/T/shows/5?mchid=m", null, """{"ticket_no":"T"}""", "T" },
        { "Header", "DELETE", "/v3/hall/doors", null, "", "204" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call(string name, string verb, string pathAndQuery, string? body, string answer, string expected)
    {
        (_gateway.Answer, _gateway.Status) = (answer, answer.Length == 0 ? HttpStatusCode.NoContent : HttpStatusCode.OK);
        Assert.Equal(expected, await CallAsync(name));
        Assert.Equal((verb, pathAndQuery), (_gateway.Method!.Method, _gateway.PathAndQuery));
        Assert.Equal(body ?? "", _gateway.Body ?? "");
        Assert.True(_gateway.IsSignatureRight);
    }

    [Fact]
    public async Task Headers_travel_as_headers()
    {
        await CallAsync("Book");
        Assert.Equal(("K-1", "SERIAL"), (_gateway.Headers["Idempotency-Key"], _gateway.Headers["Wechatpay-Serial"]));

        _gateway.Answer = """{"other":"x"}""";
        await CallAsync("Nothing");
        Assert.False(_gateway.Headers.ContainsKey("Idempotency-Key"));
        Assert.Equal(Gateway.Options.PublicKeyId, _gateway.Headers["Wechatpay-Serial"]);

        (_gateway.Answer, _gateway.Status) = ("", HttpStatusCode.NoContent);
        await CallAsync("Header");
        Assert.Equal("ON", _gateway.Headers["Wechatpay-Negative-Test"]);
    }

    [Fact]
    public async Task A_host_of_another_environment_is_called_from_there_only()
    {
        await Assert.ThrowsAsync<WeChatPayTransportException>(() => CallAsync("HongKong"));
        Assert.Null(_gateway.Method);

        _gateway.Answer = """{"hall":"h"}""";
        Assert.Equal("h", await CallAsync("HongKong", new("https://apihk.mch.weixin.qq.com/")));
        Assert.Equal("https://apihk.mch.weixin.qq.com/hk/v3/hall", _gateway.Address!.AbsoluteUri);
    }

    [Fact]
    public void Valid_documents_give_no_warning()
    {
        var harness = GeneratorHarness.Run(DialectDocuments.All);
        Assert.Equal([], harness.Diagnostics.Where(item => item.Severity > Microsoft.CodeAnalysis.DiagnosticSeverity.Info).Select(item => item.ToString()));

        // What is worth knowing of them: unmarked members beside the serial header, lists of lists.
        Assert.Equal(["WXP0044", "WXP0066"], harness.Diagnostics.Select(item => item.Id).Distinct().Order(StringComparer.Ordinal));
        harness.Compiled.EmitsClean();
    }

    [Fact]
    public void A_mistake_gives_its_own_warning_only()
    {
        foreach (var (id, document) in DialectDocuments.Mistaken)
        {
            Assert.Equal(id, Assert.Single(GeneratorHarness.Run(document).Diagnostics.Select(item => item.Id).Distinct()));
        }
    }

    [Fact]
    public void Notes_deprecation_and_links_are_documentation()
    {
        var harness = GeneratorHarness.Run(DialectDocuments.All);
        var source = harness.SourceOf("v3.hall.bookings.index");
        Assert.Contains("Important: 1. 金额单位为分 &lt;100&gt;", source, StringComparison.Ordinal);
        Assert.Contains("https://pay.weixin.qq.com/docs/a.html?b=1&amp;c=2", source, StringComparison.Ordinal);
        Assert.Contains("Obsolete(\"已下线\")", string.Concat(harness.Sources.Values), StringComparison.Ordinal);
    }

    private Task<string> CallAsync(string name, Uri? baseAddress = null) => Program.CallAsync(name, CompiledProgram.At(baseAddress), _gateway);

    private static GeneratorHarness Load()
        => GeneratorHarness.Run([.. DialectDocuments.All, .. DialectDocuments.Mistaken.Select(item => item.Document)], code: Code);
}
