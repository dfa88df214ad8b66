using System.Globalization;
using System.Text;
using WeChatPay.Specs.Model;
using WeChatPay.Specs.Text;

namespace WeChatPay.Specs.Diagnostics;

/// <summary>
/// Collects the problems of one file: each place and kind once (a shape that is used twice is bound twice),
/// at most <see cref="Limit"/> of them.
/// </summary>
internal sealed class DiagnosticSink(string path, LineMap lines)
{
    public const int Limit = 100;

    private const int LongestArgument = 160;

    private readonly List<SpecDiagnostic> _diagnostics = [];

    /// <summary>Made for the first problem: most files have none, and starting a compiler is dear.</summary>
    private HashSet<(string Id, int Start, int Length)>? _seen;

    /// <summary>
    /// Lines with a character or a string that could not be read. Whatever else is found there follows from that, since what
    /// was meant is not known.
    /// </summary>
    private HashSet<int>? _unreadable;

    public void Report(SpecDiagnosticDescriptor descriptor, int start, int length, params string[] arguments)
    {
        if (_diagnostics.Count > Limit || !(_seen ??= []).Add((descriptor.Id, start, length)) || IsConsequence(descriptor, start)) return;
        if (_diagnostics.Count == Limit)
        {
            descriptor = SpecDiagnostics.TooManyProblems;
            arguments = [Limit.ToString(CultureInfo.InvariantCulture)];
        }

        _diagnostics.Add(new SpecDiagnostic
        {
            Descriptor = descriptor,
            Path = path,
            Range = lines.Range(start, length),
            Arguments = new EquatableArray<string>([.. arguments.Select(Printable)]),
        });
    }

    private bool IsConsequence(SpecDiagnosticDescriptor descriptor, int start)
    {
        var isCause = ReferenceEquals(descriptor, SpecDiagnostics.Unterminated) || ReferenceEquals(descriptor, SpecDiagnostics.StrangeCharacter);
        if (_unreadable is null && !isCause) return false;
        var line = lines.Position(start).Line;
        return isCause ? !(_unreadable ??= []).Add(line) : _unreadable!.Contains(line);
    }

    /// <summary>The one-based line and column of an offset, for messages that name a second place.</summary>
    public string Place(int offset)
    {
        var (line, character) = lines.Position(offset);
        return string.Format(CultureInfo.InvariantCulture, "line {0}, column {1}", line + 1, character + 1);
    }

    /// <summary>In order of place; the sort is stable, so that the order is a function of the text alone.</summary>
    public EquatableArray<SpecDiagnostic> ToArray()
        => _diagnostics.Count == 0 ? default : new([.. _diagnostics.OrderBy(d => d.Range.Start).ThenBy(d => d.Descriptor.Id, StringComparer.Ordinal)]);

    /// <summary>One short line without control characters: the text comes from a file that may hold anything.</summary>
    private static string Printable(string argument)
    {
        var text = new StringBuilder(argument.Length);
        foreach (var c in argument)
        {
            if (text.Length >= LongestArgument)
            {
                text.Append('…');
                break;
            }

            if (char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\uFEFF')
            {
                text.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }
}
