using Flowgen.Log.Commits;

namespace Flowgen.Log;

/// <content>Going on, in a log that was opened again, with what the last one did not acknowledge.</content>
public sealed partial class Producer
{
    /// <summary>Hands over what was not acknowledged, and closes. The log of this producer takes nothing any more.</summary>
    private (List<Delivery> Unresolved, Dictionary<string, ProducerTopic> Topics) Hand()
    {
        lock (_gate)
        {
            if (_options.TransactionalId is not null)
                throw new InvalidOperationException($"A producer of transactions is not resumed: make another one with the id '{_options.TransactionalId}', call {nameof(InitTransactions)}, and read the committed offsets again; they say which transactions are committed.");
            if (_disposed)
                throw new InvalidOperationException("The producer is closed; what it had not committed was told to who sent it. Resume a producer before it is closed.");
            Break(new ObjectDisposedException(nameof(FlowLog), "The log is closed."));
            while (_submitted > 0)
                Monitor.Wait(_gate); // a log that takes nothing any more answers all that it was asked
            _disposed = true;
            _failure = null;
            _unresolved.Sort((a, b) => a.Number.CompareTo(b.Number));
            return (_unresolved, _topics);
        }
    }

    /// <summary>Takes over from a producer of the former log.</summary>
    internal void Resume(Producer former)
    {
        var (unresolved, topics) = former.Hand();
        lock (_gate)
        {
            foreach (var (name, topic) in topics)
            {
                if (_log.TryFindTopic(name) is { } found && found.Id == topic.State.Id)
                    Adopt(topic, new ProducerTopic(found, _log.Options, _producerId));
            }

            foreach (var delivery in unresolved)
                Resume(delivery);
            CommitAll();
        }
    }

    private void Adopt(ProducerTopic former, ProducerTopic topic)
    {
        _topics.Add(topic.Name, topic);
        for (int i = 0; i < former.Partitions.Count; i++)
        {
            topic.Partitions[i].Adopt(former.Partitions[i]);
            topic.Partitions[i].LastClosed = _time.GetTimestamp();
        }
    }

    private void Resume(Delivery former)
    {
        var delivery = new Delivery(_time.GetTimestamp(), _nextDelivery++) { IsOutcomeUnknown = true };
        var writes = new Dictionary<PartitionWrite, PartitionWrite>();
        foreach (var (partition, write, batch) in former.Batches)
        {
            batch.StartOver();
            if (!_topics.TryGetValue(batch.Topic, out var topic))
            {
                var deleted = Storage.Partition.Deleted(batch.Topic);
                batch.Fail(deleted);
                _failure ??= deleted;
                continue;
            }

            var target = topic.Partitions[partition.Partition.Index];
            if (!writes.TryGetValue(write, out var moved))
                writes.Add(write, moved = write.In(target.Partition));
            target.OnTheWay++;
            delivery.Add(target, moved, batch);
        }

        if (delivery.Batches.Count == 0)
            return;
        _buffer.Take(delivery.Bytes);
        _deliveries.AddLast(delivery);
    }
}
