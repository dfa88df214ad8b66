using System.Globalization;
using System.Text;

namespace WeChatPay.Sandbox;

/// <summary>
/// Something that goes wrong on purpose. A new fault strikes the next API answer, once; <see cref="On"/>, <see cref="OnNotifications"/> and
/// <see cref="Times"/> narrow or widen that. Hand it to <see cref="SandboxFaults.Add"/>.
/// </summary>
public sealed class SandboxFault
{
    private readonly Action<OutgoingMessage>? _beforeSigning;
    private readonly Action<OutgoingMessage>? _afterSigning;
    private string? _method;
    private string? _path;
    private string? _eventType;
    private bool _isForNotifications;
    private int _left = 1;

    private SandboxFault(
        string name, Action<OutgoingMessage>? beforeSigning = null, Action<OutgoingMessage>? afterSigning = null, GatewayAnswer? instead = null)
    {
        Name = name;
        _beforeSigning = beforeSigning;
        _afterSigning = afterSigning;
        Instead = instead;
    }

    /// <summary>What the fault does, for logs.</summary>
    public string Name { get; }

    /// <summary>The answer that is given instead of handling the request.</summary>
    internal GatewayAnswer? Instead { get; }

    /// <summary>Flips the lowest bit of the middle byte of the body after it was signed.</summary>
    public static SandboxFault TamperBody() => new("tampered body", afterSigning: m =>
    {
        var body = m.Body.ToArray();
        if (body.Length > 0)
            body[body.Length / 2] ^= 1;
        else
            body = [(byte)' '];

        m.Body = body;
    });

    /// <summary>Changes one bit of the signature; it stays well-formed base64.</summary>
    public static SandboxFault TamperSignature() => new("tampered signature", afterSigning: m => Replace(m, "Wechatpay-Signature", text =>
    {
        var bytes = Convert.FromBase64String(text);
        bytes[bytes.Length / 2] ^= 1;
        return Convert.ToBase64String(bytes);
    }));

    /// <summary>Sends a probe: a signature that is wrong on purpose and begins with <c>WECHATPAY/SIGNTEST/</c>, as the real platform does now and then.</summary>
    public static SandboxFault ProbeSignature()
        => new("probe signature", afterSigning: m => Replace(m, "Wechatpay-Signature", text => "WECHATPAY/SIGNTEST/" + text["WECHATPAY/SIGNTEST/".Length..]));

    /// <summary>Leaves a header of the signature out.</summary>
    /// <param name="name">Such as <c>Wechatpay-Timestamp</c>.</param>
    public static SandboxFault DropHeader(string name)
        => new($"dropped {name}", afterSigning: m => m.Headers.RemoveAll(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Leaves all headers of the signature out, as a proxy may do, or a forger.</summary>
    public static SandboxFault DropSignature() => new("dropped signature", afterSigning: m => m.Headers.Clear());

    /// <summary>Puts another value into a header of the signature after signing.</summary>
    /// <param name="name">Such as <c>Wechatpay-Serial</c>.</param>
    /// <param name="value">The value to send.</param>
    public static SandboxFault ReplaceHeader(string name, string value) => new($"replaced {name}", afterSigning: m => Replace(m, name, _ => value));

    /// <summary>Sends a header twice.</summary>
    /// <param name="name">Such as <c>Wechatpay-Nonce</c>.</param>
    public static SandboxFault DuplicateHeader(string name)
        => new($"duplicated {name}", afterSigning: m => m.Headers.AddRange([.. m.Headers.Where(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase))]));

    /// <summary>Signs with a clock that is off; the signature itself is right.</summary>
    /// <param name="skew">Added to the gateway's time.</param>
    public static SandboxFault ShiftClock(TimeSpan skew)
        => new(string.Create(CultureInfo.InvariantCulture, $"clock off by {skew.TotalSeconds} s"), beforeSigning: m => m.ClockSkew = skew);

    /// <summary>Handles the request, then answers late.</summary>
    /// <param name="delay">How late, by the gateway's clock.</param>
    public static SandboxFault Delay(TimeSpan delay)
        => new(string.Create(CultureInfo.InvariantCulture, $"delayed by {delay.TotalMilliseconds} ms"), beforeSigning: m => m.Delay = delay);

    /// <summary>Handles the request, then cuts the connection: the order stands, but the client cannot know.</summary>
    public static SandboxFault LoseAnswer() => new("lost answer", beforeSigning: m => m.IsLost = true);

    /// <summary>Answers with the body of an earlier answer of the same operation to another request, with a signature that is valid now.</summary>
    public static SandboxFault SwapAnswer() => new("swapped answer", beforeSigning: m => m.Body = m.OtherBody
        ?? throw new GatewayException(500, "SYSTEM_ERROR", "系统错误", "the fault SwapAnswer needs an earlier, different answer of the same operation"));

    /// <summary>Answers with other JSON than the right one, with a valid signature.</summary>
    /// <param name="json">The body to send.</param>
    public static SandboxFault AnswerWith(string json) => new("other body", beforeSigning: m => m.Body = Encoding.UTF8.GetBytes(json));

    /// <summary>Refuses the request without handling it; unsigned, as the gateway's errors are.</summary>
    /// <param name="status">The HTTP status, such as 500 or 429.</param>
    /// <param name="code">The error code, such as <c>SYSTEM_ERROR</c>.</param>
    /// <param name="message">The error text.</param>
    public static SandboxFault Fail(int status, string code, string message = "sandbox fault")
        => new($"failure {code}", instead: new GatewayException(status, code, message, "a fault that the test ordered").ToAnswer());

    /// <summary>Restricts the fault to one method and to paths that begin with a text.</summary>
    /// <param name="method">Such as <c>GET</c>.</param>
    /// <param name="pathPrefix">Such as <c>/v3/pay/transactions/</c>; compared ordinally with the path as sent.</param>
    public SandboxFault On(string method, string pathPrefix)
    {
        _method = method;
        _path = pathPrefix;
        return this;
    }

    /// <summary>Strikes notifications instead of answers.</summary>
    /// <param name="eventType">Such as <c>REFUND.SUCCESS</c>; null for all.</param>
    public SandboxFault OnNotifications(string? eventType = null)
    {
        _isForNotifications = true;
        _eventType = eventType;
        return this;
    }

    /// <summary>How often the fault strikes. Default 1.</summary>
    /// <param name="count"><see cref="int.MaxValue"/> for always.</param>
    public SandboxFault Times(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        _left = count;
        return this;
    }

    internal bool IsSpent => _left == 0;

    internal bool TakeForAnswer(string method, string path)
        => !_isForNotifications && (_method is null || _method == method) && (_path is null || path.StartsWith(_path, StringComparison.Ordinal)) && Take();

    internal bool TakeForNotification(string eventType)
        => _isForNotifications && (_eventType is null || _eventType == eventType) && Take();

    internal void BeforeSigning(OutgoingMessage message) => _beforeSigning?.Invoke(message);

    internal void AfterSigning(OutgoingMessage message) => _afterSigning?.Invoke(message);

    private bool Take()
    {
        if (_left == 0)
            return false;

        if (_left != int.MaxValue)
            _left--;

        return true;
    }

    private static void Replace(OutgoingMessage message, string name, Func<string, string> change)
    {
        for (var i = 0; i < message.Headers.Count; i++)
        {
            if (message.Headers[i].Key.Equals(name, StringComparison.OrdinalIgnoreCase))
                message.Headers[i] = new(message.Headers[i].Key, change(message.Headers[i].Value));
        }
    }
}
