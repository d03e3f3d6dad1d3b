using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Flowgen.Log;
using Flowgen.Runtime;
using Flowgen.Tool.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Flowgen.Tool.Records;

/// <summary>Writes records as tables for people: a page at a time, a column for each member.</summary>
internal sealed class RecordTableWriter(ToolIo io, TopicSchemas schemas)
{
    private const int PageRows = 500;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly StringPool _strings = new();
    private Table? _page;
    private int _schemaId;

    public void Write(PartitionCursor cursor)
    {
        RecordSchema? schema = schemas.Find(cursor.SchemaId);
        if (_page is not null && (cursor.SchemaId != _schemaId || _page.Rows.Count == PageRows))
            Flush();
        _schemaId = cursor.SchemaId;
        _page ??= StartPage(schema);
        _page.AddRow(Cells(schema, cursor));
    }

    public void Flush()
    {
        if (_page is not null)
            TableOutput.Write(io, _page);
        _page = null;
    }

    private Table StartPage(RecordSchema? schema)
    {
        Table page = TableOutput.Create(io, TableOutput.Right("Partition"), TableOutput.Right("Offset"), TableOutput.Left("Timestamp"));
        if (schema is null)
            return page.AddColumn(TableOutput.Left("key")).AddColumn(TableOutput.Left("value"));
        foreach (RecordMember member in Shown(schema))
            page.AddColumn(IsNumber(member.Type) ? TableOutput.Right(member.JsonName) : TableOutput.Left(member.JsonName));
        return page;
    }

    private List<IRenderable> Cells(RecordSchema? schema, PartitionCursor cursor)
    {
        LogRecord record = cursor.Current;
        List<IRenderable> cells =
        [
            TableOutput.Cell(cursor.Partition.ToString(CultureInfo.InvariantCulture)),
            TableOutput.Cell(record.Offset.ToString(CultureInfo.InvariantCulture)),
            TableOutput.Cell(RecordLineWriter.FormatTime(record.Timestamp)),
        ];
        JsonElement value = Value(schema, cursor);
        if (schema is null)
            cells.AddRange([TableOutput.Cell(Show(Key(schema, cursor))), TableOutput.Cell(Show(value))]);
        else if (record.IsTombstone)
            cells.AddRange(DeletedCells(schema, Key(schema, cursor)));
        else
            cells.AddRange(Shown(schema).Select(member => TableOutput.Cell(Show(value.GetProperty(member.JsonName)))));
        return cells;
    }

    private static IEnumerable<IRenderable> DeletedCells(RecordSchema schema, JsonElement key) => Shown(schema).Select(member => TableOutput.Cell(
        member.KeyOrder < 0 ? "(deleted)"
        : schema.Key.Length == 1 ? Show(key)
        : Show(key.GetProperty(member.JsonName))));

    private static JsonElement Key(RecordSchema? schema, PartitionCursor cursor) => ToElement(json =>
    {
        LogRecord record = cursor.Current;
        RecordLineWriter.WriteKey(json, schema, in record);
    });

    private JsonElement Value(RecordSchema? schema, PartitionCursor cursor) => ToElement(json =>
    {
        LogRecord record = cursor.Current;
        RecordLineWriter.WriteValue(json, schema, in record, cursor.Buffer, _strings);
    });

    private static JsonElement ToElement(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
            write(json);
        return JsonElement.Parse(bytes.ToArray());
    }

    private static string Show(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => OneLine(json.GetString()!),
        _ => json.GetRawText(),
    };

    private static string OneLine(string text)
    {
        if (!text.Any(char.IsControl))
            return text;
        var line = new StringBuilder(text);
        for (int i = 0; i < line.Length; i++)
        {
            if (char.IsControl(line[i]))
                line[i] = ' ';
        }

        return line.ToString();
    }

    private static IEnumerable<RecordMember> Shown(RecordSchema schema) => schema.Members.Where(member => !member.IsComputed);

    private static bool IsNumber(MemberType type) => type.Kind is >= MemberKind.Byte and <= MemberKind.Decimal;
}
