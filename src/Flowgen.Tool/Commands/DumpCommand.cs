using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Flowgen.Log;
using Flowgen.Tool.Output;
using Flowgen.Tool.Records;
using Spectre.Console;

namespace Flowgen.Tool.Commands;

/// <summary><c>flow dump FILE</c>: what is in one segment or commit file, whatever has become of it.</summary>
internal static class DumpCommand
{
    public static Command Create(ToolIo io)
    {
        var file = new Argument<FileInfo>("file") { Description = "A segment (topics/…/*.segment) or a commit file (commits/*.commits)" };
        var records = new Option<bool>("--records") { Description = "The records of the batches, too, as JSON lines of bytes without schema: sensitive members are not masked" };
        var command = new Command("dump", "Show the batches of one segment, or the records of one commit file; damaged parts are shown as such") { file, records };
        command.SetAction(parsed =>
        {
            FileInfo named = parsed.GetRequiredValue(file);
            if (!named.Exists)
                throw new ToolException($"there is no file '{named.FullName}'");
            if (named.Extension is not (".commits" or ".segment"))
                throw new ToolException($"'{named.FullName}' is neither a segment (*.segment) nor a commit file (*.commits)");
            if (named.Extension == ".commits")
                DumpCommits(io, named.FullName);
            else if (parsed.GetValue(records))
                DumpRecords(io, named.FullName);
            else
                DumpBatches(io, named.FullName);
        });
        return command;
    }

    private static void DumpCommits(ToolIo io, string path)
    {
        Table table = TableOutput.Create(io, TableOutput.Right("Position"), TableOutput.Right("Bytes"), TableOutput.Right("Commit"), TableOutput.Left("Time"), TableOutput.Right("Entries"), TableOutput.Right("Journal"), TableOutput.Left(""));
        foreach (CommitSummary commit in CommitSummary.ReadFile(path))
        {
            bool isWhole = commit.Defect is null;
            table.AddRow(
                TableOutput.Cell(commit.Position),
                TableOutput.Cell(commit.Bytes),
                isWhole ? TableOutput.Cell(commit.Sequence) : TableOutput.Cell(""),
                TableOutput.Cell(isWhole ? RecordLineWriter.FormatTime(commit.Time) : ""),
                isWhole ? TableOutput.Cell(commit.EntryBytes) : TableOutput.Cell(""),
                isWhole ? TableOutput.Cell(commit.JournalBytes) : TableOutput.Cell(""),
                TableOutput.Cell(commit.Defect is { } defect ? $"damaged: {defect}" : commit.IsCheckpoint ? "checkpoint" : ""));
        }

        TableOutput.Write(io, table);
    }

    private static void DumpBatches(ToolIo io, string path)
    {
        using SegmentFile segment = SegmentFile.Open(path);
        WriteHeader(io, segment);
        Table table = TableOutput.Create(io, TableOutput.Right("Position"), TableOutput.Right("Bytes"), TableOutput.Right("Offset"), TableOutput.Right("Last"), TableOutput.Right("Records"), TableOutput.Left("Newest"), TableOutput.Right("Schema"), TableOutput.Left(""));
        while (segment.TryNext())
        {
            if (segment.Defect is { } defect)
                table.AddRow(TableOutput.Cell(segment.Position), TableOutput.Cell(segment.StretchBytes), TableOutput.Cell(""), TableOutput.Cell(""), TableOutput.Cell(""), TableOutput.Cell(""), TableOutput.Cell(""), TableOutput.Cell($"damaged: {defect}"));
            else
                table.AddRow(TableOutput.Cell(segment.Position), TableOutput.Cell(segment.StretchBytes), TableOutput.Cell(segment.Batch.BaseOffset), TableOutput.Cell(segment.Batch.LastOffset), TableOutput.Cell(segment.Batch.Count), TableOutput.Cell(Time(segment.Batch)), TableOutput.Cell(segment.Batch.SchemaId), TableOutput.Cell(Kind(segment.Batch)));
        }

        TableOutput.Write(io, table);
    }

    private static void WriteHeader(ToolIo io, SegmentFile segment)
    {
        using StreamWriter text = io.OpenText();
        text.WriteLine(segment.HeaderDefect ?? string.Create(CultureInfo.InvariantCulture, $"topic {segment.TopicId}, partition {segment.Partition}, base offset {segment.BaseOffset:N0}, {Bytes.Format(segment.Length)}"));
        text.WriteLine();
    }

    private static string Time(in RecordBatch batch) => batch.Count == 0 ? "" : RecordLineWriter.FormatTime(batch.MaxTimestamp);

    private static string Kind(in RecordBatch batch)
    {
        string kind = batch.IsFixed ? "fixed" : "";
        return batch.ProducerId < 0 ? kind : string.Create(CultureInfo.InvariantCulture, $"{kind} producer {batch.ProducerId}").Trim();
    }

    private static void DumpRecords(ToolIo io, string path)
    {
        using SegmentFile segment = SegmentFile.Open(path);
        using var buffer = new BufferedStream(io.Output, 1 << 16);
        while (segment.TryNext())
        {
            if (segment.Defect is { } defect)
                WriteLine(buffer, json => WriteDamage(json, segment.Position, segment.StretchBytes, defect));
            else
                WriteRecords(buffer, segment);
        }
    }

    private static void WriteRecords(BufferedStream buffer, SegmentFile segment)
    {
        for (int i = 0; i < segment.Batch.Count; i++)
        {
            int index = i;
            WriteLine(buffer, json => WriteRecord(json, segment.Batch[index]));
        }
    }

    private static void WriteDamage(Utf8JsonWriter json, long position, long bytes, string defect)
    {
        json.WriteNumber("position", position);
        json.WriteNumber("bytes", bytes);
        json.WriteString("damaged", defect);
    }

    private static void WriteRecord(Utf8JsonWriter json, LogRecord record)
    {
        json.WriteNumber("offset", record.Offset);
        json.WritePropertyName("timestamp");
        RecordLineWriter.WriteTime(json, record.Timestamp);
        json.WritePropertyName("key");
        RecordLineWriter.WriteKey(json, null, in record);
        json.WritePropertyName("headers");
        RecordLineWriter.WriteHeaders(json, null, record.Headers);
        json.WritePropertyName("value");
        RecordLineWriter.WriteValue(json, null, in record, [], null!);
    }

    private static void WriteLine(BufferedStream buffer, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
    }
}
