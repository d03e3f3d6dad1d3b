using Flowgen.Log.Storage;

namespace Flowgen.Log.Commits;

/// <summary>What one transaction asks the log to commit.</summary>
internal sealed class CommitRequest
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Batches to append, by partition.</summary>
    public List<PartitionWrite> Writes { get; } = [];

    /// <summary>Entries beside those of the batches: offsets of groups, new topics and the like.</summary>
    public ByteBuffer Entries { get; } = new(0);

    /// <summary>Partitions that the entries name. The request fails if one of them is deleted before its turn comes.</summary>
    public List<Partition> Named { get; } = [];

    /// <summary>The producer with a transactional id on whose behalf this is committed; the commit is refused if a newer one has the id.</summary>
    public ProducerHolder? Holder { get; init; }

    /// <summary>The producer that takes a transactional id over with this commit.</summary>
    public ProducerHolder? Takes { get; init; }

    /// <summary>Transactional ids that are given up with this commit.</summary>
    public IReadOnlyList<string> Expires { get; init; } = [];

    /// <summary>The batches are still needed when the request has failed: who submitted it returns the chunks.</summary>
    public bool KeepsChunks { get; init; }

    /// <summary>Entries that say how far producers have come; filled in by the writing thread.</summary>
    public ByteBuffer ProducerEntries { get; } = new(0);

    /// <summary>What the writing thread changes when it is the turn of the request, before it writes batches.</summary>
    public WriterChange? Change { get; init; }

    /// <summary>
    /// Called on the thread of the log that ends the request, before <see cref="Done"/> does, with what it failed of: for what is too short to be
    /// handed to another thread. It must not wait for the log, nor fail.
    /// </summary>
    public Action<Exception?>? OnEnd { get; init; }

    /// <summary>It is durable when it has succeeded, with all commits before it, also in a log that syncs none: because files go with it, or come.</summary>
    public bool IsSynced { get; set; }

    /// <summary>How far the segments reach when the batches are written.</summary>
    public List<SegmentEnd> Ends { get; } = [];

    /// <summary>Bytes of the commit file that are set aside for the request. Belongs to <see cref="CommitRoom"/>.</summary>
    public long Promised { get; set; }

    /// <summary>Ends when the request is committed, or has failed without a trace.</summary>
    public Task Done => _done.Task;

    /// <summary>A partition of a deleted topic that the request needs, or null. For the writing thread.</summary>
    public Partition? DeletedPartition() => Writes.Find(w => w.Partition.Appender.IsRetired)?.Partition ?? Named.Find(p => p.Appender.IsRetired);

    /// <summary>How many bytes the request adds to a commit record at most.</summary>
    public long EntryBytes(FlowLogOptions options)
    {
        const int segmentEnd = 64; // an entry says how far the segment reaches, another one has its bytes
        long bytes = Entries.Length + ProducerEntries.Length;
        foreach (var write in Writes)
        {
            long rolls = 2 * write.Bytes / (write.Partition.Settings.SegmentBytes ?? options.SegmentBytes); // two segments that follow one another hold more than one may
            bytes += ((write.Chunks.Count + 1 + rolls) * 2 * segmentEnd) + (write.Bytes < options.JournalBelowBytes ? write.Bytes : 0);
        }

        return bytes;
    }

    /// <summary>Told how the request ends; null for one that writes nothing.</summary>
    public CommitObserver? Observer { get; set; }

    /// <summary>Timestamp of the submission; 0 if nobody measures.</summary>
    public long StartedAt { get; set; }

    public void Succeed()
    {
        if (_done.Task.IsCompleted)
            return;
        try
        {
            Observer?.Ended(this, null);
        }
        finally
        {
            OnEnd?.Invoke(null);
            _done.TrySetResult();
        }
    }

    public void Fail(Exception cause)
    {
        if (_done.Task.IsCompleted)
            return;
        try
        {
            Observer?.Ended(this, cause);
        }
        finally
        {
            OnEnd?.Invoke(cause);
            _done.TrySetException(cause);
            _ = _done.Task.Exception; // observed: who does not await a commit learns of the failure with the next one
        }
    }

    /// <summary>Gives back what was kept until it was durable: open files, and the bytes that may be journaled.</summary>
    public void Release(ChunkPool chunks)
    {
        if (!KeepsChunks)
            Writes.ForEach(w => chunks.Return(w.Chunks));
        foreach (var end in Ends)
            end.Segment.Release();
        Ends.Clear();
    }
}
