using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using WeChatPay.Specs.Text;

namespace WeChatPay.Specs.Binding;

/// <summary>From names of the wire to names of C#. Pure, invariant, the one place where the rule stands.</summary>
internal static class NamingPolicy
{
    private const int Longest = 100;

    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal",
        "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for",
        "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object",
        "operator", "out", "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short",
        "sizeof", "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong",
        "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",
    };

    /// <summary>
    /// <c>out_trade_no</c> → <c>OutTradeNo</c>, <c>sign-plan</c> → <c>SignPlan</c>, <c>TRANSACTION.SUCCESS</c> → <c>TransactionSuccess</c>,
    /// <c>openId</c> → <c>OpenId</c>, <c>1.0</c> → <c>_1_0</c>, empty → <c>Empty</c>. A part all in capitals is lowered; letters of other
    /// scripts are kept; what no identifier can hold separates parts; between two digits the separation stays visible.
    /// </summary>
    [MethodImpl(HotPath.Optimized)]
    public static string Pascal(string wireName)
    {
        if (wireName.Length == 0) return "Empty";
        var name = new StringBuilder(wireName.Length + 1);
        for (var at = 0; at < wireName.Length && name.Length < Longest;)
        {
            if (!IsNamePart(wireName[at]))
            {
                at++;
                continue;
            }

            var end = at;
            while (end < wireName.Length && IsNamePart(wireName[end])) end++;
            AppendPart(name, wireName, at, Math.Min(end, at + Longest));
            at = end;
        }

        if (name.Length == 0) return Symbols(wireName);
        if (IsDigit(name[0]) || !IsNameStart(name[0])) name.Insert(0, '_');
        return name.ToString();
    }

    /// <summary><c>out_trade_no</c> → <c>outTradeNo</c>; a keyword gets an <c>@</c>.</summary>
    public static string Argument(string wireName)
    {
        var pascal = Pascal(wireName);
        var name = char.ToLowerInvariant(pascal[0]) + pascal.Substring(1);
        return Keywords.Contains(name) ? "@" + name : name;
    }

    /// <summary>The class of a shared shape: its name as it stands where that is a C# class name, so that both read the same.</summary>
    [MethodImpl(HotPath.Optimized)]
    public static string Shared(string name)
    {
        // A name in lower case might be a keyword, of today or of a later C#.
        var fits = name.Length is > 0 and <= Longest && (name[0] == '_' || (IsNameStart(name[0]) && !char.IsLower(name[0])));
        for (var i = 1; fits && i < name.Length; i++) fits = name[i] == '_' || IsNamePart(name[i]);
        return fits ? name : Pascal(name);
    }

    /// <summary>
    /// The class of a notification: <c>TRANSACTION.SUCCESS</c> → <c>TransactionSuccess</c>. Notices of APIv2 without an event on the wire are named
    /// after their file: <c>transaction-success</c> → <c>TransactionSuccessNotice</c>, which cannot meet the event of that name.
    /// </summary>
    [MethodImpl(HotPath.Optimized)]
    public static string Notification(string eventType, bool isVersion2)
    {
        var isFileName = false;
        foreach (var c in eventType) isFileName |= char.IsLower(c);
        return isVersion2 && isFileName ? Pascal(eventType) + "Notice" : Pascal(eventType);
    }

    [MethodImpl(HotPath.Optimized)]
    private static void AppendPart(StringBuilder name, string wireName, int start, int end)
    {
        if (name.Length > 0 && IsDigit(name[name.Length - 1]) && IsDigit(wireName[start])) name.Append('_');
        var lower = IsAllCapitals(wireName, start, end);
        name.Append(char.ToUpperInvariant(wireName[start]));
        for (var i = start + 1; i < end; i++) name.Append(lower ? char.ToLowerInvariant(wireName[i]) : wireName[i]);
    }

    /// <summary>Words of capitals such as <c>SUCCESS</c> and <c>HMAC</c>; digits do not decide.</summary>
    [MethodImpl(HotPath.Optimized)]
    private static bool IsAllCapitals(string wireName, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (char.IsLetter(wireName[i]) && !char.IsUpper(wireName[i])) return false;
        }

        return true;
    }

    /// <summary>A name without a single letter or digit, e.g. <c>*</c>.</summary>
    [MethodImpl(HotPath.Optimized)]
    private static string Symbols(string wireName)
    {
        var name = new StringBuilder("Symbol");
        foreach (var c in wireName)
        {
            if (name.Length >= Longest) break;
            name.Append(((int)c).ToString("X2", CultureInfo.InvariantCulture));
        }

        return name.ToString();
    }

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static bool IsNameStart(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber;

    /// <summary>What C# allows inside an identifier, without <c>_</c>, which separates.</summary>
    private static bool IsNamePart(char c) => c < '\u0080'
        ? c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or (>= 'A' and <= 'Z')
        : IsNameStart(c) || char.GetUnicodeCategory(c)
        is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
