using Flowgen.Log.Commits;
using Flowgen.Log.Storage;

namespace Flowgen.Log;

/// <summary>One partition as a producer sees it: the batch that is being filled, and the sequences. Guarded by the gate of the producer.</summary>
internal sealed class ProducerPartition(Partition partition)
{
    private int _schemaId;
    private Delivery? _delivery;
    private PartitionWrite? _write;
    private long _committedBy = -1; // number of a delivery

    public Partition Partition => partition;

    public string Topic => partition.Topic;

    public BatchBuilder Builder { get; } = new();

    /// <summary>The batch that is being filled; null while it is empty.</summary>
    public PendingBatch? Pending { get; private set; }

    /// <summary>Epoch of the producer in this partition.</summary>
    public short Epoch { get; set; }

    /// <summary>Sequence of the next batch.</summary>
    public int NextSequence { get; set; }

    /// <summary>Sequence behind the last batch that is known to be committed.</summary>
    public int CommittedSequence { get; private set; }

    /// <summary>When the last transaction was committed with records of the current epoch, in steps of the clock; null for never.</summary>
    public long? CommittedAt { get; set; }

    /// <summary>When the last batch was closed, in steps of the clock; null for never.</summary>
    public long? LastClosed { get; set; }

    /// <summary>Batches that are closed and neither committed nor failed.</summary>
    public int OnTheWay { get; set; }

    public bool CanTake(int schemaId) => Pending is null || schemaId == _schemaId;

    public PendingBatch Begin(int schemaId)
    {
        if (Pending is not null)
            return Pending;
        _schemaId = schemaId;
        Builder.StartVariable(schemaId);
        return Pending = new PendingBatch(partition.Topic, partition.Index);
    }

    /// <summary>Copies a batch into a delivery.</summary>
    public void Take(PendingBatch pending, BatchBuilder batch, Delivery delivery, ChunkPool chunks, CompressionType compression, long producerId)
    {
        if (!ReferenceEquals(_delivery, delivery))
            (_delivery, _write) = (delivery, new PartitionWrite(partition));
        pending.Index = _write!.Add(batch, chunks, BatchCompression.Choose(partition.Settings, compression), producerId < 0 ? ProducerStamp.None : new ProducerStamp(producerId, Epoch, NextSequence));
        NextSequence = ProducerStamp.Advance(NextSequence, batch.Count);
        OnTheWay++;
        delivery.Add(this, _write, pending);
    }

    /// <summary>A batch is committed. That it is told in another order than that of the deliveries must not let the sequence go back.</summary>
    /// <param name="delivery">Number of its delivery.</param>
    /// <param name="next">The stamp behind it.</param>
    public void Committed(long delivery, ProducerStamp next)
    {
        if (delivery < _committedBy || next.Epoch != Epoch)
            return;
        _committedBy = delivery;
        CommittedSequence = next.Sequence;
    }

    /// <summary>Goes on with the sequences of a partition of a log that was closed.</summary>
    public void Adopt(ProducerPartition former)
    {
        Epoch = former.Epoch;
        NextSequence = former.NextSequence;
        CommittedSequence = former.CommittedSequence;
    }

    /// <summary>Drops the batch that is being filled.</summary>
    public void Forget()
    {
        Pending = null;
        Builder.Clear();
    }

    /// <summary>Nothing of the older epoch can come any more: sequences start again.</summary>
    public void StartEpoch(short epoch)
    {
        Epoch = epoch;
        NextSequence = 0;
        CommittedSequence = 0;
        CommittedAt = null;
    }
}
