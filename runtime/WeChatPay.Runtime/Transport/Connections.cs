using System.Diagnostics;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace WeChatPay.Transport;

/// <summary>The handler that the client makes for itself.</summary>
internal static class Connections
{
    public static SocketsHttpHandler CreateHandler(IWebProxy? proxy, X509Certificate2? clientCertificate = null) => new()
    {
        // A redirect would carry the signature to another address.
        AllowAutoRedirect = false,
        UseCookies = false,

        // What is verified are the bytes as they came.
        AutomaticDecompression = DecompressionMethods.None,

        // The server closes connections that were idle for 8 seconds.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(7),

        // DNS changes are noticed after this time.
        PooledConnectionLifetime = TimeSpan.FromMinutes(3),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        Proxy = proxy,
        SslOptions = SslOptions(clientCertificate),

        // Trace ids are nobody's business outside of this system.
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
    };

    // The server asks for a certificate where it needs one. Chosen by ourselves: the list of issuers that it sends along is not complete.
    private static SslClientAuthenticationOptions SslOptions(X509Certificate2? certificate) => certificate is null ? new() : new()
    {
        ClientCertificates = [certificate],
        LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate,
    };
}
