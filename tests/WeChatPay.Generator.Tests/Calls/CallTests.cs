using System.Net;
using System.Net.Http;
using System.Text.Json.Nodes;

namespace WeChatPay.Generator.Tests.Calls;

/// <summary>Generated code at work over the real runtime: what is on the wire, and what comes back.</summary>
public sealed class CallTests : IDisposable
{
    private readonly Gateway _gateway = new();
    private readonly WeChatPayClientBase _client;

    public CallTests() => _client = UserProgram.Create(_gateway);

    public void Dispose()
    {
        _client.Dispose();
        _gateway.Dispose();
    }

    [Fact]
    public async Task Post_sends_the_body_and_reads_the_answer()
    {
        _gateway.Answer = $$$"""
            {"books":[{"isbn":"978-7","price":12.50,"unknown":{"a":[1]}},{"price":null}],"library_id":"LIB-1","loan_no":"L-1","state":"CLOSED","deposit":3000000000,
            "lent_time":"2024-10-15T10:00:00+08:00","reader_name":"{{{Gateway.Encrypt("张三")}}}"}
            """;

        var result = await UserProgram.CallAsync("Lend", _client);

        Assert.Equal((HttpMethod.Post, "/v3/library/loans"), (_gateway.Method, _gateway.PathAndQuery));
        Assert.True(_gateway.IsSignatureRight);
        var body = JsonNode.Parse(_gateway.Body!)!.AsObject();
        var name = body["reader"]!["name"]!.GetValue<string>();
        Assert.Equal("张三", Gateway.Decrypt(name));
        Assert.Equal(Gateway.Options.PublicKeyId, _gateway.Headers["Wechatpay-Serial"]);
        Assert.Equal(
            """
            {"library_id":"LIB-1","loan_no":"L-1","volumes":2,"deposit":3000000000,"renewable":false,"due_time":"2024-10-15T10:00:00+08:00","lent_on":"20241014","currency":"CNY","channels":["COUNTER","POST-BOX","something new"],"reader":{"name":"*","kind":"CARD"},"books":[{"isbn":"978-7","tags":["a","\"b\""],"rating":4.5},{"isbn":"978-8"}],"shelf":"S-1"}
            """,
            _gateway.Body!.Replace(name, "*", StringComparison.Ordinal));
        Assert.Equal("LIB-1|L-1|CLOSED|True|3000000000|2024-10-15 02:00:00Z|张三|2|978-7|12.50|True|200|REQ-1", result);
    }

    [Fact]
    public async Task A_required_member_that_is_not_set_is_named_and_nothing_is_sent()
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => UserProgram.CallAsync("Incomplete", _client));
        Assert.Contains("library_id", exception.ToString(), StringComparison.Ordinal);
        Assert.Null(_gateway.Method);
    }

    [Fact]
    public async Task Get_sends_path_query_and_headers_and_no_body()
    {
        _gateway.Answer = """{"library_id":"LIB 1&2=中","loan_no":"L-1/中","deposit":"200"}""";

        Assert.Equal("LIB 1&2=中|L-1/中|200", await UserProgram.CallAsync("Find", _client));

        Assert.Equal(HttpMethod.Get, _gateway.Method);
        Assert.Equal("/v3/library/loans/loan-no/L-1%2F%E4%B8%AD?library_id=LIB%201%262%3D%E4%B8%AD&page=7&state=OPEN", _gateway.PathAndQuery);
        Assert.Equal("ON", _gateway.Headers["Wechatpay-Negative-Test"]);
        Assert.True(string.IsNullOrEmpty(_gateway.Body));
        Assert.True(_gateway.IsSignatureRight);
    }

    [Fact]
    public async Task An_echo_that_differs_is_refused()
    {
        _gateway.Answer = """{"loan_no":"L-2","library_id":"LIB 1&2=中"}""";
        await Assert.ThrowsAsync<WeChatPaySignatureException>(() => UserProgram.CallAsync("Find", _client));
    }

    [Fact]
    public async Task Delete_without_content()
    {
        _gateway.Status = HttpStatusCode.NoContent;
        _gateway.Answer = "";

        Assert.Equal("204", await UserProgram.CallAsync("Drop", _client));
        Assert.Equal((HttpMethod.Delete, "/v3/library/loans/loan-no/L-1"), (_gateway.Method, _gateway.PathAndQuery));
        Assert.True(_gateway.IsSignatureRight);
    }

    [Fact]
    public async Task Full_form_of_a_document_whose_marks_are_not_trusted()
    {
        _gateway.Answer = """{"reader_id":"R-1","level":3,"cards":[{"card_no":"C-1","points":9007199254740993}]}""";

        Assert.Equal("R-1|3|1|9007199254740993", await UserProgram.CallAsync("Register", _client));
        Assert.Equal("""{"library_id":"LIB-1","address":{"lines":[]}}""", _gateway.Body);
        Assert.Equal("/v3/library/readers", _gateway.PathAndQuery);
    }

    [Fact]
    public async Task A_body_without_members_is_sent_as_an_empty_object()
    {
        _gateway.Status = HttpStatusCode.NoContent;
        _gateway.Answer = "";

        Assert.Equal("204", await UserProgram.CallAsync("Count", _client));
        Assert.Equal("{}", _gateway.Body);

        await UserProgram.CallAsync("CountWithExtra", _client);
        Assert.Equal("""{"a":1}""", _gateway.Body);
    }

    [Fact]
    public async Task A_request_of_optional_inputs_may_be_left_out()
    {
        _gateway.Answer = """{"count":3,"shelves":["A","B"],"levels":[1,2]}""";
        Assert.Equal("|3|A,B|2", await UserProgram.CallAsync("Counted", _client));
        Assert.Equal("/v3/library/inventory", _gateway.PathAndQuery);

        _gateway.Answer = "{}";
        Assert.Equal("True", await UserProgram.CallAsync("CountedOfPage", _client));
        Assert.Equal("/v3/library/inventory?page=2&tags=a&tags=b%26c&until=2024-01-31", _gateway.PathAndQuery);
    }

    [Fact]
    public async Task A_code_that_the_spec_declares_is_a_member_and_elsewhere_an_error()
    {
        _gateway.Answer = """{"code":"S-7","count":3,"levels":[1,2]}""";
        Assert.Equal("S-7|3||2", await UserProgram.CallAsync("Counted", _client));

        _gateway.Answer = """{"code":"SYSTEM_ERROR","loan_no":"L-1/中"}""";
        var error = await Assert.ThrowsAsync<WeChatPayApiException>(() => UserProgram.CallAsync("Find", _client));
        Assert.Equal(("SYSTEM_ERROR", WeChatPayOutcome.Unknown), (error.Code, error.Outcome));
    }

    [Fact]
    public async Task A_stream_needs_no_signature_where_the_spec_says_so()
    {
        _gateway.IsAnswerSigned = false;
        _gateway.Answer = "a,b\n1,2\n";

        Assert.Equal("a,b\n1,2\n", await UserProgram.CallAsync("Report", _client));
        Assert.Equal("/v3/library/reports?token=t", _gateway.PathAndQuery);
    }

    [Fact]
    public async Task A_notification_is_read_into_its_class()
    {
        var message = Gateway.Notify("LOAN.CLOSED", "loan", """{"mchid":"1900000001","loan_no":"L-1","state":"RETURNED","deposit":{"currency":"CNY","total":5},"closed_time":"2024-10-15T10:00:00+08:00"}""");
        var notification = await _client.Notifications.ReadAsync(message, TestContext.Current.CancellationToken);
        Assert.Equal("EV-1|LOAN.CLOSED|loan|L-1|RETURNED|True|5|CNY|2024-10-15 02:00:00Z", UserProgram.Read("Closed", notification));
    }

    [Fact]
    public async Task A_variant_of_a_notification_is_a_class_of_its_own()
    {
        var message = Gateway.Notify("LOAN.CLOSED", "loan", """{"combine_mchid":"1900000001","loans":[{"loan_no":"L-1"},{"loan_no":"L-2"}]}""");
        var notification = await _client.Notifications.ReadAsync(message, TestContext.Current.CancellationToken);
        Assert.Equal("1900000001|2|L-2", UserProgram.Read("Combined", notification));
    }
}
