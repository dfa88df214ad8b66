using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Security.Cryptography;

namespace WeChatPay.Sandbox;

/// <summary>Bills: a signed answer with hash and address, then an unsigned download.</summary>
internal sealed class BillsApi(OrderBook book, bool allowBillOfToday)
{
    private static readonly TimeSpan DownloadLife = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, (string MerchantId, byte[] File, DateTimeOffset Until)> _files = new(StringComparer.Ordinal);

    public GatewayAnswer TradeBill(GatewayRequest request)
    {
        var type = request.Query("bill_type") ?? "ALL";
        if (type is not ("ALL" or "SUCCESS" or "REFUND"))
            throw GatewayException.Parameter("query", "bill_type", type, "this sandbox knows ALL, SUCCESS and REFUND");

        var date = ReadDate(request);
        lock (book.Gate)
            return Offer(request, TradeBillFile.Write(book, request.Merchant, date, type));
    }

    public GatewayAnswer FundFlowBill(GatewayRequest request)
    {
        var account = request.Query("account_type") ?? "BASIC";
        if (account is not ("BASIC" or "OPERATION" or "FEES"))
            throw GatewayException.Parameter("query", "account_type", account, "has to be BASIC, OPERATION or FEES");

        var date = ReadDate(request);
        lock (book.Gate)
            return Offer(request, account == "BASIC" ? FundFlowBillFile.Write(book, request.Merchant, date) : null);
    }

    public GatewayAnswer Download(GatewayRequest request)
    {
        lock (book.Gate)
        {
            if (!_files.TryGetValue(request.RequiredQuery("token"), out var entry)
                || entry.MerchantId != request.Merchant.MerchantId
                || entry.Until < request.Now)
            {
                throw new GatewayException(400, "INVALID_REQUEST", "下载地址已失效", "the address is valid for five minutes and for one merchant: ask for the bill again");
            }

            return new GatewayAnswer(200, entry.File) { ContentType = "application/octet-stream", IsUnsignedByProtocol = true };
        }
    }

    private DateOnly ReadDate(GatewayRequest request)
    {
        var text = request.RequiredQuery("bill_date");
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            throw GatewayException.Parameter("query", "bill_date", text, "has to be yyyy-MM-dd");

        var today = BeijingTime.Date(request.Now);
        if (date > today || (date == today && !allowBillOfToday))
            throw NoStatement($"the bill of {text} does not exist yet: today is {today:yyyy-MM-dd} in Beijing");

        return date;
    }

    private GatewayAnswer Offer(GatewayRequest request, byte[]? plain)
    {
        if (plain is null)
            throw NoStatement("there was no traffic on that day");

        var packing = request.Query("tar_type");
        if (packing is not (null or "GZIP"))
            throw GatewayException.Parameter("query", "tar_type", packing, "GZIP or nothing");

        foreach (var old in _files.Where(f => f.Value.Until < request.Now).Select(f => f.Key).ToArray())
            _files.Remove(old);

        var token = RandomText.Alphanumeric(43);
        _files[token] = (request.Merchant.MerchantId, packing is null ? plain : Gzip(plain), request.Now + DownloadLife);
        var suffix = packing is null ? string.Empty : "&tartype=gzip";
        return GatewayAnswer.Json(JsonBytes.Object(w =>
        {
            w.WriteString("download_url", $"http://{request.Host}/v3/billdownload/file?token={token}{suffix}");
            w.WriteString("hash_type", "SHA1");
            w.WriteString("hash_value", Sha1(plain));
        }));
    }

    // The protocol's hash. It protects a file that came by a signed address, not a signature.
#pragma warning disable CA5350
    private static string Sha1(byte[] plain) => Hex.Lower(SHA1.HashData(plain));
#pragma warning restore CA5350

    private static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(plain);

        return packed.ToArray();
    }

    private static GatewayException NoStatement(string explanation) => new(400, "NO_STATEMENT_EXIST", "账单文件不存在", explanation);
}
