using System.Globalization;
using System.Text.Json;
using Flowgen.Log;
using Flowgen.Runtime;

namespace Flowgen.Tool.Records;

/// <summary>Takes JSON lines as <see cref="RecordLineWriter"/> writes them. Topic, partition and offset of a line say where it came from, not where it goes.</summary>
internal sealed class RecordLineReader(RecordSchema? schema, TimeProvider time)
{
    private static readonly string[] Known = ["topic", "partition", "offset", "timestamp", "key", "headers", "value"];

    private readonly JsonRecord _typed = new();
    private readonly ByteBuffer _key = new();
    private readonly ByteBuffer _value = new();

    /// <summary>Reads a line into a batch of the partition that its key belongs to.</summary>
    /// <param name="line">A line of JSON.</param>
    /// <param name="choose">Gives the batch; told the key bytes, or that there is no key.</param>
    /// <exception cref="ToolException">The line is not such a record.</exception>
    /// <exception cref="RecordFormatException">A member does not fit.</exception>
    public void Read(ReadOnlyMemory<byte> line, ChooseBatch choose)
    {
        using JsonDocument document = Parse(line);
        JsonElement json = document.RootElement;
        Check(json);
        KeyValuePair<string, byte[]?>[] headers = Headers(json);
        if (schema is null)
            ReadRaw(json, headers, choose);
        else
            ReadTyped(schema, json, headers, choose);
    }

    public delegate BatchBuilder ChooseBatch(bool hasKey, ReadOnlySpan<byte> key);

    private static JsonDocument Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException cause)
        {
            throw new ToolException(string.Create(CultureInfo.InvariantCulture, $"this is not JSON, at byte {cause.BytePositionInLine + 1}; expected {{\"value\":…}}"));
        }
    }

    private void Check(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("value", out _))
            throw new ToolException($"expected an object with \"value\", such as {{\"value\":{(schema is null ? "\"text\"" : "{…}")}}}, not {Shorten.Json(json)}");
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (!Known.Contains(property.Name))
                throw new ToolException($"'{Shorten.Text(property.Name)}' is unknown: a line has {string.Join(", ", Known)}");
        }
    }

    private void ReadTyped(RecordSchema shape, JsonElement json, KeyValuePair<string, byte[]?>[] headers, ChooseBatch choose)
    {
        JsonElement value = json.GetProperty("value");
        if (value.ValueKind != JsonValueKind.Null)
            _typed.Read(shape, value);
        else if (Optional(json, "key") is { } key)
            _typed.ReadTombstone(shape, key);
        else
            throw new ToolException("a null value removes a key from the topic, and needs \"key\"");
        _typed.AppendTo(choose(_typed.HasKey, _typed.Key), _typed.EventTime ?? Timestamp(json), headers);
    }

    private void ReadRaw(JsonElement json, KeyValuePair<string, byte[]?>[] headers, ChooseBatch choose)
    {
        JsonElement? key = Optional(json, "key");
        JsonElement? value = Optional(json, "value");
        Fill(_key, key, "key");
        Fill(_value, value, "value");
        long timestamp = Timestamp(json);

        BatchBuilder batch = choose(key is not null, _key.Written);
        batch.BeginRecord(timestamp);
        batch.Data.Write(_key.Written);
        batch.EndKey(isNull: key is null);
        batch.Data.Write(_value.Written);
        batch.EndValue(isNull: value is null);
        foreach ((string name, byte[]? header) in headers)
        {
            if (header is null)
                batch.AddNullHeader(name);
            else
                batch.AddHeader(name, header);
        }

        batch.EndRecord();
    }

    private static void Fill(ByteBuffer buffer, JsonElement? json, string member)
    {
        buffer.Clear();
        if (json is { } bytes)
            RawBytes.Read(bytes, member, buffer, "; the topic has no schema: an app that declares its records registers one when it is created");
    }

    private long Timestamp(JsonElement json)
    {
        if (Optional(json, "timestamp") is not { } timestamp)
            return time.GetUtcNow().ToUnixTimeMilliseconds();
        if (timestamp.ValueKind == JsonValueKind.Number && timestamp.TryGetInt64(out long milliseconds))
            return milliseconds;
        return timestamp.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(timestamp.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant)
                ? instant.ToUnixTimeMilliseconds()
                : throw new ToolException($"'timestamp' must be a time such as \"2001-01-31T23:59:00Z\" or Unix milliseconds, not {Shorten.Json(timestamp)}");
    }

    private KeyValuePair<string, byte[]?>[] Headers(JsonElement json)
    {
        if (Optional(json, "headers") is not { } headers)
            return [];
        if (headers.ValueKind != JsonValueKind.Object)
            throw new ToolException($"'headers' must be an object of names and texts, not {Shorten.Json(headers)}");
        return [.. headers.EnumerateObject().Select(Header)];
    }

    private KeyValuePair<string, byte[]?> Header(JsonProperty header)
    {
        if (schema is not null && schema.Members.Any(member => member.Header == header.Name))
            throw new ToolException($"header '{header.Name}' holds a member of '{schema.Name}': give it in 'value'");
        if (header.Value.ValueKind == JsonValueKind.Null)
            return new(header.Name, null);
        var bytes = new ByteBuffer();
        RawBytes.Read(header.Value, $"headers.{header.Name}", bytes);
        return new(header.Name, bytes.Written.ToArray());
    }

    private static JsonElement? Optional(JsonElement json, string member) =>
        json.TryGetProperty(member, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
