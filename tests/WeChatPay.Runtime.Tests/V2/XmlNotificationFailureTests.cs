using System.Text;
using System.Text.Json;
using WeChatPay.Notifications;
using WeChatPay.Runtime.Tests.Models;

namespace WeChatPay.Runtime.Tests.V2;

/// <summary>APIv2 notifications: by what they are known again, whose they are, and what is told of those that are refused.</summary>
public sealed class XmlNotificationFailureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<WeChatPayNotification> Read((string Name, string Value)[] members, Action<WeChatPayOptions>? change = null)
        => NotificationMaker.Receiver(options =>
        {
            options.ApiV2Key = XmlNotificationMaker.Key;
            change?.Invoke(options);
        }).ReadAsync(members.Message(), Token).AsTask();

    [Fact]
    public async Task The_most_particular_number_and_the_status_make_the_id()
    {
        string[] numbers = ["refund_id", "out_refund_no", "combine_out_trade_no", "transaction_id", "out_trade_no", "out_order_no", "order_id", "event_code", "contract_id", "contract_code"];
        string[] states = ["refund_status", "change_type", "state", "result_code"];
        var members = numbers.Select(name => (name, $"N-{name}")).Concat(states.Select(name => (name, "SUCCESS"))).Prepend(("mch_id", "1900000001")).Prepend(("trade_state", "SUCCESS")).ToArray();
        foreach (var number in numbers)
        {
            Assert.Equal($"N-{number}:SUCCESS", (await Read(members.Signed())).Id);
            members = members.With(number, null);
        }

        Assert.Matches("^[0-9A-F]{32}$", (await Read(members.Signed())).Id);
        members = [("mch_id", "1900000001"), ("out_trade_no", "A"), ("refund_status", "1"), ("change_type", "2"), ("state", "4"), ("result_code", "SUCCESS")];
        foreach (var state in new[] { ("refund_status", "1"), ("change_type", "2"), ("state", "4"), ("result_code", "SUCCESS") })
        {
            Assert.Equal($"A:{state.Item2}", (await Read(members.Signed())).Id);
            members = members.With(state.Item1, null);
        }

        Assert.Equal("A", (await Read(members.Signed())).Id);
        Assert.Equal("A:SUCCESS", (await Read(members.With("trade_state", "SUCCESS").With("result_code", "x").Signed())).Id);
        Assert.Equal("A", (await Read(members.With("refund_id", "").With("state", "").Signed())).Id);
    }

    [Fact]
    public async Task Without_a_number_all_of_what_is_said_makes_the_id()
    {
        (string, string)[] members = [("mch_id", "1900000001"), ("plate", "A1"), ("nonce_str", "n")];
        var id = (await Read(members.Signed())).Id;
        Assert.Equal(32, id.Length);
        Assert.Equal(id, (await Read(members.With("nonce_str", "other").Signed())).Id);
        Assert.Equal(id, (await Read(members.With("sign_type", "HMAC-SHA256").Signed())).Id);
        Assert.Equal(id, (await Read(members.Signed(isHmac: false))).Id);
        foreach (var other in new[] { members.With("plate", "A2"), members.With("plates", "A1").With("plate", null), members.With("more", "x") })
            Assert.NotEqual(id, (await Read(other.Signed())).Id);
    }

    public static TheoryData<string, WeChatPaySignatureFailure, string> Refused => new()
    {
        { "unsigned", WeChatPaySignatureFailure.MissingHeader, "The notification has no member 'sign'." },
        { "short", WeChatPaySignatureFailure.MalformedSignature, "The member 'sign' of the notification is neither of 32 nor of 64 characters, so it is neither MD5 nor HMAC-SHA256." },
        { "named", WeChatPaySignatureFailure.UnsupportedAlgorithm, "The member 'sign_type' of the notification is not the algorithm of its signature, which by its length is HMAC-SHA256." },
        { "named MD5", WeChatPaySignatureFailure.UnsupportedAlgorithm, "The member 'algorithm' of the notification is not the algorithm of its signature, which by its length is MD5." },
        { "unknown name", WeChatPaySignatureFailure.UnsupportedAlgorithm, "The member 'sign_type' of the notification is not the algorithm of its signature, which by its length is HMAC-SHA256." },
        { "MD5", WeChatPaySignatureFailure.UnsupportedAlgorithm, "The notification is signed with MD5, and WeChatPayOptions.AcceptMd5Notifications is false." },
        { "sealed MD5", WeChatPaySignatureFailure.UnsupportedAlgorithm, "The notification has an encrypted content and is signed with MD5; such notifications are signed with HMAC-SHA256." },
        { "other key", WeChatPaySignatureFailure.Mismatch, "The member 'sign' of the notification does not belong to it. Check that WeChatPayOptions.ApiV2Key is this merchant's." },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_signature_that_proves_nothing_is_told_with_the_reason(string what, WeChatPaySignatureFailure reason, string message)
    {
        var payment = XmlNotificationMaker.Payment;
        var members = what switch
        {
            "unsigned" => payment.With("sign", ""),
            "short" => payment.With("sign", "AB"),
            "named" => payment.With("sign_type", "MD5").Signed(),
            "named MD5" => payment.With("algorithm", "HMAC-SHA256").Signed(isHmac: false),
            "unknown name" => payment.With("sign_type", "SM3").Signed(),
            "MD5" => payment.Signed(isHmac: false),
            "sealed MD5" => XmlNotificationMaker.Sealed("X", [("a", "b")]).With("algorithm", null).Signed(isHmac: false),
            _ => payment.Signed(key: new string('x', 32)),
        };
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => Read(members, options => options.AcceptMd5Notifications = what != "MD5"));
        Assert.Equal((reason, message, false), (failure.Reason, failure.BaseMessage, failure.IsVerified));
    }

    [Theory]
    [InlineData("mch_id")]
    [InlineData("mchid")]
    [InlineData("combine_mch_id")]
    [InlineData("combine_mchid")]
    [InlineData("sp_mchid")]
    [InlineData("sp_mch_id")]
    public async Task Another_merchant_is_refused_outside_and_inside(string name)
    {
        var message = $"The {name} of the notification is not 1900000001: it belongs to another merchant and is refused here.";
        (string, string)[] content = [("out_refund_no", "R1"), (name, "1900000009")];
        foreach (var (members, isVerified) in new[]
        {
            (XmlNotificationMaker.Payment.With(name, "1900000009").Signed(), true),
            (XmlNotificationMaker.Sealed("X", content).Signed(), true),
            (XmlNotificationMaker.RefundOf(content), false),
            (XmlNotificationMaker.RefundOf(XmlNotificationMaker.Refund).With(name, "1900000009"), false),
        })
        {
            var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => Read(members));
            Assert.Equal((WeChatPaySignatureFailure.EchoMismatch, message, isVerified), (failure.Reason, failure.BaseMessage, failure.IsVerified));
        }

        Assert.NotNull(await Read(XmlNotificationMaker.Payment.With(name, "").Signed()));
    }

    [Fact]
    public async Task What_cannot_be_opened_or_read_names_its_part_and_the_delivery()
    {
        foreach (var (requestInfo, message) in new[]
        {
            ("no base64", "The member 'req_info' of the notification is no base64 text."),
            (Convert.ToBase64String(new byte[15]), "The member 'req_info' of the notification cannot be opened with the APIv2 key: it was changed, or the key that is set is not this merchant's present one."),
        })
        {
            var closed = await Assert.ThrowsAsync<WeChatPayDecryptionException>(() => Read(XmlNotificationMaker.RefundOf("").With("req_info", requestInfo)));
            Assert.Equal((message, "08TEST-2"), (closed.BaseMessage, closed.RequestId));
            Assert.False(closed.GetRawBody().IsEmpty);
        }

        var content = await Assert.ThrowsAsync<WeChatPaySerializationException>(() => Read(XmlNotificationMaker.RefundOf("no XML")));
        Assert.StartsWith("The decrypted content of the notification cannot be read: ", content.BaseMessage, StringComparison.Ordinal);
        Assert.Equal((false, "08TEST-2"), (content.IsVerified, content.RequestId));
        content = await Assert.ThrowsAsync<WeChatPaySerializationException>(() => Read(XmlNotificationMaker.RefundOf("<root>text</root>")));
        Assert.Equal("The decrypted content of the notification cannot be read: The document has no members.", content.BaseMessage);

        var envelope = await Assert.ThrowsAsync<WeChatPaySerializationException>(() => Read([]));
        Assert.StartsWith("The notification cannot be read: ", envelope.BaseMessage, StringComparison.Ordinal);
        Assert.Equal((false, "08TEST-2"), (envelope.IsVerified, envelope.RequestId));
        Assert.False(envelope.GetRawBody().IsEmpty);
    }

    [Theory]
    [InlineData("<xml/>", true)]
    [InlineData(" \t\r\n<xml/>", true)]
    [InlineData("\uFEFF<xml/>", true)]
    [InlineData("\uFEFF \n<xml/>", true)]
    [InlineData(" \uFEFF<xml/>", false)]
    [InlineData("\uFEFF{}", false)]
    [InlineData("{\"a\":\"<\"}", false)]
    [InlineData("", false)]
    [InlineData(" ", false)]
    public void XML_begins_with_a_bracket(string body, bool isXml) => Assert.Equal(isXml, XmlNotification.IsXml(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public async Task The_envelope_says_who_signed_what_and_when()
    {
        var score = await Read(XmlNotificationMaker.Sealed("EVENT", [("out_order_no", "S1")]).Signed());
        Assert.Equal(("EV-2", "EVENT", 2, true, false, "08TEST-2"), (score.Id, score.EventType, score.Version, score.IsAuthenticated, score.IsFailed, score.RequestId));
        Assert.Equal(new DateTimeOffset(2025, 10, 9, 16, 53, 20, TimeSpan.FromHours(8)), score.CreateTime?.Time);
        var payment = await Read(XmlNotificationMaker.Payment.Signed());
        Assert.Equal(("", null, true), (payment.EventType, payment.CreateTime, payment.IsAuthenticated));

        // What stands around a refund is nobody's word.
        var refund = await Read([.. XmlNotificationMaker.RefundOf(XmlNotificationMaker.Refund), ("event_id", "E"), ("event_create_time", "20251009165320"), ("event_type", "X")]);
        Assert.Equal(("5000:SUCCESS", "", null, false), (refund.Id, refund.EventType, refund.CreateTime, refund.IsAuthenticated));
    }

    [Fact]
    public void Content_is_read_back_from_a_string_and_never_written()
    {
        Assert.Equal(
            "The content of an APIv2 notification is stored as a string of XML.", Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<XmlPayment>("{}")).Message.Split(" Path:")[0]);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<XmlPayment>("\"<xml>\""));
        Assert.Equal("total_fee", Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<XmlPayment>("\"<xml><total_fee>x</total_fee></xml>\"")).Path);
        Assert.Contains(
            $"{typeof(XmlPayment)} is read from a notification and never written. Store what WeChatPayNotification.GetResourceXml() returns instead.",
            Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(new XmlPayment())).Message,
            StringComparison.Ordinal);
    }
}
