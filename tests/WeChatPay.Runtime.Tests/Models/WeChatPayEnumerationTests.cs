namespace WeChatPay.Runtime.Tests.Models;

/// <summary>What a caller does with an open enumeration.</summary>
public class WeChatPayEnumerationTests
{
    private static TradeState? Absent => null;

    [Fact]
    public void A_value_is_compared_with_a_constant_and_with_another_value()
    {
        TradeState state = "SUCCESS";
        TradeState? same = new("SUCCESS");
        Assert.True(state == TradeState.Success);
        Assert.True(TradeState.Success == state);
        Assert.True(state == same);
        Assert.False(state != same);
        Assert.False(state == "REFUND");
        Assert.True(state != "success");
    }

    [Fact]
    public void An_absent_value_is_null_and_equals_no_text()
    {
        Assert.True(Absent == null);
        Assert.False(Absent != null);
        Assert.False(Absent == TradeState.Success);
        Assert.True(Absent != "");
        Assert.False(new TradeState("") == null);
        string? text = null;
        TradeState? made = text;
        Assert.Null(made);
        Assert.Throws<ArgumentNullException>(() => new TradeState(null!));
    }

    [Fact]
    public void An_unknown_value_is_kept_and_meets_the_branch_for_it()
    {
        TradeState state = "INVENTED_TOMORROW";
        var seen = state.Value switch
        {
            TradeState.Success => "paid",
            _ => "unknown",
        };
        Assert.Equal("unknown", seen);
        Assert.Equal("INVENTED_TOMORROW", state.ToString());
    }

    [Fact]
    public void Equal_values_are_one_key()
    {
        var counts = new Dictionary<TradeState, int> { ["SUCCESS"] = 1 };
        counts[new TradeState("SUCCESS")] = 2;
        Assert.Equal(2, Assert.Single(counts).Value);
        Assert.True(new TradeState("A").Equals((object)new TradeState("A")));
        Assert.False(new TradeState("A").Equals((object)"A"));
        Assert.False(new TradeState("A").Equals((object?)null));
        Assert.False(new TradeState("A").Equals(Absent));
    }

    [Fact]
    public void A_text_of_another_enumeration_is_another_value() => Assert.False(new TradeState("A").Equals((object)new TradeType("A")));

    private sealed class TradeType(string value) : WeChatPayEnumeration<TradeType>(value), Serialization.IOpenEnumeration<TradeType>
    {
        [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(value))]
        public static implicit operator TradeType?(string? value) => value is null ? null : new(value);
    }
}
