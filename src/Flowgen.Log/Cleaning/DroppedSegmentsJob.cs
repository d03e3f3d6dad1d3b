using Flowgen.Log.Storage;

namespace Flowgen.Log.Cleaning;

/// <summary>
/// Deletes the files of segments that a commit has dropped, on the thread that asked for the commit: no append waits for it. What cannot be
/// deleted is tried again in the background, and goes in any case when the log is opened again.
/// </summary>
internal sealed class DroppedSegmentsJob(FlowLog log) : IHousekeepingJob
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    public string Name => "deletion of segments";

    public TimeSpan Interval => Timeout.InfiniteTimeSpan;

    public void Run(CancellationToken cancellationToken) => log.WhileTopicsStay(Delete);

    /// <summary>Deletes them, now or later. Call it while topics cannot change: a new topic of the same name may have files of the same names.</summary>
    public void Delete()
    {
        var kept = Take().FindAll(segment => !TryDelete(segment));
        if (kept.Count == 0)
            return;
        lock (log.State.Gate)
            log.State.Dropped.AddRange(kept);
        log.Housekeeper.Wake(this, RetryAfter);
    }

    private List<Segment> Take()
    {
        lock (log.State.Gate)
        {
            List<Segment> dropped = [.. log.State.Dropped];
            log.State.Dropped.Clear();
            return dropped;
        }
    }

    private bool TryDelete(Segment segment)
    {
        log.Pipeline.WriteBack.Forget(segment);
        bool isDeleted = log.Housekeeper.Health.Try(Name, segment.Path, segment.Delete);
        if (isDeleted)
            log.Housekeeper.Health.Forget(segment.Path);
        return isDeleted;
    }
}
