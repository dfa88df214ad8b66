using System.Text.Json;

namespace WeChatPay.Transport;

/// <summary>
/// Nothing that is signed names the request, so a valid answer about one order could stand in for that about another. Members that
/// repeat the request's own values have to be those values.
/// </summary>
internal static class EchoCheck
{
    /// <summary>Compares an answer with its request.</summary>
    /// <returns>The failure, or null. Bytes that are no JSON object are left to those who read them.</returns>
    public static WeChatPaySignatureException? Check(WeChatPayCall call, ReadOnlySpan<byte> answer)
    {
        var echoes = call.Operation.Echoes;
        if (echoes.Count == 0)
        {
            return null;
        }

        try
        {
            if (!TopLevelJson.TryEnter(answer, out var reader))
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = Matching(echoes, ref reader);
                reader.Read();
                if (name is null || reader.TokenType == JsonTokenType.Null)
                {
                    reader.Skip();
                }
                else if (!call.Sent(name, TopLevelJson.Scalar(ref reader)))
                {
                    return new(
                        WeChatPaySignatureFailure.EchoMismatch,
                        $"The answer is signed, but its member '{name}' is not the value that the request named: it belongs to another request.");
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Whoever reads the document reports what is wrong with it.
        }

        return null;
    }

    private static string? Matching(IReadOnlyList<string> echoes, ref Utf8JsonReader reader)
    {
        for (var i = 0; i < echoes.Count; i++)
        {
            if (reader.ValueTextEquals(echoes[i]))
            {
                return echoes[i];
            }
        }

        return null;
    }
}
