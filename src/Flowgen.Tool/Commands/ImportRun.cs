using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Flowgen.Log;
using Flowgen.Runtime;
using Flowgen.Tool.Records;

namespace Flowgen.Tool.Commands;

/// <summary>One run of <c>flow import</c>. What is committed stays; an error names the line to go on from.</summary>
internal sealed class ImportRun(ToolIo io, FlowLog log, ImportRequest request)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly TopicDescription _topic = log.DescribeTopic(request.Topic);
    private long _committed;
    private long _nextLine = request.FromLine;
    private long _told = io.Time.GetTimestamp();

    public async Task RunAsync(Stream input, CancellationToken cancellation)
    {
        if (_topic.IsInternal)
            throw new ToolException($"'{_topic.Name}' belongs to an app, and nobody else may write to it");
        var schemas = new TopicSchemas(log, _topic.Name);
        int schemaId = schemas.NewestId;
        var reader = new RecordLineReader(schemas.Find(schemaId), io.Time);
        using var pending = new PendingBatches(log, _topic, schemaId, partition: null);
        await foreach ((long line, byte[] json) in Lines(input, cancellation))
        {
            if (line < request.FromLine || json.AsSpan().Trim(" \t"u8).IsEmpty)
                continue;
            Read(reader, json, line, pending);
            if (pending.Count >= request.CommitEvery)
                await CommitAsync(pending, line + 1);
        }

        await CommitAsync(pending, long.MaxValue);
        await io.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{_committed:N0} records imported to '{_topic.Name}'"));
    }

    private async IAsyncEnumerable<(long Line, byte[] Json)> Lines(Stream input, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        if (!request.IsCsv)
        {
            var lines = new LineSplitter(input);
            for (long number = 1; await lines.ReadAsync(cancellation) is { } line; number++)
                yield return (number, line);
            yield break;
        }

        using var csv = new CsvLines.Reader(input);
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
            await pending.CommitAsync();
        _committed += count;
        _nextLine = nextLine;
        if (io.Time.GetElapsedTime(_told) < Patience)
            return;
        _told = io.Time.GetTimestamp();
        await io.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"import: {_committed:N0} records"));
    }

    private ToolException Mistake(long line, string what) => new(string.Create(CultureInfo.InvariantCulture,
        $"line {line}: {what}; {(_committed == 0 ? "nothing was imported" : $"{_committed:N0} records before line {_nextLine} were imported: mend it, and go on with --from-line {_nextLine}")}"));
}
