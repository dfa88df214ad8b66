using System.Text.Json;
using WeChatPay.Runtime.Tests.Models;
using WeChatPay.Serialization;
using WeChatPay.V2;

namespace WeChatPay.Runtime.Tests.V2;

/// <summary>Money rule 4 for APIv2: what did not come is null, of whatever type it is; what came empty is no number.</summary>
public sealed class MoneyRule04XmlPresenceTests
{
    [Fact]
    public void What_is_missing_is_null()
        => Assert.Equal(new All(null, null, null, null, null, null, null, null, null, null, null), Read("<other>1</other>"));

    [Fact]
    public void What_is_empty_is_no_value()
    {
        var all = Read("<text/><integer/><unsigned/><decimal/><boolean/>");
        Assert.Equal(("", null, null, null, null), (all.Text, all.Integer, all.Unsigned, all.Decimal, all.Boolean));
    }

    [Fact]
    public void What_came_is_there()
    {
        var all = Read("<text>t</text><integer>1</integer><unsigned>2</unsigned><decimal>1.5</decimal><boolean>Y</boolean><time>20251009165320</time><date>20251009</date><state>SUCCESS</state>");
        Assert.Equal(("t", 1L, 2UL, 1.5m, true), (all.Text, all.Integer, all.Unsigned, all.Decimal, all.Boolean));
        Assert.Equal(new DateTimeOffset(2025, 10, 9, 16, 53, 20, TimeSpan.FromHours(8)), all.Time?.Time);
        Assert.Equal(new DateOnly(2025, 10, 9), all.Date?.Date);
        Assert.Equal("SUCCESS", all.State?.Value);
    }

    private static All Read(string members)
        => XmlBodyReader.Read<All>(XmlParser.Parse(System.Text.Encoding.UTF8.GetBytes($"<xml>{members}</xml>")));

    private sealed record All(
        string? Text,
        long? Integer,
        ulong? Unsigned,
        decimal? Decimal,
        bool? Boolean,
        WeChatPayTime? Time,
        WeChatPayDate? Date,
        TradeState? State,
        JsonElement? Json,
        IReadOnlyList<string?>? Texts,
        IReadOnlyList<long?>? Integers) : IXmlReadable<All>
    {
        static All IXmlReadable<All>.Read(XmlBodyReader r) => new(
            r.Text("text"),
            r.Integer("integer"),
            r.Unsigned("unsigned"),
            r.Decimal("decimal"),
            r.Boolean("boolean"),
            r.Time("time"),
            r.Date("date"),
            r.Enumeration<TradeState>("state"),
            r.Json("json"),
            r.Texts("texts_$n"),
            r.Integers("integers"));
    }
}
