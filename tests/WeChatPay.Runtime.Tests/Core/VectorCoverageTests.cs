namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Each row of each file of vectors is a row of a theory that is named after it, so that none can be forgotten.</summary>
public sealed class VectorCoverageTests
{
    [Theory]
    [InlineData("00-config.json")]
    [InlineData("01-request-signing.json")]
    [InlineData("02-response-verification.json")]
    [InlineData("03-callbacks.json")]
    [InlineData("04-certificate-list.json")]
    [InlineData("05-sensitive-fields.json")]
    [InlineData("06-client-invocation.json")]
    [InlineData("07-apiv2.json")]
    [InlineData("08-bills.json")]
    public void Every_row_is_run(string file)
        => Assert.Equal(
            // SM3 needs 国密, whose tests run this row.
            VectorRowsAttribute.RowsOf(file).Where(row => row != "sm3_of_plain"),
            VectorRowsAttribute.RowsRunBy(typeof(VectorCoverageTests).Assembly, file));

    [Fact]
    public void No_file_is_forgotten()
        => Assert.Equal(
            ["00-config.json", "01-request-signing.json", "02-response-verification.json", "03-callbacks.json", "04-certificate-list.json", "05-sensitive-fields.json",
             "06-client-invocation.json", "07-apiv2.json", "08-bills.json", "09-sm.json"],
            System.IO.Directory.GetFiles(Vectors.PathOf("."), "*.json").Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal));
}
