using System.Text;
using System.Text.Json;

namespace WeChatPay.Sandbox;

/// <summary><c>GET /v3/certificates</c>: the valid platform certificates, encrypted with the APIv3 key.</summary>
internal static class CertificatesApi
{
    public static GatewayAnswer List(GatewayRequest request)
    {
        if (request.Query("algorithm_type") is { } algorithm and not ("RSA" or "ALL"))
            throw GatewayException.Parameter("query", "algorithm_type", algorithm, "this sandbox has RSA certificates only");

        if (request.Merchant.KeyMode == SandboxKeyMode.PublicKey)
        {
            throw new GatewayException(
                404, "RESOURCE_NOT_EXISTS", "无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥", "this merchant is in public key mode and has no platform certificate");
        }

        return GatewayAnswer.Json(JsonBytes.Object(w =>
        {
            w.WriteStartArray("data");
            foreach (var certificate in request.Merchant.PlatformCertificates.Where(c => c.NotAfter > request.Now))
                Write(w, certificate, request.Merchant.ApiV3Key);

            w.WriteEndArray();
        }));
    }

    private static void Write(Utf8JsonWriter w, SandboxPlatformCertificate certificate, string apiV3Key)
    {
        var box = AeadBox.Seal(apiV3Key, "certificate", Encoding.UTF8.GetBytes(certificate.Pem));
        w.WriteStartObject();
        w.WriteString("effective_time", BeijingTime.Rfc3339(certificate.NotBefore));
        w.WriteStartObject("encrypt_certificate");
        w.WriteString("algorithm", AeadBox.Algorithm);
        w.WriteString("associated_data", box.AssociatedData);
        w.WriteString("ciphertext", box.Ciphertext);
        w.WriteString("nonce", box.Nonce);
        w.WriteEndObject();
        w.WriteString("expire_time", BeijingTime.Rfc3339(certificate.NotAfter));
        w.WriteString("serial_no", certificate.SerialNumber);
        w.WriteEndObject();
    }
}
