using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Flowgen.Log;
using Flowgen.Runtime;
using Flowgen.Tool.Records;

namespace Flowgen.Tool.Commands;

/// <summary>
/// One run of <c>flow import</c>. What is committed stays; an error names the line to go on from. An import with a name keeps that line beside
/// its records in the log, in the metadata of a committed offset, so that it goes on by itself.
/// </summary>
internal sealed class ImportRun(ToolIo io, FlowLog log, ImportRequest request)
{
    private const string Mark = "import: next line ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly TopicDescription _topic = log.DescribeTopic(request.Topic);
    private long _committed;
    private long _lastLine;
    private long _nextLine;
    private long _told = io.Time.GetTimestamp();

    /// <summary>Imports.</summary>
    /// <exception cref="ToolException">A line or a commit has failed; it says where to go on.</exception>
    public async Task RunAsync(Stream input, CancellationToken cancellation)
    {
        try
        {
            await ImportAsync(input, cancellation);
        }
        catch (Exception e) when (e is FlowLogException or IOException)
        {
            throw new ToolException($"{e.Message.TrimEnd('.')}; {Done()}");
        }
        catch (OperationCanceledException)
        {
            await io.Error.WriteLineAsync($"flow: import was stopped; {Done()}");
            throw;
        }
    }

    private async Task ImportAsync(Stream input, CancellationToken cancellation)
    {
        if (_topic.IsInternal)
            throw new ToolException($"'{_topic.Name}' belongs to an app, and nobody else may write to it");
        long first = Math.Max(request.FromLine, request.Name is null ? 1 : LineAfter(request.Name));
        _nextLine = first;
        var schemas = new TopicSchemas(log, _topic.Name);
        int schemaId = schemas.NewestId;
        RecordSchema? schema = schemas.Find(schemaId);
        var reader = new RecordLineReader(schema, io.Time);
        using var pending = new PendingBatches(log, _topic, schemaId, partition: null);
        await foreach ((long line, byte[] json) in Lines(input, schema, cancellation))
        {
            _lastLine = line;
            if (line < first || json.AsSpan().Trim(" \t"u8).IsEmpty)
                continue;
            Read(reader, json, line, pending);
            if (pending.Count >= request.CommitEvery)
                await CommitAsync(pending, line + 1);
        }

        await CommitAsync(pending, _lastLine + 1);
        string skipped = first > 1 ? string.Create(CultureInfo.InvariantCulture, $", from line {first} on") : "";
        await io.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{_committed:N0} records imported to '{_topic.Name}'{skipped}"));
    }

    private async IAsyncEnumerable<(long Line, byte[] Json)> Lines(Stream input, RecordSchema? schema, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        if (!request.IsCsv)
        {
            var lines = new LineSplitter(input);
            for (long number = 1; await lines.ReadAsync(cancellation) is { } line; number++)
                yield return (number, line);
            yield break;
        }

        using var csv = new CsvLines.Reader(input, schema);
        while (Next(csv) is { } record)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return (csv.Line, record);
        }
    }

    private byte[]? Next(CsvLines.Reader csv)
    {
        try
        {
            return csv.Read();
        }
        catch (Exception e) when (e is CsvFormatException or InvalidDataException)
        {
            throw Mistake(csv.Line, "this is not CSV");
        }
    }

    private void Read(RecordLineReader reader, byte[] json, long line, PendingBatches pending)
    {
        try
        {
            pending.Partition = request.KeepPartitions ? PartitionOf(json) : null;
            reader.Read(json, pending.Choose);
        }
        catch (Exception mistake) when (mistake is ToolException or RecordFormatException)
        {
            throw Mistake(line, mistake.Message.TrimEnd('.'));
        }
    }

    private int PartitionOf(byte[] json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            bool isThere = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("partition", out JsonElement named)
                && named.ValueKind == JsonValueKind.Number && named.TryGetInt32(out int partition) && partition >= 0 && partition < _topic.Partitions;
            return isThere
                ? document.RootElement.GetProperty("partition").GetInt32()
                : throw new ToolException($"expected \"partition\", 0 to {_topic.Partitions - 1}");
        }
        catch (JsonException)
        {
            throw new ToolException("this is not JSON");
        }
    }

    private async Task CommitAsync(PendingBatches pending, long nextLine)
    {
        int count = pending.Count;
        if (count > 0)
            await pending.CommitAsync(transaction => Note(transaction, nextLine));
        _committed += count;
        _nextLine = nextLine;
        if (io.Time.GetElapsedTime(_told) < Patience)
            return;
        _told = io.Time.GetTimestamp();
        await io.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"import: {_committed:N0} records"));
    }

    private void Note(LogTransaction transaction, long nextLine)
    {
        if (request.Name is not null)
            transaction.SetOffset(request.Name, _topic.Name, 0, 0, string.Create(CultureInfo.InvariantCulture, $"{Mark}{nextLine}"));
    }

    private long LineAfter(string name)
    {
        if (log.GetCommitted(name, _topic.Name, 0) is not { } noted)
            return 1;
        return noted.Metadata.StartsWith(Mark, StringComparison.Ordinal) && long.TryParse(noted.Metadata.AsSpan(Mark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long line)
            ? line
            : throw new ToolException($"'{name}' is a group of consumers of '{_topic.Name}': choose another name for the import");
    }

    private ToolException Mistake(long line, string what) => new(string.Create(CultureInfo.InvariantCulture,
        $"line {line}: {what}; {(_committed == 0 ? "nothing was imported" : $"{_committed:N0} records before line {_nextLine} were imported: mend it, and go on with --from-line {_nextLine}")}"));

    private string Done() => _committed == 0
        ? "nothing was imported"
        : string.Create(CultureInfo.InvariantCulture, $"{_committed:N0} records before line {_nextLine} were imported: go on with --from-line {_nextLine}");
}
