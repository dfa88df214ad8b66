using System.IO;

namespace WeChatPay.Uploads;

/// <summary>The media type of a file by the end of its name: what the upload operations take.</summary>
internal static class MediaTypes
{
    private const string Unknown = "application/octet-stream";

    public static string Of(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".jpg" or ".jpeg" => "image/jpeg",
        ".png" => "image/png",
        ".bmp" => "image/bmp",
        ".gif" => "image/gif",
        ".avi" => "video/x-msvideo",
        ".wmv" => "video/x-ms-wmv",
        ".mpeg" => "video/mpeg",
        ".mp4" or ".m4v" => "video/mp4",
        ".mov" => "video/quicktime",
        ".mkv" => "video/x-matroska",
        ".flv" => "video/x-flv",
        ".pdf" => "application/pdf",
        ".ofd" => "application/ofd",
        ".zip" => "application/zip",
        ".csv" => "text/csv",
        ".txt" => "text/plain",
        _ => Unknown,
    };
}
