namespace WeChatPay.Invocation;

/// <summary>What a page or mini program passes on, beside the signature.</summary>
internal readonly record struct FrontPage(string AppId, string TimeStamp, string NonceStr, string Package, string SignType);
