using WeChatPay.Serialization;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Operations that send a file, and one of a host of its own, as the generator writes them.</summary>
internal sealed class UploadsResource(WeChatPayResourceContext context) : WeChatPayResource(context)
{
    private static readonly WeChatPayOperationDescriptor Image = new("POST", "/v3/merchant/media/upload") { Body = WeChatPayBodyKind.Multipart };

    public Task<Media> ImageAsync(WeChatPayFile file, string? meta = null, WeChatPayRequestOptions? options = null, CancellationToken cancellationToken = default)
        => SendForAnswerAsync<Media>(Image, new MediaRequest { File = file, Meta = meta }, options, cancellationToken);

    public Task<Media> FormAsync(MediaFormRequest? request, CancellationToken cancellationToken = default)
        => SendForAnswerAsync<Media>(Image, request, null, cancellationToken);

    public Task<Media> AtAsync(string host, string verb = "GET", CancellationToken cancellationToken = default)
        => SendForAnswerAsync<Media>(new(verb, "/v3/service") { Host = host }, null, null, cancellationToken);
}

internal sealed class MediaRequest : IWeChatPayUploadRequest
{
    public required WeChatPayFile? File { get; set; }

    public string? Meta { get; set; }

    void IWeChatPayUploadRequest.WriteUpload(UploadWriter w)
    {
        w.Meta("meta", Meta);
        w.File("file", File);
    }
}

/// <summary>A meta with members of its own.</summary>
internal sealed class MediaFormRequest : IWeChatPayUploadRequest
{
    public required WeChatPayFile File { get; set; }

    public MediaFormMeta? Meta { get; set; }

    public string? Note { get; set; }

    void IWeChatPayUploadRequest.WriteUpload(UploadWriter w)
    {
        w.File("submission_file", File);
        w.MetaObject("meta", Meta, "file_name", "file_digest");
        w.Text("note", Note);
    }
}

internal sealed class MediaFormMeta : IJsonWritable
{
    public string? FileName { get; set; }

    public string? FileDigest { get; set; }

    public string? Phone { get; set; }

    public string? ItemId { get; set; }

    void IJsonWritable.Write(JsonBodyWriter w)
    {
        w.Text("file_name"u8, FileName);
        w.Text("file_digest"u8, FileDigest);
        w.Text("item_id"u8, ItemId);
        w.Encrypted("phone"u8, Phone);
    }
}

internal sealed class Media : WeChatPayResponse, IJsonReadable<Media>
{
    public string? MediaId { get; init; }

    public static Media Read(ref JsonBodyReader r)
    {
        string? mediaId = null;
        do
        {
            if (r.At("media_id"u8))
                mediaId = r.Text();
        }
        while (r.More());
        return new() { MediaId = mediaId };
    }
}
