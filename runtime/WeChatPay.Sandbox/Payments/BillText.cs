using System.Globalization;
using System.Text;

namespace WeChatPay.Sandbox;

/// <summary>The CSV of bills: UTF-8 with BOM, CR LF, every value behind a back-tick, amounts in yuan.</summary>
internal sealed class BillText
{
    private readonly StringBuilder _text = new("\uFEFF");

    public void Header(params string[] names) => _text.Append(string.Join(',', names)).Append("\r\n");

    public void Row(params string[] values) => _text.Append(string.Join(',', values.Select(v => "`" + v.Replace(',', '，')))).Append("\r\n");

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_text.ToString());

    public static string Yuan(long fen) => (fen / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
