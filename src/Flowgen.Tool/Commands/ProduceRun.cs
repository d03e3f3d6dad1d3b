using System.Globalization;
using Flowgen.Log;
using Flowgen.Runtime;
using Flowgen.Tool.Records;

namespace Flowgen.Tool.Commands;

/// <summary>One run of <c>flow produce</c>.</summary>
internal sealed class ProduceRun(ToolIo io, FlowLog log, ProduceRequest request)
{
    private long _committed;

    public async Task RunAsync(CancellationToken cancellation)
    {
        TopicDescription topic = Topic();
        var schemas = new TopicSchemas(log, topic.Name);
        int schemaId = schemas.NewestId;
        var reader = new RecordLineReader(schemas.Find(schemaId), io.Time);
        using var pending = new PendingBatches(log, topic, schemaId, request.Partition);
        var lines = new LineSplitter(io.Input);
        for (long number = 1; await NextAsync(lines, cancellation) is { } line; number++)
        {
            if (line.AsSpan().Trim(" \t"u8).IsEmpty)
                continue;
            Read(reader, line, number, pending);
            if (pending.Count >= request.CommitEvery)
                await CommitAsync(pending);
        }

        await CommitAsync(pending);
        await io.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{_committed:N0} records appended to '{topic.Name}'"));
    }

    private async ValueTask<byte[]?> NextAsync(LineSplitter lines, CancellationToken cancellation)
    {
        try
        {
            return await lines.ReadAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            await io.Error.WriteLineAsync($"flow: produce was stopped; {Kept()}");
            throw;
        }
    }

    private void Read(RecordLineReader reader, byte[] line, long number, PendingBatches pending)
    {
        try
        {
            reader.Read(line, pending.Choose);
        }
        catch (Exception mistake) when (mistake is ToolException or RecordFormatException)
        {
            throw new ToolException(string.Create(CultureInfo.InvariantCulture, $"line {number}: {mistake.Message.TrimEnd('.')}; {Kept()}"));
        }
    }

    private string Kept() => _committed == 0 ? "nothing was appended" : string.Create(CultureInfo.InvariantCulture, $"{_committed:N0} records before it were appended");

    private async Task CommitAsync(PendingBatches pending)
    {
        int count = pending.Count;
        if (count > 0)
            await pending.CommitAsync();
        _committed += count;
    }

    private TopicDescription Topic()
    {
        if (request.Create is { } partitions && !log.TryDescribeTopic(request.Topic, out _))
            log.CreateTopic(request.Topic, new TopicSettings(partitions));
        TopicDescription topic = log.DescribeTopic(request.Topic);
        if (topic.IsInternal)
            throw new ToolException($"'{topic.Name}' belongs to an app, and nobody else may write to it");
        if (request.Partition is { } partition && (partition < 0 || partition >= topic.Partitions))
            throw new ToolException($"topic '{topic.Name}' has no partition {partition}, but 0 to {topic.Partitions - 1}");
        return topic;
    }
}
