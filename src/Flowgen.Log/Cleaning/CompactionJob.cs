using Flowgen.Log.Storage;

namespace Flowgen.Log.Cleaning;

/// <summary>Compacts partitions, those first of which the largest part has not been compacted.</summary>
internal sealed class CompactionJob(FlowLog log) : IHousekeepingJob
{
    public string Name => "compaction";

    public TimeSpan Interval => log.Options.CompactionCheckInterval;

    public void Run(CancellationToken cancellationToken)
    {
        var budget = log.Housekeeper.Budget;
        var done = new HashSet<Partition>();
        while (Dirtiest(done) is { } partition)
        {
            done.Add(partition);
            log.Try(this, partition, () => new Compactor(log, partition, budget, cancellationToken).Run());
        }
    }

    private Partition? Dirtiest(HashSet<Partition> done)
    {
        long now = log.Options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        var partitions = log.PartitionsToClean();
        lock (log.State.Gate)
        {
            return partitions.Where(p => !done.Contains(p)).Select(p => CompactionPlan.Of(p, now))
                .Where(p => p is { IsDue: true }).MaxBy(p => p!.DirtyRatio)?.Partition;
        }
    }
}
