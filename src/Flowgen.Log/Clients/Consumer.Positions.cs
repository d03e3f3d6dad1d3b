namespace Flowgen.Log;

/// <content>Where the consumer is in its partitions.</content>
public sealed partial class Consumer
{
    /// <summary>The partitions from which nothing is taken until they are resumed.</summary>
    public IReadOnlyList<TopicPartition> Paused => Use(() => _partitions.Where(p => p.IsPaused).Select(p => p.Id).ToList());

    /// <summary>Offset of the next record of a partition.</summary>
    /// <param name="partition">The partition.</param>
    /// <returns>The offset.</returns>
    /// <exception cref="InvalidOperationException">The consumer does not read the partition.</exception>
    /// <exception cref="NoOffsetForPartitionException">Nothing says where to start, and the options forbid to guess.</exception>
    public long Position(TopicPartition partition) => Use(() => Find(partition).Position);

    /// <summary>Records of a partition that are committed and not taken yet; in a compacted topic at most so many.</summary>
    /// <param name="partition">The partition.</param>
    /// <returns>The number of offsets from the position to the end.</returns>
    /// <inheritdoc cref="Position" path="/exception"/>
    public long CurrentLag(TopicPartition partition) => Use(() => LagOf(Find(partition)));

    /// <summary>Records of all partitions of the consumer that are committed and not taken yet; in compacted topics at most so many.</summary>
    /// <returns>The sum over the partitions.</returns>
    /// <inheritdoc cref="Position" path="/exception"/>
    public long CurrentLag() => Use(() => _partitions.Sum(LagOf));

    /// <summary>Goes to an offset of a partition.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="offset">The offset.</param>
    /// <exception cref="OffsetOutOfRangeException">The partition does not reach from or to there.</exception>
    /// <exception cref="InvalidOperationException">The consumer does not read the partition.</exception>
    public void Seek(TopicPartition partition, long offset) => Use(() => Find(partition).Seek(offset));

    /// <summary>Goes to the first record.</summary>
    /// <param name="partitions">The partitions; none for all that the consumer reads.</param>
    public void SeekToBeginning(params IEnumerable<TopicPartition> partitions) =>
        SeekEach(partitions, p => _log.DescribePartition(p.Topic, p.Partition).FirstOffset);

    /// <summary>Goes behind the last record.</summary>
    /// <param name="partitions">The partitions; none for all that the consumer reads.</param>
    public void SeekToEnd(params IEnumerable<TopicPartition> partitions) =>
        SeekEach(partitions, p => _log.DescribePartition(p.Topic, p.Partition).NextOffset);

    /// <summary>Goes to the first record whose timestamp is at or behind a time, or behind the last record if there is none.</summary>
    /// <param name="time">The time.</param>
    /// <param name="partitions">The partitions; none for all that the consumer reads.</param>
    public void SeekToTime(DateTimeOffset time, params IEnumerable<TopicPartition> partitions) =>
        SeekEach(partitions, p => _log.FindOffset(p.Topic, p.Partition, time.ToUnixTimeMilliseconds()));

    /// <summary>Takes nothing from partitions until they are resumed. The consumer keeps them and its position in them.</summary>
    /// <param name="partitions">The partitions.</param>
    /// <exception cref="InvalidOperationException">The consumer does not read one of them.</exception>
    public void Pause(params IEnumerable<TopicPartition> partitions) => SetPaused(partitions, isPaused: true);

    /// <summary>Takes records from paused partitions again.</summary>
    /// <param name="partitions">The partitions.</param>
    /// <exception cref="InvalidOperationException">The consumer does not read one of them.</exception>
    public void Resume(params IEnumerable<TopicPartition> partitions) => SetPaused(partitions, isPaused: false);

    private void SetPaused(IEnumerable<TopicPartition> partitions, bool isPaused) => Use(() =>
    {
        foreach (var partition in partitions.Select(Find).ToList())
            partition.IsPaused = isPaused;
    });

    private void SeekEach(IEnumerable<TopicPartition> partitions, Func<TopicPartition, long> offset) => Use(() =>
    {
        var chosen = partitions.Select(Find).ToList();
        foreach (var partition in chosen.Count > 0 ? chosen : _partitions)
            Seek(partition, offset);
    });

    // Retention may delete the records at the offset that was found; then another one is found.
    private static void Seek(ConsumerPartition partition, Func<TopicPartition, long> offset)
    {
        while (true)
        {
            try
            {
                partition.Seek(offset(partition.Id));
                return;
            }
            catch (OffsetOutOfRangeException)
            {
                continue;
            }
        }
    }

    private long LagOf(ConsumerPartition partition) =>
        Math.Max(0, _log.DescribePartition(partition.Id.Topic, partition.Id.Partition).NextOffset - partition.Position);

    private ConsumerPartition Find(TopicPartition partition) => _partitions.Find(p => p.Id == partition)
        ?? throw new InvalidOperationException($"The consumer does not read {partition}. Assign it, or subscribe to its topic and poll.");
}
