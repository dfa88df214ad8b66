namespace WeChatPay;

/// <summary>
/// What every failure of a call tells, whether it is a <see cref="WeChatPayException"/> or a <see cref="WeChatPayCanceledException"/>
/// (which has to be an <see cref="OperationCanceledException"/> and so cannot share the base class):
/// <c>catch (Exception e) when (e is IWeChatPayFailure { Outcome: WeChatPayOutcome.Unknown } failure)</c>.
/// </summary>
public interface IWeChatPayFailure
{
    /// <summary>What is known about the effect of the call.</summary>
    WeChatPayOutcome Outcome { get; }

    /// <summary>The answer behind this failure carried a valid signature of the platform.</summary>
    bool IsVerified { get; }

    /// <summary>The merchant's own number in the request (<c>out_trade_no</c>, <c>out_refund_no</c> …) to query with; null if none is known.</summary>
    string? BusinessNumber { get; }

    /// <summary>The <c>Request-ID</c> of the answer, which WeChat Pay's support asks for; null without an answer.</summary>
    string? RequestId { get; }

    /// <summary>Verb and path template of the operation, e.g. <c>POST /v3/refund/domestic/refunds</c>; null outside calls.</summary>
    string? Operation { get; }
}
