using System.Text.Json;
using System.Text.Unicode;
using Flowgen.Log;

namespace Flowgen.Tool.Records;

/// <summary>Bytes without schema as JSON: text where they are UTF-8, else <c>{"base64":"…"}</c>.</summary>
internal static class RawBytes
{
    private const string Base64 = "base64";

    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            json.WriteStringValue(bytes);
            return;
        }

        json.WriteStartObject();
        json.WriteBase64String(Base64, bytes);
        json.WriteEndObject();
    }

    /// <exception cref="ToolException">The JSON is neither of both.</exception>
    /// <param name="json">The JSON.</param>
    /// <param name="member">What it is, for the message.</param>
    /// <param name="to">Where the bytes go.</param>
    /// <param name="hint">What may be the reason, for the message.</param>
    public static void Read(JsonElement json, string member, ByteBuffer to, string hint = "")
    {
        if (json.ValueKind == JsonValueKind.String)
            to.WriteUtf8(json.GetString());
        else if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty(Base64, out JsonElement text) && text.ValueKind == JsonValueKind.String && text.TryGetBytesFromBase64(out byte[]? bytes))
            to.Write(bytes);
        else
            throw new ToolException($"'{member}' must be text or {{\"base64\":\"…\"}}, not {Shorten.Json(json)}{hint}");
    }
}
