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

    /// <summary>The fund flow bill of a sub-merchant comes encrypted. The sandbox has no partners: whatever sub-merchant is named, it is the merchant's own flow.</summary>
    public GatewayAnswer SubMerchantFundFlowBill(GatewayRequest request)
    {
        var subMerchant = request.RequiredQuery("sub_mchid");
        if (subMerchant.Length > 32 || !subMerchant.All(char.IsAsciiDigit))
            throw GatewayException.Parameter("query", "sub_mchid", subMerchant, "has to be 1 to 32 digits");

        var algorithm = request.RequiredQuery("algorithm");
        if (algorithm != AeadBox.Algorithm)
            throw GatewayException.Parameter("query", "algorithm", algorithm, $"this sandbox knows {AeadBox.Algorithm}");

        var account = request.Query("account_type") ?? "BASIC";
        if (account is not ("BASIC" or "OPERATION" or "FEES" or "DEPOSIT"))
            throw GatewayException.Parameter("query", "account_type", account, "has to be BASIC, OPERATION, FEES or DEPOSIT");

        var date = ReadDate(request);
        lock (book.Gate)
        {
            var plain = Existing(account == "BASIC" ? FundFlowBillFile.Write(book, request.Merchant, date) : null);
            var isPacked = IsPacked(request);
            var bill = SealedBill.Seal(request.Merchant, isPacked ? Gzip(plain) : plain);
            var url = Keep(request, bill.File, string.Empty);
            return GatewayAnswer.Json(JsonBytes.Object(w =>
            {
                w.WriteNumber("download_bill_count", 1);
                w.WriteStartArray("download_bill_list");
                w.WriteStartObject();
                w.WriteNumber("bill_sequence", 1);
                w.WriteString("download_url", url);
                w.WriteString("encrypt_key", bill.EncryptedKey);
                w.WriteString("hash_type", "SHA1");
                w.WriteString("hash_value", Sha1(plain));
                w.WriteString("nonce", bill.Nonce);
                w.WriteEndObject();
                w.WriteEndArray();
            }));
        }
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

    private GatewayAnswer Offer(GatewayRequest request, byte[]? file)
    {
        var plain = Existing(file);
        var isPacked = IsPacked(request);
        var url = Keep(request, isPacked ? Gzip(plain) : plain, isPacked ? "&tartype=gzip" : string.Empty);
        return GatewayAnswer.Json(JsonBytes.Object(w =>
        {
            w.WriteString("download_url", url);
            w.WriteString("hash_type", "SHA1");
            w.WriteString("hash_value", Sha1(plain));
        }));
    }

    private static byte[] Existing(byte[]? plain) => plain ?? throw NoStatement("there was no traffic on that day");

    private static bool IsPacked(GatewayRequest request) => request.Query("tar_type") switch
    {
        null => false,
        "GZIP" => true,
        var other => throw GatewayException.Parameter("query", "tar_type", other, "GZIP or nothing"),
    };

    /// <summary>Keeps a file for five minutes.</summary>
    /// <returns>Its address.</returns>
    private string Keep(GatewayRequest request, byte[] file, string suffix)
    {
        foreach (var old in _files.Where(f => f.Value.Until < request.Now).Select(f => f.Key).ToArray())
            _files.Remove(old);

        var token = RandomText.Alphanumeric(43);
        _files[token] = (request.Merchant.MerchantId, file, request.Now + DownloadLife);
        return $"http://{request.Host}/v3/billdownload/file?token={token}{suffix}";
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
