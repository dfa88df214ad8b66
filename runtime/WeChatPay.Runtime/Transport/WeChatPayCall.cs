using System.Net.Http;
using WeChatPay.Keys;
using WeChatPay.Signing;
using WeChatPay.Uploads;
using WeChatPay.V2;

namespace WeChatPay.Transport;

/// <summary>How far a call has come; decides what a failure means.</summary>
internal enum CallPhase
{
    /// <summary>Nothing has left this machine.</summary>
    Signing,

    /// <summary>The request is with the HTTP handlers.</summary>
    Sending,

    /// <summary>Headers of an answer are there.</summary>
    Reading,

    /// <summary>The answer is verified and is being understood.</summary>
    Parsing,
}

/// <summary>One call: what is sent, and what is known of it while it runs.</summary>
internal sealed class WeChatPayCall
{
    public required WeChatPayOperationDescriptor Operation { get; init; }

    /// <summary>The one snapshot that signs, encrypts, names its serial and verifies in this call.</summary>
    public required MerchantCredentials Credentials { get; init; }

    /// <summary>Whose signature is asked for and for which sensitive members are encrypted; null: WeChat Pay decides.</summary>
    public required PlatformKey? PlatformKey { get; init; }

    /// <summary>Where a platform certificate may be learned of that <see cref="Credentials"/> does not hold; null: nowhere.</summary>
    public MerchantKeyring? Keyring { get; set; }

    public required TimeSpan Timeout { get; init; }

    /// <summary>The address that is signed and sent.</summary>
    public required Uri Address { get; init; }

    public string Accept { get; init; } = "application/json";

    /// <summary>What is signed as the body: all of it, or the meta part of an upload once its file was read.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>The multipart body, of which <see cref="Body"/> is a part; null if the body is sent as it is signed.</summary>
    public UploadBody? Upload { get; init; }

    public string ContentType { get; init; } = "application/json";

    /// <summary>What an APIv2 request signed within itself, of an upload once its file was read; null for APIv3, which signs in a header.</summary>
    public V2Message? V2 { get; set; }

    /// <summary>The request names the platform key: to have the answer signed with it, and because members are encrypted for it.</summary>
    public bool NamesPlatformKey { get; init; } = true;

    public string[] PathValues { get; init; } = [];

    /// <summary>The query as name and value pairs, not encoded; null if there is none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Query { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>>? Headers { get; init; }

    /// <summary>The address belongs to the API's base address, so its backup may stand in.</summary>
    public bool MayUseBackup { get; init; } = true;

    /// <summary>
    /// Sending the same bytes twice has the effect of sending them once: of a query, and of an operation whose request does hold the number that makes it
    /// so. A file is read by one attempt at a time.
    /// </summary>
    public bool MayRepeat => Upload is null
        && (Operation.Method == "GET" || (Operation.IdempotentBy is { } number && !string.IsNullOrEmpty(FindInput(number))));

    /// <summary>How often the call may be made again by option, where <see cref="MayRepeat"/> allows it.</summary>
    public int MaxRepetitions { get; set; }

    /// <summary>How often it was made again so far.</summary>
    public int Repetitions { get; private set; }

    /// <summary>An attempt before the present one may have been carried out.</summary>
    public bool MayHaveLeftBefore { get; private set; }

    /// <summary>The path was written by the caller, so it may hold order numbers and is no template.</summary>
    public bool IsUntyped { get; init; }

    public HttpMethod Method => HttpMethod.Parse(Operation.Method);

    public CallPhase Phase { get; set; }

    /// <summary>When the present signature was made, on the clock of the credentials.</summary>
    public long SignedAt { get; set; }

    /// <summary>The body of the answer, once its signature is proven.</summary>
    public ReadOnlyMemory<byte> VerifiedBody { get; set; }

    /// <summary>The last attempt at sending; null before.</summary>
    public SendState? Attempt { get; set; }

    public int Status { get; set; }

    public string? RequestId { get; set; }

    /// <summary>Verb and path template.</summary>
    public string Name => $"{Operation.Method} {Operation.PathTemplate}";

    /// <summary>Forgets the answer of the last attempt; not that there was one.</summary>
    public void BeginAgain()
    {
        Repetitions++;
        MayHaveLeftBefore |= Attempt is { MayHaveLeft: true };
        (Phase, Status, RequestId, VerifiedBody) = (CallPhase.Signing, 0, null, default);
    }

    /// <summary>Verifies the answer.</summary>
    /// <returns>The failure, or null for a proven answer.</returns>
    public ValueTask<WeChatPaySignatureException?> CheckAsync(SignatureHeaders headers, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
        => Keyring is null ? new(Credentials.Verifier.Check(headers, body.Span)) : Keyring.CheckAnswerAsync(Credentials, headers, body, cancellationToken);

    /// <summary>A value of the request by its wire name: of the path, the query or the top level of the body.</summary>
    public string? FindInput(string name)
        => RequestPath.Find(Operation.PathTemplate, PathValues, name) ?? FindInQuery(name) ?? FindInBody(name);

    /// <summary>Every place in which the request has this name holds this value.</summary>
    public bool Sent(string name, string? value)
        => IsSame(RequestPath.Find(Operation.PathTemplate, PathValues, name), value)
            && IsSame(FindInQuery(name), value)
            && IsSame(FindInBody(name), value);

    private static bool IsSame(string? sent, string? value) => sent is null || sent == value;

    private string? FindInQuery(string name)
    {
        for (var i = 0; i < Query?.Count; i++)
        {
            if (Query[i].Key == name)
            {
                return Query[i].Value;
            }
        }

        return null;
    }

    private string? FindInBody(string name) => V2 is not null ? V2.Find(name) : Body.IsEmpty ? null : TopLevelJson.Find(Body.Span, name);
}
