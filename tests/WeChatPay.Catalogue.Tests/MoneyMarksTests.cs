using System.Text;

namespace WeChatPay.Catalogue.Tests;

/// <summary>
/// What decides which answers are believed and which calls may be repeated, under review in a short file for each family: a lost <c>@echo</c> lets a
/// signed answer about another order pass, a wrong <c>@idempotentBy</c> repeats what must not be repeated.
/// </summary>
public sealed class MoneyMarksTests
{
    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void Marks_are_those_that_were_reviewed(string family)
    {
        var text = new StringBuilder();
        foreach (var operation in Families.FilesListedWith(family).SelectMany(f => f.Model.Operations).Select(o => SpecCatalogue.Operation(o.Key)).OrderBy(o => o.PathTemplate, StringComparer.Ordinal).ThenBy(o => o.Verb, StringComparer.Ordinal))
        {
            text.Append(operation.Key).Append('\n');
            Append(text, "echoes", operation.Echoes);
            if (operation.IdempotentBy is { } number) Append(text, "idempotent by", [number]);
            if (operation.RequiresClientCertificate) text.Append("  client certificate\n");
            if (operation.BaseUrl is { } host) Append(text, "host", [host]);
            if (operation.Response.IsUnsigned) text.Append("  answer unsigned\n");
            Append(text, "encrypted", MemberTree.Of(operation).Where(m => m.Member.Encryption != MemberEncryption.None)
                .Select(m => $"{m.Place} {m.Path}{(m.Member.Encryption == MemberEncryption.Other ? " (as text)" : "")}"));
            Append(text, "required", MemberTree.Of(operation).Where(m => m.Member.IsRequired).Select(m => m.Path));
        }

        Reviewed.AssertSame("MoneyMarks/" + family, text.ToString());
    }

    private static void Append(StringBuilder text, string mark, IEnumerable<string> values)
    {
        var list = string.Join(", ", values);
        if (list.Length > 0) text.Append("  ").Append(mark).Append(": ").Append(list).Append('\n');
    }
}
