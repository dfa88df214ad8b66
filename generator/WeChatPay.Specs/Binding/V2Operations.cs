using WeChatPay.Specs.Model;

namespace WeChatPay.Specs.Binding;

/// <summary>What documents of APIv2 leave unsaid.</summary>
internal static class V2Operations
{
    // Known from the official libraries and their documents; the answers of all others are signed.
    private static readonly HashSet<string> Unsigned = new(StringComparer.Ordinal)
    {
        "/appauth/getaccesstoken",
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
        "/papay/h5entrustweb",
        "/papay/partner/h5entrustweb",
        "/pay/downloadbill",
        "/pay/downloadfundflow",
        "/payitil/report",
        "/risk/getpublickey",
        "/risk/getviolation",
        "/secapi/mch/submchmanage",
        "/xdc/apiv2getsignkey/sign/getsignkey",
    };

    /// <summary>The page that asks a user for the right to know who he is: its parameters carry no signature.</summary>
    private const string UnsignedPage = "/appauth/authindex";

    /// <summary>The APIv2 key signs within the request, unless it is a page whose address needs no signature.</summary>
    public static bool SignsWithin(Route route, RequestBodyKind body)
        => body == RequestBodyKind.Xml || (route.Segments[0].IsVirtual && route.Template != UnsignedPage);

    /// <summary>A success of this operation carries no signature, though its document may not say so.</summary>
    public static bool IsAnswerUnsigned(Route route, RequestBodyKind body) => SignsWithin(route, body) && Unsigned.Contains(route.Template);
}
