using System.Net.Http;
using WeChatPay.Serialization;
using WeChatPay.Transport;

namespace WeChatPay.V2;

/// <summary>From the bytes of an APIv2 answer to members that are proven, are no error, and belong to the request.</summary>
internal static class V2Answer
{
    private const string Success = "SUCCESS";

    public static async ValueTask<(WeChatPayHttp Http, XmlNode Root)> ReadAsync(WeChatPayCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (call.V2 is null)
        {
            return await ReadSignedInHeadersAsync(call, response, cancellationToken).ConfigureAwait(false);
        }

        using (response)
        {
            var body = await AnswerReader.ReadBodyAsync(call, response, cancellationToken).ConfigureAwait(false);
            var root = Parse(body);
            Check(call, root, body);
            call.VerifiedBody = body;
            if (call.Status == 202)
            {
                throw ErrorAnswer.Create(call, response, body, isVerified: !call.Operation.IsAnswerUnsigned);
            }

            call.Phase = CallPhase.Parsing;
            return (AnswerReader.Describe(call, response, body), root);
        }
    }

    /// <summary>Throws unless the document is a success that may be believed.</summary>
    public static void Check(WeChatPayCall call, XmlNode root, ReadOnlyMemory<byte> body)
    {
        var sent = call.V2!;
        var sign = root.Find(V2Signature.SignName) ?? "";
        if (IsFailure(call, root, body))
        {
            throw Error(call, root, body, IsSigned(sent, root, sign));
        }

        if (!call.Operation.IsAnswerUnsigned)
        {
            CheckSignature(sent, root, sign);
        }

        CheckEchoes(call, root);
    }

    private static async ValueTask<(WeChatPayHttp Http, XmlNode Root)> ReadSignedInHeadersAsync(
        WeChatPayCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var http = await AnswerReader.ReadVerifiedAsync(call, response, cancellationToken).ConfigureAwait(false);
        var root = V2Document.Parse(http.RawBody.Span);
        if (IsFailure(call, root, http.RawBody))
        {
            throw Error(call, root, http.RawBody, isVerified: !call.Operation.IsAnswerUnsigned);
        }

        CheckEchoes(call, root);
        return (http, root);
    }

    private static void CheckSignature(V2Message sent, XmlNode root, string sign)
    {
        if (sign.Length == 0)
        {
            throw new WeChatPaySignatureException(
                WeChatPaySignatureFailure.MissingHeader, "The answer says success and has no member 'sign'; answers to this operation are signed.");
        }

        if (V2Signature.ByLength(sign) != sent.SignType)
        {
            throw new WeChatPaySignatureException(
                V2Signature.ByLength(sign) is null ? WeChatPaySignatureFailure.MalformedSignature : WeChatPaySignatureFailure.UnsupportedAlgorithm,
                $"The answer is not signed with the algorithm of the request, which is {(sent.SignType == V2SignType.HmacSha256 ? V2Signature.HmacName : V2Signature.Md5Name)}.");
        }

        if (!IsSigned(sent, root, sign))
        {
            throw new WeChatPaySignatureException(
                WeChatPaySignatureFailure.Mismatch, "The member 'sign' of the answer does not belong to it. Check that WeChatPayOptions.ApiV2Key is this merchant's.");
        }
    }

    /// <summary>Throws if bytes that should be a file are an error; whatever else they are is the file's business.</summary>
    public static void CheckFailure(WeChatPayCall call, ReadOnlyMemory<byte> body)
    {
        XmlNode root;
        try
        {
            root = XmlParser.Parse(body.Span);
        }
        catch (JsonBodyException)
        {
            return;
        }

        if (IsFailure(call, root, body))
        {
            throw Error(call, root, body, IsSigned(call.V2!, root, root.Find(V2Signature.SignName) ?? ""));
        }
    }

    /// <summary>Reads a document of members.</summary>
    /// <exception cref="WeChatPaySerializationException">It is none.</exception>
    public static XmlNode Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return V2Document.Parse(body.Span);
        }
        catch (JsonBodyException e)
        {
            // The signature is a member, so what cannot be read cannot be verified either.
            throw new WeChatPaySerializationException($"The answer could not be read: {e.Message}") { RawBody = body };
        }
    }

    /// <summary>Names and texts; empty if the bytes are no XML.</summary>
    public static Dictionary<string, string> MembersOf(ReadOnlySpan<byte> body)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            foreach (var child in body.IsEmpty ? [] : XmlParser.Parse(body).Children ?? [])
            {
                members[child.Name] = child.Text;
            }
        }
        catch (JsonBodyException)
        {
            members.Clear();
        }

        return members;
    }

    private static bool IsFailure(WeChatPayCall call, XmlNode root, ReadOnlyMemory<byte> body)
        => root.Find("return_code") is { } transport && transport != Success
            || root.Find("result_code") is { Length: > 0 } business && business != Success
            || (root.Find("return_code") is null && root.Find("result_code") is null && root.Find("err_code") is { Length: > 0 })
            || (V2Document.IsJson(body.Span) && IsJsonFailure(call, root));

    // What a JSON answer names its result is no rule of the protocol; each of these is one that is known, and 0 is the success of all numbers.
    private static bool IsJsonFailure(WeChatPayCall call, XmlNode root)
        => FirstOf(root, "retcode", "errcode") is { } number && number != "0"
            || (!call.Operation.HasCodeMember && root.Find("code") is { Length: > 0 });

    private static bool IsSigned(V2Message sent, XmlNode root, string sign)
        => V2Signature.ByLength(sign) == sent.SignType && V2Signature.Verify(V2Signature.Members(root), sent.Key, sent.SignType, sign);

    private static WeChatPayApiException Error(WeChatPayCall call, XmlNode root, ReadOnlyMemory<byte> body, bool isVerified)
    {
        var business = FirstOf(root, "err_code", "error_code");

        // Whatever else a success of HTTP names its failure says that there is one, and nothing of what became of the order.
        var code = business ?? FirstOf(root, "code", "retcode") ?? root.Find("errcode");
        var message = FirstOf(root, "err_code_des", "return_msg") ?? FirstOf(root, "retmsg", "errmsg") ?? FirstOf(root, "message", "result_msg");
        var text = string.IsNullOrWhiteSpace(message) ? "" : $": {FailureText.OneLine(message)}";
        return new(code is null ? $"The API refused the request as a whole{text}." : $"The API answered {FailureText.OneLine(code)}{text}.")
        {
            Status = call.Status,
            Code = code,
            ApiMessage = message,
            RawBody = body,
            IsVerified = isVerified,
            Outcome = call.Attempt is { WasRepeated: true } ? WeChatPayOutcome.Unknown : OutcomeRules.OfApiV2(business),
        };
    }

    private static string? FirstOf(XmlNode root, string name, string otherName)
        => root.Find(name) is { Length: > 0 } text ? text : root.Find(otherName) is { Length: > 0 } other ? other : null;

    private static void CheckEchoes(WeChatPayCall call, XmlNode root)
    {
        foreach (var name in call.Operation.Echoes)
        {
            if (root.Find(name) is { Length: > 0 } value && !call.Sent(name, value))
            {
                throw new WeChatPaySignatureException(
                    WeChatPaySignatureFailure.EchoMismatch,
                    $"The member '{name}' of the answer is not the value that the request named: it belongs to another request.");
            }
        }
    }
}
