using Flowgen.Log;
using Flowgen.Tool.Records;

namespace Flowgen.Tool.Commands;

/// <summary>One run of <c>flow consume</c>.</summary>
internal sealed class ConsumeRun(ToolIo io, FlowLog log, ConsumeRequest request)
{
    private readonly TopicDescription _topic = log.DescribeTopic(request.Topic);

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var records = new TopicCursor(log, _topic.Name, Partitions(), Start);
        var schemas = new TopicSchemas(log, _topic.Name);
        using var lines = new RecordLineWriter(io.Output, _topic.Name, schemas);
        var table = new RecordTableWriter(io, schemas);
        Action<PartitionCursor> write = request.AsTable ? table.Write : lines.Write;
        Action flush = request.AsTable ? table.Flush : lines.Flush;

        for (long left = request.Max; left > 0;)
        {
            long version = log.CommitVersion;
            long printed = Print(records, left, write, cancellation);
            left -= printed;
            flush();
            if (printed > 0)
            {
                await CommitAsync(records);
                continue;
            }

            if (!request.Follow)
                cancellation.ThrowIfCancellationRequested();
            if (!request.Follow || !await HasMoreAsync(version, cancellation))
                return;
        }
    }

    // Who follows has no end but that he stops.
    private async Task<bool> HasMoreAsync(long version, CancellationToken cancellation)
    {
        try
        {
            await log.WaitForCommitAsync(version, cancellation);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static long Print(TopicCursor records, long max, Action<PartitionCursor> write, CancellationToken cancellation)
    {
        long count = 0;
        while (count < max && !cancellation.IsCancellationRequested && records.TryNext(out PartitionCursor next))
        {
            write(next);
            next.Pass();
            count++;
        }

        return count;
    }

    private IEnumerable<int> Partitions()
    {
        if (request.Partition is not { } partition)
            return Enumerable.Range(0, _topic.Partitions);
        if (partition < 0 || partition >= _topic.Partitions)
            throw new ToolException($"topic '{_topic.Name}' has no partition {partition}, but 0 to {_topic.Partitions - 1}");
        return [partition];
    }

    private long Start(int partition)
    {
        if (request.From is not null)
            return request.From.Resolve(log, _topic.Name, partition);
        CommittedOffset? committed = request.Group is null ? null : log.GetCommitted(request.Group, _topic.Name, partition);
        return (committed is null ? StartPosition.Beginning : StartPosition.At(committed.Value.Offset)).Resolve(log, _topic.Name, partition);
    }

    private async Task CommitAsync(TopicCursor records)
    {
        if (request.Group is null)
            return;
        using LogTransaction commit = log.BeginTransaction();
        foreach (PartitionCursor partition in records.Partitions)
            commit.SetOffset(request.Group, _topic.Name, partition.Partition, partition.Position);
        await commit.CommitAsync();
    }
}
