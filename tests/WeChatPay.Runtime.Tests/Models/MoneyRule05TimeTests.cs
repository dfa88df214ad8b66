using System.Globalization;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using WeChatPay.Serialization;

namespace WeChatPay.Runtime.Tests.Models;

/// <summary>
/// Money rule 5: text without an offset is Beijing time, whatever the machine's time zone is. No code here or in the runtime asks for the local
/// time zone: <see cref="No_local_time_zone_is_asked_for"/> sees to it, so the results are the same under TZ=America/New_York.
/// </summary>
public sealed class MoneyRule05TimeTests
{
    private static readonly DateTimeOffset Moment = new(2018, 6, 8, 10, 34, 56, TimeSpan.FromHours(8));

    [Theory]
    [InlineData("2018-06-08T10:34:56+08:00")]
    [InlineData("2018-06-08T10:34:56")]
    [InlineData("2018-06-08 10:34:56")]
    [InlineData("2018-06-08T10:34:56+0800")]
    [InlineData("2018-06-08T10:34:56+08")]
    [InlineData("2018-06-08 10:34:56+08:00")]
    [InlineData("20180608103456")]
    [InlineData("2018-06-08T02:34:56Z")]
    [InlineData("2018-06-08t02:34:56z")]
    [InlineData("2018-06-07T22:34:56-04:00")]
    [InlineData("2018-06-08T10:34:56.000+08:00")]
    [InlineData("1528425296")]
    [InlineData(" 2018-06-08T10:34:56+08:00 ")]
    public void A_time_is_understood_in_every_form_that_is_sent(string text)
    {
        var time = new WeChatPayTime(text);
        Assert.Equal(Moment, time.Time);
        Assert.Equal(text, time.Text);
        Assert.Equal(text, time.ToString());
    }

    [Theory]
    [InlineData("2018-06-08T10:34:56.123456789+08:00", 1234567)]
    [InlineData("2018-06-08T10:34:56.5+08:00", 5000000)]
    [InlineData("2018-06-08T10:34:56.1", 1000000)]
    public void Fractions_are_kept_up_to_a_tick(string text, long ticks) => Assert.Equal(Moment.AddTicks(ticks), new WeChatPayTime(text).Time);

    [Theory]
    [InlineData("")]
    [InlineData("OnAccept")]
    [InlineData("2018-06-08")]
    [InlineData("20180608")]
    [InlineData("2018-06")]
    [InlineData("2018-13-08T10:34:56+08:00")]
    [InlineData("2018-02-30T10:34:56+08:00")]
    [InlineData("2018-06-08T24:00:00+08:00")]
    [InlineData("2018-06-08T10:60:00+08:00")]
    [InlineData("2018-06-08T10:34:60+08:00")]
    [InlineData("2018-06-08T10:34:56.+08:00")]
    [InlineData("2018-06-08T10:34:56+8")]
    [InlineData("2018-06-08T10:34:56+24:00")]
    [InlineData("2018-06-08T10:34:56 CST")]
    [InlineData("2018/06/08 10:34:56")]
    [InlineData("08-06-2018T10:34:56")]
    [InlineData("0001-01-01T00:00:00+08:00")]
    [InlineData("9999-12-31T23:59:59-08:00")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0000000000")]
    [InlineData("00000000000000")]
    [InlineData("15284252960")]
    [InlineData("1528425296000")]
    [InlineData("２０１８-06-08T10:34:56")]
    public void What_is_no_time_is_null_and_keeps_its_text(string text)
    {
        Assert.Null(new WeChatPayTime(text).Time);
        Assert.Equal(text, new WeChatPayTime(text).Text);
    }

    [Theory]
    [InlineData(WeChatPayTimeFormat.DateTime, "2018-06-07T22:34:56-04:00")]
    [InlineData(WeChatPayTimeFormat.CompactDateTime, "20180608103456")]
    [InlineData(WeChatPayTimeFormat.SpacedDateTime, "2018-06-08 10:34:56")]
    [InlineData(WeChatPayTimeFormat.Date, "2018-06-08")]
    [InlineData(WeChatPayTimeFormat.CompactDate, "20180608")]
    [InlineData(WeChatPayTimeFormat.UnixSeconds, "1528425296")]
    public void Forms_without_an_offset_are_written_in_Beijing_time(WeChatPayTimeFormat format, string expected)
    {
        WeChatPayTime time = Moment.AddMilliseconds(999).ToOffset(TimeSpan.FromHours(-4));
        Assert.Equal(expected, time.ToWire(format));
        if (format is not (WeChatPayTimeFormat.Date or WeChatPayTimeFormat.CompactDate))
            Assert.Equal(Moment, new WeChatPayTime(expected).Time);
    }

    [Theory]
    [InlineData("OnAccept")]
    [InlineData("")]
    [InlineData("2018-06-08T10:34:56.123+0800")]
    public void A_text_is_written_as_it_is_in_every_format(string text)
    {
        WeChatPayTime time = text;
        Assert.All(Enum.GetValues<WeChatPayTimeFormat>(), format => Assert.Equal(text, time.ToWire(format)));
        var json = Encoding.UTF8.GetBytes($$"""{"success_time":"{{text}}"}""");
        Assert.Equal(text, JsonBody.Read<OrderAnswer>(json, null).SuccessTime?.Text);
    }

    [Fact]
    public void Times_are_equal_by_their_text()
    {
        WeChatPayTime text = "2018-06-08T10:34:56+08:00";
        WeChatPayTime time = Moment;
        Assert.True(text == time);
        Assert.Equal(text.GetHashCode(), time.GetHashCode());
        Assert.True(text != new WeChatPayTime("20180608103456"));
        Assert.True(text.Equals((object)time));
        Assert.True(default == new WeChatPayTime((string?)null));
        Assert.NotEqual(default, new WeChatPayTime(""));
        Assert.Equal("", default(WeChatPayTime).ToString());
        Assert.Null(default(WeChatPayTime).Text);
    }

    [Theory]
    [InlineData("2018-06-08")]
    [InlineData("20180608")]
    public void A_date_is_understood(string text)
    {
        Assert.Equal(new DateOnly(2018, 6, 8), new WeChatPayDate(text).Date);
        Assert.Equal(text, new WeChatPayDate(text).ToWire(WeChatPayTimeFormat.Date));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2018-06-08T10:34:56+08:00")]
    [InlineData("2018-02-30")]
    [InlineData("2018-6-8")]
    [InlineData("long")]
    public void What_is_no_date_is_null_and_keeps_its_text(string text)
    {
        Assert.Null(new WeChatPayDate(text).Date);
        Assert.Equal(text, new WeChatPayDate(text).Text);
    }

    [Fact]
    public void A_date_is_written_as_the_member_wants()
    {
        WeChatPayDate date = new DateOnly(2018, 6, 8);
        Assert.Equal("2018-06-08", date.ToWire(WeChatPayTimeFormat.Date));
        Assert.Equal("20180608", date.ToWire(WeChatPayTimeFormat.CompactDate));
        Assert.Throws<ArgumentOutOfRangeException>(() => date.ToWire(WeChatPayTimeFormat.DateTime));
        Assert.True(date == new WeChatPayDate("2018-06-08"));
    }

    [Theory]
    [InlineData("2025-10-08T15:59:59Z", "2025-10-08")]
    [InlineData("2025-10-08T16:00:00Z", "2025-10-09")]
    [InlineData("2025-12-31T20:00:00Z", "2026-01-01")]
    public void Today_is_the_day_in_Beijing(string utc, string day)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture));
        clock.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("New York", TimeSpan.FromHours(-5), "New York", "New York"));
        Assert.Equal(day, BeijingTime.Today(clock).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Assert.Equal(TimeSpan.FromHours(8), BeijingTime.Now(clock).Offset);
    }

    [Fact]
    public void Times_are_written_alike_under_any_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { DateTimeFormat = { DateSeparator = "/", TimeSeparator = "." } };
            Assert.Equal("2018-06-08T10:34:56+08:00", new WeChatPayTime(Moment).Text);
            Assert.Equal("20180608103456", new WeChatPayTime(Moment).ToWire(WeChatPayTimeFormat.CompactDateTime));
            Assert.Equal(Moment, new WeChatPayTime("2018-06-08 10:34:56").Time);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void No_local_time_zone_is_asked_for()
    {
        // References of the runtime's code: whoever calls TimeZoneInfo.Local or a LocalDateTime shows up among them.
        using var file = System.IO.File.OpenRead(typeof(WeChatPayTime).Assembly.Location);
        using var image = new System.Reflection.PortableExecutable.PEReader(file);
        var metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(image);
        var names = metadata.MemberReferences.Select(handle => metadata.GetString(metadata.GetMemberReference(handle).Name)).ToHashSet();
        Assert.DoesNotContain("get_Local", names);
        Assert.DoesNotContain("get_LocalTimeZone", names);
        Assert.DoesNotContain("GetLocalNow", names);
        Assert.DoesNotContain("get_LocalDateTime", names);
        Assert.DoesNotContain("ToLocalTime", names);
        Assert.DoesNotContain("get_Now", names);
        Assert.DoesNotContain("get_Today", names);
        Assert.DoesNotContain("FindSystemTimeZoneById", names);
        Assert.DoesNotContain("get_CurrentCulture", names);
        Assert.Contains("ToOffset", names);
    }
}
