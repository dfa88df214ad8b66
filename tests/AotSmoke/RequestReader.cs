using System.Globalization;
using System.IO;
using System.Text;

namespace AotSmoke;

/// <summary>A request as it came over the socket.</summary>
internal sealed record RawRequest(string Method, string Target, Dictionary<string, string> Headers, string Body);

/// <summary>Reads HTTP/1.1 requests with a Content-Length, one after the other.</summary>
internal static class RequestReader
{
    /// <summary>Null when the client has closed the connection.</summary>
    public static async Task<RawRequest?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = await ReadHeadAsync(stream, cancellationToken);
        if (head is null)
            return null;

        var lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var requestLine = lines[0].Split(' ');
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, cancellationToken);
        return new RawRequest(requestLine[0], requestLine[1], headers, Encoding.UTF8.GetString(body));
    }

    private static async Task<string?> ReadHeadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new List<byte>(1024);
        var next = new byte[1];
        while (!EndsWithEmptyLine(head))
        {
            if (await stream.ReadAsync(next, cancellationToken) == 0)
                return null;

            head.Add(next[0]);
        }

        return Encoding.ASCII.GetString([.. head]);
    }

    private static bool EndsWithEmptyLine(List<byte> head)
        => head.Count >= 4 && head[^4] == '\r' && head[^3] == '\n' && head[^2] == '\r' && head[^1] == '\n';
}
