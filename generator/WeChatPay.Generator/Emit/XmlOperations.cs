using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Emit;

/// <summary>What documents of APIv2 leave unsaid.</summary>
internal static class XmlOperations
{
    // Known from the official libraries and their documents; the answers of all others are signed.
    private static readonly HashSet<string> Unsigned = new(StringComparer.Ordinal)
    {
        "/mchrisk/querymchrisk",
        "/mchrisk/setmchriskcallback",
        "/mchrisk/syncmchriskresult",
        "/mmpaymkttransfers/gethbinfo",
        "/mmpaymkttransfers/gettransferinfo",
        "/mmpaymkttransfers/sendredpack",
        "/mmpaymkttransfers/sendgroupredpack",
        "/mmpaymkttransfers/sendminiprogramhb",
        "/mmpaymkttransfers/promotion/transfers",
        "/mmpaymkttransfers/promotion/paywwsptrans2pocket",
        "/mmpaymkttransfers/promotion/querywwsptrans2pocket",
        "/mmpaysptrans/pay_bank",
        "/mmpaysptrans/query_bank",
        "/pay/downloadbill",
        "/pay/downloadfundflow",
        "/payitil/report",
        "/risk/getpublickey",
        "/risk/getviolation",
        "/secapi/mch/submchmanage",
        "/xdc/apiv2getsignkey/sign/getsignkey",
    };

    /// <summary>A success of this operation carries no signature, though its document may not say so.</summary>
    public static bool IsAnswerUnsigned(Operation operation)
        => operation.Body.Kind == RequestBodyKind.Xml && Unsigned.Contains(operation.PathTemplate);
}
