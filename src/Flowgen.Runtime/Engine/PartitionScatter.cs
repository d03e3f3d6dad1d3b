using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Limits of <see cref="PartitionScatter{TRecord}"/>.</summary>
internal static class PartitionScatter
{
    /// <summary>Most records in one call.</summary>
    public const int Capacity = 2048;
}

/// <summary>Sorts a run of records by partition, so that each partition's can be copied in one piece. Keeps the order within a partition.</summary>
internal sealed class PartitionScatter<TRecord>(int partitions)
{
    private readonly TRecord[] _records = new TRecord[PartitionScatter.Capacity];
    private readonly long[] _times = new long[PartitionScatter.Capacity];
    private readonly int[] _targets = new int[PartitionScatter.Capacity];
    private readonly int[] _ends = new int[partitions + 1];

    public ReadOnlySpan<TRecord> RecordsOf(int partition) => _records.AsSpan(StartOf(partition), CountOf(partition));

    public ReadOnlySpan<long> TimesOf(int partition) => _times.AsSpan(StartOf(partition), CountOf(partition));

    public void Split<TCodec>(ReadOnlySpan<TRecord> records, ReadOnlySpan<long> times)
        where TCodec : struct, IRecordCodec<TRecord>
    {
        Array.Clear(_ends);
        for (int i = 0; i < records.Length; i++)
        {
            int target = Murmur2.ToPartition(TCodec.PartitionHash(in records[i]), partitions);
            _targets[i] = target;
            _ends[target + 1]++;
        }

        for (int partition = 1; partition <= partitions; partition++) _ends[partition] += _ends[partition - 1];
        for (int i = 0; i < records.Length; i++)
        {
            int place = _ends[_targets[i]]++; // starts become ends
            _records[place] = records[i];
            _times[place] = times[i];
        }
    }

    // After the split, _ends[p] is the end of partition p, and the end of p - 1 its start.
    private int StartOf(int partition) => partition == 0 ? 0 : _ends[partition - 1];

    private int CountOf(int partition) => _ends[partition] - StartOf(partition);
}
