using System.IO;
using System.Security;
using System.Security.Cryptography;
using System.Text;

namespace WeChatPay.Hosting;

/// <summary>
/// Reads key material from a file that configuration names. What stands there is never repeated in a problem: people paste the key itself where its path belongs.
/// </summary>
/// <param name="contentRoot">Where relative paths begin; null: the current directory.</param>
internal sealed class KeyFile(string? contentRoot)
{
    /// <summary>No key and no bundle of certificates comes near it.</summary>
    private const int MostBytes = 256 * 1024;

    /// <summary>Reads the bytes.</summary>
    /// <param name="path">What the configuration says.</param>
    /// <param name="problem">What is wrong, to be put after the key's name.</param>
    public byte[]? Read(string path, out string? problem)
    {
        problem = null;
        if (path.Contains("-----BEGIN", StringComparison.Ordinal) || path.AsSpan().ContainsAny('\r', '\n', '\0'))
        {
            problem = "takes the path of a file and holds the content: set the key without 'File' at its end, or put the content into a file.";
            return null;
        }

        var buffer = new byte[MostBytes + 1];
        try
        {
            using var stream = File.OpenRead(Path.Combine(contentRoot ?? Directory.GetCurrentDirectory(), path));
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            problem = length > MostBytes ? $"names a file of more than {MostBytes / 1024} KB, which is no key: name the right file."
                : length == 0 ? "names a file that is empty: put the key into it."
                : null;
            return problem is null ? buffer.AsSpan(0, length).ToArray() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or SecurityException)
        {
            // Without the exception's text, which repeats the path.
            problem = e is FileNotFoundException or DirectoryNotFoundException
                ? $"names a file that is not there: correct the path; a relative one begins at {contentRoot ?? "the current directory"}."
                : $"names a file that cannot be read ({e.GetType().Name}): let this process read it, or correct the path.";
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }

    /// <summary>Reads a file of text: PEM, or a secret in one line. DER becomes base64, which is a form of text that keys may have.</summary>
    /// <param name="path">What the configuration says.</param>
    /// <param name="problem">What is wrong, to be put after the key's name.</param>
    public string? ReadText(string path, out string? problem)
    {
        if (Read(path, out problem) is not { } bytes)
        {
            return null;
        }

        try
        {
            // A DER sequence: 0x30 and a long length, which no text has.
            return bytes is [0x30, >= 0x80, ..]
                ? Convert.ToBase64String(bytes)
                : Encoding.UTF8.GetString(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(3) : bytes).TrimEnd('\r', '\n');
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
