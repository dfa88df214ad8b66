using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WeChatPay.Serialization;

/// <summary>Lets System.Text.Json read the decrypted resource of a notification, with the code that reads notifications.</summary>
/// <remarks>Writing is not supported, because resources have no writer: store the JSON that the notification carries.</remarks>
/// <typeparam name="T">The resource.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class NotificationJsonConverter<T> : JsonConverter<T>
    where T : class, INotificationResource<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => ForeignJson.Read<T>(ForeignJson.Take(ref reader));

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        => throw new NotSupportedException(
            $"{typeof(T)} is read from a notification and never written. Store what WeChatPayNotification.GetResourceJson() returns instead.");
}
