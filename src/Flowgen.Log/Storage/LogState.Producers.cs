using Flowgen.Log.Commits;

namespace Flowgen.Log.Storage;

/// <content>Producers: what the partitions have of them.</content>
internal sealed partial class LogState
{
    /// <summary>Forgets the producers that have been idle for too long at a time, before the state is written down. Call it inside the gate.</summary>
    public void ForgetIdleProducers(long now)
    {
        foreach (var partition in _topics.Values.SelectMany(t => t.Partitions))
            partition.Producers.Forget(now - (long)options.ProducerIdExpiration.TotalMilliseconds);
    }

    private void WriteProducers(ByteBuffer to)
    {
        to.WriteProducerIds(Producers.NextProducerId);
        foreach (var (transactionalId, holder) in Producers.Transactional)
            to.WriteTransactionalId(transactionalId, holder);
        foreach (var partition in _topics.Values.SelectMany(t => t.Partitions))
        {
            foreach (var (producerId, producer) in partition.Producers.All)
            {
                foreach (var run in producer.Runs)
                    to.WriteProducerSequence(partition, producerId, producer.Epoch, run, producer.LastTime);
            }
        }
    }

    private void ApplyProducerSequence(ref CommitEntryReader reader)
    {
        var partition = PartitionOf(ref reader);
        long producerId = reader.ReadInt64();
        short epoch = reader.ReadInt16();
        var run = new SequenceRun(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt64());
        long time = reader.ReadInt64();
        if (producerId < 0 || epoch < 0 || run.FirstSequence < 0 || run.Records < 1 || run.NextOffset > partition.NextOffset)
            throw Contradiction($"producer {producerId} has appended {run.Records} records at {run.BaseOffset} to {partition}, which ends at {partition.NextOffset}");
        partition.Producers.Append(producerId, epoch, run, time, options.ProducerIdExpiration);
    }
}
