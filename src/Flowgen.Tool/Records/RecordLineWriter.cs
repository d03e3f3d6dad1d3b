using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Flowgen.Log;
using Flowgen.Runtime;

namespace Flowgen.Tool.Records;

/// <summary>Writes records as JSON lines: <c>{"topic","partition","offset","timestamp","key","headers","value"}</c>.</summary>
internal sealed class RecordLineWriter(Stream output, string topic, TopicSchemas schemas) : IDisposable
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly BufferedStream _buffer = new(output, 1 << 16);
    private readonly StringPool _strings = new();
    private Utf8JsonWriter? _json;

    public void Write(PartitionCursor cursor)
    {
        Utf8JsonWriter json = Restart();
        LogRecord record = cursor.Current;
        RecordSchema? schema = schemas.Find(cursor.SchemaId);
        json.WriteStartObject();
        json.WriteString("topic", topic);
        json.WriteNumber("partition", cursor.Partition);
        json.WriteNumber("offset", record.Offset);
        json.WritePropertyName("timestamp");
        WriteTime(json, record.Timestamp);
        json.WritePropertyName("key");
        WriteKey(json, schema, in record);
        json.WritePropertyName("headers");
        WriteHeaders(json, schema, record.Headers);
        json.WritePropertyName("value");
        WriteValue(json, schema, in record, cursor.Buffer, _strings);
        json.WriteEndObject();
        json.Flush();
        _buffer.WriteByte((byte)'\n');
    }

    public void Flush() => _buffer.Flush();

    public void Dispose()
    {
        _json?.Dispose();
        _buffer.Flush();
    }

    /// <summary>A time as ISO 8601 in UTC, with milliseconds; one that no calendar has as Unix milliseconds.</summary>
    public static string FormatTime(long unixMilliseconds) => IsInCalendar(unixMilliseconds)
        ? DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
        : unixMilliseconds.ToString(CultureInfo.InvariantCulture);

    public static void WriteTime(Utf8JsonWriter json, long unixMilliseconds)
    {
        if (IsInCalendar(unixMilliseconds))
            json.WriteStringValue(FormatTime(unixMilliseconds));
        else
            json.WriteNumberValue(unixMilliseconds);
    }

    public static void WriteKey(Utf8JsonWriter json, RecordSchema? schema, in LogRecord record)
    {
        if (!record.HasKey)
            json.WriteNullValue();
        else if (schema is null || schema.Key.IsEmpty)
            RawBytes.Write(json, record.Key);
        else
            SchemaJson.WriteKey(json, schema, record.Key);
    }

    public static void WriteValue(Utf8JsonWriter json, RecordSchema? schema, in LogRecord record, byte[] buffer, StringPool strings)
    {
        if (record.IsTombstone)
            json.WriteNullValue();
        else if (schema is null)
            RawBytes.Write(json, record.Value);
        else
            SchemaJson.WriteValue(json, schema, in record, buffer, strings);
    }

    // Headers that hold a member of the record are shown with its value, and masked there.
    public static void WriteHeaders(Utf8JsonWriter json, RecordSchema? schema, LogHeaders headers)
    {
        json.WriteStartObject();
        foreach (LogHeader header in headers)
        {
            string name = header.Name;
            if (schema is not null && schema.Members.Any(member => member.Header == name))
                continue;
            json.WritePropertyName(name);
            if (header.IsNull)
                json.WriteNullValue();
            else
                RawBytes.Write(json, header.Value);
        }

        json.WriteEndObject();
    }

    private static bool IsInCalendar(long unixMilliseconds) =>
        unixMilliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && unixMilliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private Utf8JsonWriter Restart()
    {
        if (_json is null)
            _json = new Utf8JsonWriter(_buffer, Readable);
        else
            _json.Reset();
        return _json;
    }
}
