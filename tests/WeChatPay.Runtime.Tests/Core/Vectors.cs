using System.IO;
using System.Text.Json;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>The recorded messages of tests/vectors, row by row.</summary>
internal static class Vectors
{
    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "vectors", file);

    public static IReadOnlyDictionary<string, JsonElement> Cases(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(PathOf(file)));
        return document.RootElement.GetProperty("cases").EnumerateArray().ToDictionary(row => row.GetProperty("name").GetString()!, row => row.Clone());
    }

    public static string Text(this JsonElement row, string name) => row.GetProperty(name).GetString()!;

    public static byte[] Bytes(this JsonElement row, string name) => Convert.FromBase64String(row.Text(name));
}
