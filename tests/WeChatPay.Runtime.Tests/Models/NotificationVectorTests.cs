using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using WeChatPay.Keys;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.Runtime.Tests.Models;

/// <summary>Every row of vectors/03.</summary>
public sealed class NotificationVectorTests
{
    private static readonly IReadOnlyDictionary<string, JsonElement> Rows = Vectors.Cases("03-callbacks.json");

    public static TheoryData<string> Names => [.. Rows.Keys];

    [Theory]
    [VectorRows("03-callbacks.json")]
    [MemberData(nameof(Names))]
    public async Task Row(string name)
    {
        var row = Rows[name];
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(row.GetProperty("now_unix").GetInt64()));
        var credentials = MerchantCredentials.Create(VectorMerchant.Options(clock));
        var headers = row.GetProperty("headers").EnumerateObject().ToLookup(h => h.Name, h => h.Value.GetString()!, StringComparer.OrdinalIgnoreCase);
        var body = Encoding.UTF8.GetBytes(row.Text("body_utf8"));
        var message = new WeChatPayNotificationMessage(header => [.. headers[header]], body);
        var receiver = new WeChatPayNotifications(MerchantKeyring.Of(credentials));

        var requestId = headers["Request-ID"].SingleOrDefault();

        Task<WeChatPayNotification> Read() => receiver.ReadAsync(message, TestContext.Current.CancellationToken).AsTask();

        switch (row.Text("expect"))
        {
            case "valid":
                var notification = await Read();
                var json = notification.GetResourceJson();
                Assert.Equal(row.Text("plaintext_utf8"), Encoding.UTF8.GetString(json.Span));
                Assert.Equal(row.Text("plaintext_sha256"), Convert.ToHexStringLower(SHA256.HashData(json.Span)));
                using (var envelope = JsonDocument.Parse(body))
                {
                    var root = envelope.RootElement;
                    Assert.Equal((root.Text("id"), root.Text("summary"), root.Text("event_type")), (notification.Id, notification.Summary, notification.EventType));
                    Assert.Equal(root.GetProperty("create_time").GetDateTimeOffset(), notification.CreateTime?.Time);
                }

                Assert.Equal(row.GetProperty("resource").Text("original_type"), notification.OriginalType);
                Assert.Equal(requestId, notification.RequestId);
                Assert.Equal(body, notification.RawBody.ToArray());
                break;
            case "invalid_signature":
                await Assert.ThrowsAsync<WeChatPaySignatureException>(Read);
                break;
            case "decrypt_failed" or "unsupported_algorithm":
                var failure = await Assert.ThrowsAsync<WeChatPayDecryptionException>(Read);
                Assert.True(failure.IsVerified);
                Assert.Equal(requestId, failure.RequestId);
                Assert.Equal(body, failure.GetRawBody().ToArray());
                break;
            case var other:
                Assert.Fail($"The vectors hold a verdict that this test does not know: {other}");
                break;
        }
    }
}
