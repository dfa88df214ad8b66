namespace WeChatPay.Tool.Cli;

/// <summary>Ends a command with a message for the user.</summary>
internal sealed class ToolException(string message) : Exception(message);
