using System.Text;
using WeChatPay.Encryption;

namespace WeChatPay.Runtime.Tests.Models;

public sealed class StrictBase64Tests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("AA==", "00")]
    [InlineData("AAE=", "0001")]
    [InlineData("AAEC", "000102")]
    [InlineData("+/+/", "FBFFBF")]
    public void Standard_base64_is_decoded(string text, string hex)
        => Assert.Equal(hex, Convert.ToHexString(StrictBase64.Decode(Encoding.ASCII.GetBytes(text))!));

    [Theory]
    [InlineData("A")]
    [InlineData("AA=")]
    [InlineData("AAE")]
    [InlineData("AAEC\n\n\n\n")]
    [InlineData("    ")]
    [InlineData("AA EC AA")]
    [InlineData(" AAECAA=")]
    [InlineData("AA==AAEC")]
    [InlineData("A===")]
    [InlineData("====")]
    [InlineData("-_-_")]
    [InlineData("AAE*")]
    public void Anything_else_is_refused(string text) => Assert.Null(StrictBase64.Decode(Encoding.ASCII.GetBytes(text)));
}
