namespace WeChatPay.Tool.Cli;

/// <summary>What a command ends with.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The command ran; the spec files have errors, or what was asked for is not in them.</summary>
    public const int Problems = 1;

    /// <summary>The command could not run: wrong arguments, a path that is not there, a file that cannot be written.</summary>
    public const int Usage = 2;
}
