using System.Net.Http;
using WeChatPay.Signing;
using WeChatPay.Transport;

namespace WeChatPay.Keys;

/// <summary>
/// Fetches a merchant's platform certificates through the transport of its calls. The answer is verified with what it holds: the first one can
/// be verified in no other way, and after an expiry neither could the next.
/// </summary>
internal sealed class CertificateDownload(CallPipeline pipeline, Uri baseAddress)
{
    private readonly string _path = ApiHosts.EnvironmentOf(baseAddress) == ApiEnvironment.Overseas ? "/v3/global/certificates" : "/v3/certificates";

    /// <summary>Downloads.</summary>
    /// <param name="credentials">What signs the request and opens the answer.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <returns>All certificates that are in use; null if WeChat Pay has none for this merchant (404).</returns>
    /// <exception cref="WeChatPayException">There is no list, or it is not proven.</exception>
    public Task<IReadOnlyList<PlatformKey>?> RunAsync(MerchantCredentials credentials, CancellationToken cancellationToken)
    {
        // Without the parameter WeChat Pay lists RSA certificates.
        var query = credentials.AlgorithmSuite is null ? "" : "algorithm_type=ALL";
        var call = new WeChatPayCall
        {
            Operation = new("GET", _path),
            Credentials = credentials,

            // No key is named: then the answer is signed with a certificate, during the migration too.
            PlatformKey = null,
            Timeout = RefreshTiming.LongestDownload,
            Address = RequestPath.Resolve(baseAddress.GetLeftPart(UriPartial.Authority), _path, query, _path),
        };
        return pipeline.RunAsync(call, ReadAsync, cancellationToken);
    }

    private static async ValueTask<IReadOnlyList<PlatformKey>?> ReadAsync(WeChatPayCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using (response)
        {
            if (call.Status == 404)
            {
                return null;
            }

            var body = await AnswerReader.ReadBodyAsync(call, response, cancellationToken).ConfigureAwait(false);
            var unproven = SignatureHeaders.TryRead(response.Headers, out var headers) ?? call.Credentials.Verifier.CheckTime(headers);
            if (unproven is not null)
            {
                throw unproven;
            }

            var keys = CertificateList.Open(body, call.Credentials);
            return call.Credentials.With(keys).Verifier.Check(headers, body.Span) is { } failure
                ? throw failure
                : keys;
        }
    }
}
