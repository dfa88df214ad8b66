using System.Text;

namespace WeChatPay.Fuzz;

/// <param name="Kind"><c>exception</c>, <c>slow</c>, <c>hang</c> or <c>wrong result</c>.</param>
internal sealed record Finding(long Index, string Kind, string Message, FuzzDocument Document)
{
    /// <summary>The input beside a note of what is wrong with it; equal problems in different inputs are all kept.</summary>
    public string Save(string folder, ulong seed)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, $"seed-{seed}-input-{Index}.md");

        // Lone surrogates have no UTF-8; the number of the input gives them back.
        File.WriteAllText(file, Document.Text, new UTF8Encoding(false, throwOnInvalidBytes: false));
        File.WriteAllText(file + ".txt", Kind + ": " + Message + "\nread as " + Document.Path + "\n");
        return file;
    }
}
