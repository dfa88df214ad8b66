using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.Markdown;
using WeChatPay.Specs.Samples;

namespace WeChatPay.Specs.Binding;

/// <summary>The samples beside the typedefs: what is posted, and its content decrypted.</summary>
internal sealed record NotificationSamples(SampleNode? Envelope, SampleNode? Content)
{
    /// <summary>Longer samples do not occur; it bounds the work.</summary>
    private const int Longest = 256 * 1024;

    public static NotificationSamples Read(SpecDocument document, string text, DiagnosticSink sink)
    {
        var envelopes = new List<SampleNode>();
        var contents = new List<SampleNode>();
        var others = new List<SampleNode>();
        foreach (var fence in document.Fences)
        {
            if (fence.ContentEnd - fence.ContentStart > Longest || ReadFence(fence, text, sink) is not { } sample) continue;
            var isContent = document.Boxes.Any(b => fence.Start >= b.Start && fence.Start < b.End && (b.Text.Contains("解密") || b.Text.Contains("明文")));
            if (isContent) contents.Add(sample);
            else if (IsEnvelope(sample)) envelopes.Add(sample);
            else if (!IsReply(sample)) others.Add(sample);
        }

        return new NotificationSamples(SampleTypes.Merge(envelopes), SampleTypes.Merge(contents.Count > 0 ? contents : others));
    }

    private static SampleNode? ReadFence(SpecFence fence, string text, DiagnosticSink sink)
    {
        var language = fence.Language.Split(' ', '{', ':', '[')[0];
        return language.ToLowerInvariant() switch
        {
            "json" or "json5" or "jsonc" => JsonSampleReader.Read(text, fence.ContentStart, fence.ContentEnd, sink),
            "xml" or "html" => XmlSampleReader.Read(text, fence.ContentStart, fence.ContentEnd, sink),
            _ => null,
        };
    }

    /// <summary>An encrypted part, or the signature of a version 2 notification.</summary>
    private static bool IsEnvelope(SampleNode sample)
        => sample.Find("resource")?.Find("ciphertext") is not null || sample.Find("req_info") is not null || sample.Find("event_ciphertext") is not null
            || (sample.Find("sign") is not null && sample.Find("nonce_str") is not null);

    /// <summary>What the merchant answers: <c>code</c> and <c>message</c>.</summary>
    private static bool IsReply(SampleNode sample)
        => sample.Members.Count <= 2 && sample.Members.All(m => m.Name is "code" or "message" or "return_code" or "return_msg");
}
