using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WeChatPay.Sandbox;

/// <summary>Messages that clients are known to sign by mistake.</summary>
internal static class CommonMistakes
{
    public static IEnumerable<(string Mistake, byte[] Message)> For(GatewayRequest request, AuthorizationHeader given)
    {
        var expected = SignedMessage.Request(request.Method, request.Target, given.Timestamp, given.Nonce, request.Body);
        yield return ("the LF at the end is missing", expected[..^1]);
        yield return ("lines end with CR LF instead of LF", Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(expected).ReplaceLineEndings("\r\n")));
        yield return ("timestamp and nonce are swapped", SignedMessage.Request(request.Method, request.Target, given.Nonce, given.Timestamp, request.Body));
        yield return ("the method is in lower case", WithMethod(request.Method.ToLowerInvariant()));
        foreach (var (mistake, target) in Targets(request))
            yield return (mistake, SignedMessage.Request(request.Method, target, given.Timestamp, given.Nonce, request.Body));

        foreach (var (mistake, body) in Bodies(request))
            yield return (mistake, SignedMessage.Request(request.Method, request.Target, given.Timestamp, given.Nonce, body));

        byte[] WithMethod(string method) => SignedMessage.Request(method, request.Target, given.Timestamp, given.Nonce, request.Body);
    }

    private static IEnumerable<(string Mistake, string Target)> Targets(GatewayRequest request)
    {
        if (request.RawQuery.Length > 0)
        {
            yield return ("the query is missing", request.RawPath);
            var sorted = request.RawQuery.Split('&').Order(StringComparer.Ordinal);
            yield return ("the query was sorted for the signature but not for sending", request.RawPath + "?" + string.Join('&', sorted));
        }

        yield return ("there is a '?' too many", request.Target + "?");
        if (request.Target.EndsWith('?'))
            yield return ("the '?' at the end was sent but not signed", request.RawPath);

        yield return ("the URL was decoded for the signature", Uri.UnescapeDataString(request.Target));
        yield return ("the URL was signed with scheme and host", $"http://{request.Host}{request.Target}");
        yield return ("the URL was signed with scheme and host", $"https://{request.Host}{request.Target}");
        yield return ("the URL was signed with the host", request.Host + request.Target);
        yield return ("the first '/' of the path is missing", request.Target[1..]);
    }

    private static IEnumerable<(string Mistake, byte[] Body)> Bodies(GatewayRequest request)
    {
        if (request.Body.Length == 0)
        {
            yield return ("an empty object was signed, but no body sent", "{}"u8.ToArray());
            yield return ("'null' was signed, but no body sent", "null"u8.ToArray());
            yield break;
        }

        yield return ("the body is missing", []);
        yield return ("a LF was added to the body", [.. request.Body, (byte)'\n']);
        foreach (var form in OtherJsonForms(request.Body))
            yield return ("the JSON was serialized twice: one form was signed, another sent", form);
    }

    private static List<byte[]> OtherJsonForms(byte[] body)
    {
        JsonNode? node;
        try
        {
            node = JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return [];
        }

        var forms = new List<byte[]>();
        foreach (var encoder in new[] { JavaScriptEncoder.Default, JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
        {
            foreach (var indented in new[] { false, true })
            {
                using var stream = new System.IO.MemoryStream();
                using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = encoder, Indented = indented }))
                    node?.WriteTo(writer);

                forms.Add(stream.ToArray());
            }
        }

        return forms;
    }
}
