using System.Globalization;
using WeChatPay.Specs.Diagnostics;

namespace WeChatPay.Specs.Binding;

/// <param name="Source">The name on the wire.</param>
/// <param name="Start">Where it is declared.</param>
internal sealed record NameRequest(string Wanted, string Source, int Start, int Length);

/// <summary>Names within one class or one operation. A name that is taken gets the next number, and the change is reported.</summary>
internal sealed class UniqueNames(DiagnosticSink sink)
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>The number to try next for a name, so that many equal ones are not counted through each time.</summary>
    private Dictionary<string, int>? _next;

    public void Reserve(string name) => _taken.Add(name);

    public string Claim(string wanted, string source, int start, int length)
    {
        if (_taken.Add(wanted)) return wanted;
        var separator = wanted.Length > 0 && wanted[wanted.Length - 1] is >= '0' and <= '9' ? "_" : "";
        _next ??= new Dictionary<string, int>(StringComparer.Ordinal);
        if (!_next.TryGetValue(wanted, out var number)) number = 2;
        for (; ; number++)
        {
            var name = wanted + separator + number.ToString(CultureInfo.InvariantCulture);
            if (!_taken.Add(name)) continue;
            _next[wanted] = number + 1;
            sink.Report(SpecDiagnostics.Renamed, start, length, source, wanted, name);
            return name;
        }
    }

    /// <summary>
    /// One name for each: whoever wants a name first has it, and only then the others get numbered ones, so that
    /// a number never takes the natural name of a later member.
    /// </summary>
    public string[] ClaimAll(IReadOnlyList<NameRequest> requests)
    {
        var names = new string[requests.Count];
        for (var i = 0; i < names.Length; i++)
        {
            if (_taken.Add(requests[i].Wanted)) names[i] = requests[i].Wanted;
        }

        for (var i = 0; i < names.Length; i++)
        {
            var (wanted, source, start, length) = requests[i];
            names[i] ??= Claim(wanted, source, start, length);
        }

        return names;
    }
}
