using System.Buffers.Binary;
using Flowgen.Log.Commits;

namespace Flowgen.Log;

/// <summary>What a producer commits at once. It keeps the bytes until they are committed, to commit them again if that fails. Guarded by the gate of the producer.</summary>
internal sealed class Delivery(long createdAt, long number)
{
    private readonly List<(ProducerPartition Partition, PartitionWrite Write, PendingBatch Batch)> _batches = [];
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When it was begun, in steps of the clock.</summary>
    public long CreatedAt => createdAt;

    /// <summary>The deliveries of a producer are numbered in the order of their records.</summary>
    public long Number => number;

    /// <summary>What its records take of the buffer.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether it is in the pipeline of the log.</summary>
    public bool IsSubmitted { get; set; }

    /// <summary>Whether it may be committed already: it comes from a log that was closed before it said so.</summary>
    public bool IsOutcomeUnknown { get; init; }

    /// <summary>Why it failed when it was last tried.</summary>
    public Exception? LastFailure { get; set; }

    /// <summary>Ends, always with success, when all its records are committed or have failed.</summary>
    public Task Done => _done.Task;

    public IReadOnlyList<(ProducerPartition Partition, PartitionWrite Write, PendingBatch Batch)> Batches => _batches;

    public IEnumerable<(ProducerPartition Partition, PartitionWrite Write)> Writes => _batches.Select(b => (b.Partition, b.Write)).Distinct();

    public void Add(ProducerPartition partition, PartitionWrite write, PendingBatch batch)
    {
        _batches.Add((partition, write, batch));
        Bytes += batch.Bytes;
    }

    /// <summary>All records are committed.</summary>
    public void Succeed(ChunkPool chunks)
    {
        foreach (var (partition, write, batch) in _batches)
        {
            ref readonly var stored = ref write.Stamped[batch.Index];
            partition.Committed(number, stored.Stamp.Next(stored.Records));
            partition.OnTheWay--;
            batch.Succeed(stored.BaseOffset, AppendTime(write, stored));
        }

        End(chunks);
    }

    /// <summary>The batches that match fail; the others stay.</summary>
    public void Fail(Exception cause, ChunkPool chunks, Predicate<ProducerPartition>? of = null)
    {
        foreach (var (partition, write, batch) in _batches)
        {
            if (of is not null && !of(partition))
                continue;
            partition.OnTheWay--;
            Bytes -= batch.Bytes;
            batch.Fail(cause);
            chunks.Return(write.Chunks);
        }

        _batches.RemoveAll(b => of is null || of(b.Partition));
        if (_batches.Count == 0)
            _done.TrySetResult();
    }

    /// <summary>The records fail, but the bytes are kept, to be sent again when the log has been opened again.</summary>
    public void FailForNow(Exception cause)
    {
        foreach (var (_, _, batch) in _batches)
            batch.Fail(cause);
        _done.TrySetResult();
    }

    // The batch is not there any more if it was a duplicate: then its records have the times that they were sent with, as far as anybody knows.
    private static long? AppendTime(PartitionWrite write, in StampedBatch stored)
    {
        if (stored.Length == 0)
            return null;
        var header = write.Chunks[stored.Chunk].Written.Slice(stored.Start, BatchFormat.HeaderSize);
        bool isAppendTime = (BinaryPrimitives.ReadUInt16LittleEndian(header[BatchFormat.AttributesAt..]) & BatchFormat.AppendTimeAttribute) != 0;
        return isAppendTime ? BatchHeader.MaxTimestamp(header) : null;
    }

    private void End(ChunkPool chunks)
    {
        foreach (var (_, write, _) in _batches)
            chunks.Return(write.Chunks);
        _done.TrySetResult();
    }
}
