namespace WeChatPay.PackTool;

/// <summary>A problem whose message is meant for whoever packs.</summary>
internal sealed class PackToolException(string message) : Exception(message);
