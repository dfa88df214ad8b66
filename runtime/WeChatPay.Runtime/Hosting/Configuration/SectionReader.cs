using System.Globalization;
using System.Linq;
using Microsoft.Extensions.Configuration;
using WeChatPay.Serialization;

namespace WeChatPay.Hosting;

/// <summary>
/// Reads the keys of one section by name, remembers which were asked for, and tells what is left over: a key that nobody reads is a misspelling, and the option
/// that was meant would silently keep its default. No problem repeats a value.
/// </summary>
/// <param name="section">The section.</param>
/// <param name="origin">Where problems go.</param>
/// <param name="files">Reads the files that keys name.</param>
/// <param name="element">The option that this section is an element of, e.g. <c>FormerApiV3Keys[0]</c>; empty for the options themselves.</param>
internal sealed class SectionReader(IConfiguration section, ConfigurationOrigin origin, KeyFile files, string element = "")
{
    private const int MostUnknown = 5;

    private readonly Dictionary<string, string?> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The full path of a key.</summary>
    public string PathOf(string key) => section is IConfigurationSection own ? ConfigurationPath.Combine(own.Path, key) : key;

    /// <summary>A key that is there, whatever its value.</summary>
    public bool Has(string key) => section.GetChildren().Any(child => child.Key.Equals(key, StringComparison.OrdinalIgnoreCase));

    /// <summary>The text of a key; null if it is absent or empty.</summary>
    public string? Text(string key)
    {
        _known[key] = null;
        var value = section.GetSection(key);
        if (value.GetChildren().Any())
        {
            Unread(key, $"{PathOf(key)} takes one value, and holds several keys: write it as {key}: \"…\".");
            return null;
        }

        return string.IsNullOrEmpty(value.Value) ? null : value.Value;
    }

    /// <summary>The text of a key, or of the file that the key with <c>File</c> at its end names.</summary>
    /// <param name="key">The key, named as its option.</param>
    /// <param name="alsoUnread">An option that would have been read out of the file as well.</param>
    public string? TextOrFile(string key, string? alsoUnread = null)
    {
        var text = Text(key);
        var fileKey = key + "File";
        if (Text(fileKey) is not { } path)
        {
            return text;
        }

        string? problem;
        if (text is not null)
        {
            problem = $"and {PathOf(key)} are both set: keep one of them.";
        }
        else if (files.ReadText(path, out problem) is { } content)
        {
            origin.File(Option(key), PathOf(fileKey));
            return content;
        }

        Unread(key, $"{PathOf(fileKey)} {problem}", alsoUnread);
        return null;
    }

    /// <summary>The bytes of the file that a key names.</summary>
    public byte[]? File(string key)
    {
        if (Text(key) is not { } path)
        {
            return null;
        }

        var bytes = files.Read(path, out var problem);
        if (bytes is null)
        {
            Unread(key, $"{PathOf(key)} {problem}");
        }

        return bytes;
    }

    public bool? Flag(string key) => Parse<bool>(key, "true or false", bool.TryParse);

    public long? Number(string key, long most)
        => Parse(key, $"a whole number up to {most.ToString(CultureInfo.InvariantCulture)}", (string text, out long number) =>
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number) && number <= most && number >= -most);

    /// <summary>A plain number is refused: it would mean days, and whoever writes 30 means seconds.</summary>
    public TimeSpan? Duration(string key)
        => Parse(key, "hours:minutes:seconds such as 00:00:30, or Infinite", static (string text, out TimeSpan time) =>
        {
            time = Timeout.InfiniteTimeSpan;
            return text.Equals("Infinite", StringComparison.OrdinalIgnoreCase)
                || (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out time));
        });

    public Uri? Address(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var address))
        {
            Unread(key, $"{PathOf(key)} cannot be read: it takes an absolute address such as https://api.mch.weixin.qq.com/.");
        }

        return address;
    }

    /// <summary>A point in time; without an offset it is Beijing time, and a bare date its beginning there.</summary>
    public DateTimeOffset? Time(string key)
        => Parse(key, "a time such as 2026-03-01T00:00:00+08:00", static (string text, out DateTimeOffset time) =>
        {
            if (TimeText.TryParseTime(text, out time))
            {
                return true;
            }

            // The first day of all has no beginning in Beijing.
            if (!TimeText.TryParseDate(text, out var date) || date == DateOnly.MinValue)
            {
                return false;
            }

            time = new(date.ToDateTime(TimeOnly.MinValue), BeijingTime.Offset);
            return true;
        });

    /// <summary>The elements of a list, in the order of the configuration.</summary>
    public IEnumerable<IConfigurationSection> List(string key)
    {
        _known[key] = null;
        var list = section.GetSection(key);
        if (string.IsNullOrEmpty(list.Value))
        {
            return list.GetChildren();
        }

        Unread(key, $"{PathOf(key)} takes a list, and holds one value: write it as {key}: [ … ], or in environment variables with a number after it ({key}__0).");
        return [];
    }

    /// <summary>Adds the texts of the files that a list names to those of an option.</summary>
    public void ReadFiles(string key, string option, List<string> texts)
    {
        foreach (var element in List(key))
        {
            if (files.ReadText(element.Value ?? "", out var problem) is { } text)
            {
                origin.File($"{option}[{texts.Count}]", element.Path);
                texts.Add(text);
            }
            else
            {
                origin.Add($"{element.Path} {problem}");
            }
        }
    }

    /// <summary>A reader for an element of a list of objects.</summary>
    public SectionReader Element(IConfigurationSection list, string option) => new(list, origin, files, option);

    /// <summary>An option that is there and cannot be text.</summary>
    public void OnlyInCode(string key, string how) => _known[key] = how;

    public void Unread(string key, string problem, string? alsoUnread = null)
    {
        origin.Add(problem);
        origin.Unread(Option(key));
        if (alsoUnread is not null)
        {
            origin.Unread(alsoUnread);
        }
    }

    /// <summary>Reports what nobody asked for.</summary>
    public void Finish()
    {
        var unknown = new List<string>();
        foreach (var child in section.GetChildren())
        {
            if (!_known.TryGetValue(child.Key, out var how))
            {
                unknown.Add(child.Key);
            }
            else if (how is not null)
            {
                origin.Add($"{PathOf(child.Key)} cannot come from configuration: {how}");
            }
        }

        if (unknown.Count > MostUnknown)
        {
            origin.Add($"{unknown.Count} keys, {PathOf(unknown[0])} among them, are no options of a merchant: hand over the section that holds one merchant's options and nothing else, e.g. configuration.GetSection(\"WeChatPay\").");
            return;
        }

        foreach (var key in unknown)
        {
            var nearest = Spelling.Nearest(key, _known.Keys);
            origin.Unread(Option(nearest ?? key));
            origin.Add(nearest is not null
                ? $"{PathOf(key)} is no option: {nearest} may be meant. Correct its name, or remove it."
                : $"{PathOf(key)} is no option: remove it, or take one of {string.Join(", ", _known.Where(static known => known.Value is null).Select(static known => known.Key).Order(StringComparer.Ordinal))}. A section holds the options of one merchant and nothing else.");
        }
    }

    private delegate bool Parser<T>(string text, out T value);

    private T? Parse<T>(string key, string form, Parser<T> parser)
        where T : struct
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (parser(text.Trim(), out var value))
        {
            return value;
        }

        Unread(key, $"{PathOf(key)} cannot be read: it takes {form}.");
        return null;
    }

    // Of an element the whole counts as not read: what is wrong with its other members shows once this is right.
    private string Option(string key) => element.Length == 0 ? key : element;
}
