using Flowgen.Log.Storage;

namespace Flowgen.Log.Commits;

/// <summary>
/// Looks at the stamps of the batches before they are written: one that the partition has already is not appended again, one that leaves a gap
/// and one of an older epoch refuse the whole request. Knows what is written and not yet committed. Used by the writing thread only.
/// </summary>
internal sealed class ProducerGuard(LogState state, TimeSpan expiration)
{
    private readonly Dictionary<string, ProducerHolder> _holders = []; // the newest of each transactional id

    /// <summary>Why a request cannot be written, or null. Then its stamped batches have their offsets, and duplicates no bytes any more.</summary>
    public FlowLogException? Refusal(CommitRequest request, long now)
    {
        request.ProducerEntries.Clear();
        if (request.Holder is { } holder && NewestHolder(holder.TransactionalId) is { } newest && newest.IsNewerThan(holder))
            return Fenced(holder, newest);
        foreach (var write in request.Writes)
        {
            if (Refusal(write, now) is { } refusal)
                return refusal;
        }

        foreach (var write in request.Writes)
        {
            write.DropDuplicates();
            WriteEntries(write, request.ProducerEntries, now);
        }

        return null;
    }

    /// <summary>The batches of a request are written: the next ones follow them.</summary>
    public void Written(CommitRequest request)
    {
        if (request.Takes is { } taken)
            _holders[taken.TransactionalId] = taken;
        foreach (string expired in request.Expires)
            _holders.Remove(expired);
        foreach (var write in request.Writes)
        {
            foreach (var change in write.Changes)
                write.Partition.Appender.Producers.Add(change.ProducerId, change.After, expiration);
        }
    }

    /// <summary>A written request is taken back, after those that were written behind it: who is known to hold a transactional id is then who is committed.</summary>
    public void Undo(CommitRequest request)
    {
        if (request.Takes is { } taken)
            _holders.Remove(taken.TransactionalId);
        foreach (var write in request.Writes)
        {
            foreach (var change in write.Changes)
                write.Partition.Appender.Producers.Undo(change.ProducerId, change.Before);
        }
    }

    private FlowLogException? Refusal(PartitionWrite write, long now)
    {
        write.ForgetChanges();
        long offset = write.Partition.Appender.NextOffset;
        foreach (ref var batch in write.Stamped)
        {
            offset += batch.UnstampedBefore;
            if (batch.Length == 0)
                continue; // found to be a duplicate when the request was tried before
            if (batch.Stamp.IsNone)
            {
                batch.BaseOffset = offset;
                offset += batch.Records;
                continue;
            }

            var producer = Of(write, batch.Stamp.ProducerId);
            if (batch.Stamp.Epoch < producer.Epoch)
                return Fenced(batch.Stamp, producer.Epoch, write.Partition);
            bool isNewEpoch = batch.Stamp.Epoch > producer.Epoch;
            batch.IsDuplicate = false;
            if (batch.Stamp.Sequence == (isNewEpoch ? 0 : producer.NextSequence))
            {
                batch.BaseOffset = offset;
                producer.Append(batch.Stamp.Epoch, new SequenceRun(batch.Stamp.Sequence, batch.Records, offset), now);
                offset += batch.Records;
            }
            else if (!isNewEpoch && producer.Find(batch.Stamp.Sequence, batch.Records) is { } old)
            {
                batch.BaseOffset = old;
                batch.IsDuplicate = true;
            }
            else
            {
                return OutOfOrder(batch, isNewEpoch ? 0 : producer.NextSequence, write.Partition);
            }
        }

        return null;
    }

    // A copy: what becomes of the write is not known yet.
    private ProducerState Of(PartitionWrite write, long producerId)
    {
        foreach (var change in write.Changes)
        {
            if (change.ProducerId == producerId)
                return change.After;
        }

        var before = write.Partition.Appender.Producers.Find(producerId) ?? Committed(write.Partition, producerId);
        var after = before?.Copy() ?? new ProducerState();
        write.Change(new ProducerChange(producerId, before, after));
        return after;
    }

    private ProducerState? Committed(Partition partition, long producerId)
    {
        lock (state.Gate)
            return partition.Producers.Find(producerId)?.Copy();
    }

    private ProducerHolder? NewestHolder(string transactionalId)
    {
        if (_holders.TryGetValue(transactionalId, out var newest))
            return newest;
        lock (state.Gate)
            return state.Producers.Find(transactionalId)?.As(transactionalId);
    }

    private static void WriteEntries(PartitionWrite write, ByteBuffer to, long now)
    {
        var stamp = default(ProducerStamp);
        var run = default(SequenceRun);
        foreach (ref var batch in write.Stamped)
        {
            if (batch.IsDuplicate || batch.Stamp.IsNone)
                continue;
            var next = new SequenceRun(batch.Stamp.Sequence, batch.Records, batch.BaseOffset);
            if (run.Records > 0 && batch.Stamp.ProducerId == stamp.ProducerId && batch.Stamp.Epoch == stamp.Epoch && run.With(next) is { } joined)
            {
                run = joined;
                continue;
            }

            if (run.Records > 0)
                to.WriteProducerSequence(write.Partition, stamp.ProducerId, stamp.Epoch, run, now);
            (stamp, run) = (batch.Stamp, next);
        }

        if (run.Records > 0)
            to.WriteProducerSequence(write.Partition, stamp.ProducerId, stamp.Epoch, run, now);
    }

    private static ProducerFencedException Fenced(ProducerHolder holder, ProducerHolder newest) =>
        new($"The transactional id '{holder.TransactionalId}' has been taken over by a newer producer (id {newest.ProducerId}, epoch {newest.Epoch}; this one has id {holder.ProducerId}, epoch {holder.Epoch}). Nothing was committed; close this producer and leave the work to the newer one.");

    private static ProducerFencedException Fenced(ProducerStamp stamp, short newest, Partition partition) =>
        new($"Producer {stamp.ProducerId} has epoch {stamp.Epoch}, but {partition} has batches of its epoch {newest}. Nothing was committed; close this producer.");

    private static OutOfOrderSequenceException OutOfOrder(in StampedBatch batch, int expected, Partition partition) =>
        new($"A batch of producer {batch.Stamp.ProducerId} (epoch {batch.Stamp.Epoch}) for {partition} has the sequences {batch.Stamp.Sequence} to {ProducerStamp.Advance(batch.Stamp.Sequence, batch.Records - 1)}; the next one must start at {expected}. Nothing was committed. A batch before it is missing, it was cut in another way than the first time, or the producer has been idle for so long that the log has forgotten it: start with sequence 0 of a newer epoch then.");
}
