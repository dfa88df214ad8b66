using System.Text;

namespace WeChatPay;

/// <summary>One wording for all failures: operation, reason, effect, next step, request id.</summary>
internal static class FailureText
{
    private const int LongestForeignText = 200;

    public static string Compose(string reason, IWeChatPayFailure failure)
    {
        var text = new StringBuilder(reason.Length + 128);
        if (failure.Operation is not null)
        {
            text.Append(failure.Operation).Append(": ");
        }

        text.Append(reason);
        if (failure.Operation is not null)
        {
            text.Append(' ').Append(Effect(failure));
        }

        if (failure.RequestId is not null)
        {
            text.Append(" Request-ID: ").Append(OneLine(failure.RequestId)).Append('.');
        }

        return text.ToString();
    }

    /// <summary>Text from outside, fit for a log line: no control characters, bounded.</summary>
    public static string OneLine(string text)
    {
        var length = Math.Min(text.Length, LongestForeignText);
        var clean = true;
        foreach (var c in text.AsSpan(0, length))
        {
            clean &= !char.IsControl(c);
        }

        if (clean && length == text.Length)
        {
            return text;
        }

        var line = new StringBuilder(length + 1);
        foreach (var c in text.AsSpan(0, length))
        {
            line.Append(char.IsControl(c) ? ' ' : c);
        }

        return length < text.Length ? line.Append('…').ToString() : line.ToString();
    }

    private static string Effect(IWeChatPayFailure failure) => failure.Outcome switch
    {
        WeChatPayOutcome.NotSent => "Outcome: not sent.",
        WeChatPayOutcome.Rejected when failure.IsVerified => "Outcome: rejected.",
        WeChatPayOutcome.Rejected => "Outcome: rejected (the answer carries no valid signature).",
        WeChatPayOutcome.Succeeded => "Outcome: succeeded.",
        _ when failure.BusinessNumber is { } number
            => $"Outcome: unknown; query with number '{OneLine(number)}' before repeating, and repeat only with the same number.",
        _ => "Outcome: unknown; query before repeating, and repeat only with the same number.",
    };
}
