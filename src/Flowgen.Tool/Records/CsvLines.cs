using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;
using Flowgen.Log;
using Flowgen.Runtime;

namespace Flowgen.Tool.Records;

/// <summary>
/// Records as CSV with the columns partition, offset, timestamp, key, headers, value. Key and value of bytes without schema are a
/// <see cref="CsvCell"/> each; a value with a schema, and headers if there are any, are JSON.
/// </summary>
internal static class CsvLines
{
    public static readonly string[] Columns = ["partition", "offset", "timestamp", "key", "headers", "value"];

    private const string NoHeaders = "{}";
    private const int MaxRecordBytes = 64 << 20;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes records.</summary>
    public sealed class Writer : IDisposable
    {
        private readonly CsvWriter _csv;
        private readonly StringPool _strings = new();

        public Writer(Stream output)
        {
            _csv = CsvWriter.Create(output, CsvWriterOptions.Default with { NewLine = "\n" }, leaveOpen: true);
            _csv.WriteHeader(Columns);
        }

        public void Write(PartitionCursor cursor, RecordSchema? schema)
        {
            LogRecord record = cursor.Current;
            _csv.WriteField(cursor.Partition, default);
            _csv.WriteField(record.Offset, default);
            _csv.WriteField(RecordLineWriter.FormatTime(record.Timestamp));
            _csv.WriteField(Cell(json => RecordLineWriter.WriteKey(json, schema, cursor.Current)));
            string headers = Cell(json => RecordLineWriter.WriteHeaders(json, schema, cursor.Current.Headers));
            _csv.WriteField(headers == NoHeaders ? "" : headers);
            _csv.WriteField(Cell(json => RecordLineWriter.WriteValue(json, schema, cursor.Current, cursor.Buffer, _strings)));
            _csv.EndRecord();
        }

        public void Dispose() => _csv.Dispose();

        private static string Cell(Action<Utf8JsonWriter> write)
        {
            using var bytes = new MemoryStream();
            using (var json = new Utf8JsonWriter(bytes, Readable))
                write(json);
            using JsonDocument document = JsonDocument.Parse(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
            return CsvCell.Of(document.RootElement);
        }
    }

    /// <summary>Reads records as JSON lines.</summary>
    public sealed class Reader(Stream input, RecordSchema? schema) : IDisposable
    {
        private readonly bool _keyIsText = CsvCell.HasTextKey(schema);
        private readonly CsvReader _csv = CsvReader.Create(input, CsvReaderOptions.Default with { Separator = ',', MaxRecordSize = MaxRecordBytes, TrackLineNumbers = true }, leaveOpen: true);

        /// <summary>Number of the line that the record at hand starts in.</summary>
        public long Line => _csv.LineNumber;

        public byte[]? Read()
        {
            if (!_csv.Read())
                return null;
            if (!_csv.TryGetFieldIndex("value", out _))
                throw new ToolException($"line 1: the columns of the CSV must be named, such as {string.Join(',', Columns)}; 'value' is needed");
            var json = new StringBuilder("{");
            foreach (string column in Columns)
            {
                bool isThere = _csv.TryGetFieldIndex(column, out int index) && index < _csv.FieldCount;
                string cell = isThere ? _csv.GetString(index) : "";
                json.Append(json.Length > 1 ? "," : "").Append('"').Append(column).Append("\":").Append(CsvCell.ToJson(cell, IsText(column)));
            }

            return Encoding.UTF8.GetBytes(json.Append('}').ToString());
        }

        private bool IsText(string column) => column switch
        {
            "key" => _keyIsText,
            "value" => schema is null,
            _ => false,
        };

        public void Dispose() => _csv.Dispose();
    }
}
