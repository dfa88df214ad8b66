using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace WeChatPay.AspNetCore;

/// <summary>What the endpoint tells the rest of the application about itself.</summary>
internal static class NotificationEndpointMetadata
{
    public static object[] All { get; } = [new SizeLimit(), new ExcludeFromDescriptionAttribute()];

    /// <summary>Lets the server refuse a longer body before it is read. The handler counts by itself, because not every server looks at this.</summary>
    private sealed class SizeLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => RawBody.ServerLimit;
    }
}
