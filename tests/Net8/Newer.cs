using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace WeChatPay.Tests.Net8;

/// <summary>What the tests use of newer versions of .NET, for the run on .NET 8. The code under test never sees it.</summary>
internal static class Newer
{
    extension(Convert)
    {
        public static string ToHexStringLower(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
    }

    extension(JsonElement)
    {
        public static bool DeepEquals(JsonElement left, JsonElement right)
            => JsonNode.DeepEquals(JsonNode.Parse(left.GetRawText()), JsonNode.Parse(right.GetRawText()));
    }

    extension(Task)
    {
        public static async IAsyncEnumerable<Task<T>> WhenEach<T>(IEnumerable<Task<T>> tasks)
        {
            List<Task<T>> open = [.. tasks];
            while (open.Count > 0)
            {
                var next = await Task.WhenAny(open);
                open.Remove(next);
                yield return next;
            }
        }
    }
}
