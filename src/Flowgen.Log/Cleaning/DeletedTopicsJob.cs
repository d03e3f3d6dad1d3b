using Flowgen.Log.Storage;

namespace Flowgen.Log.Cleaning;

/// <summary>Deletes files of deleted topics that could not be deleted at once. What is still there when the log is closed goes when it is opened.</summary>
internal sealed class DeletedTopicsJob(FlowLog log) : IHousekeepingJob
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly HashSet<string> _topics = []; // guarded by the lock that topics are changed in

    public string Name => "deletion of topics";

    public TimeSpan Interval => Timeout.InfiniteTimeSpan;

    /// <summary>Deletes the files of a topic, now or later. Call it while topics cannot change.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="segments">Its segments, for which no index is written any more.</param>
    public void Delete(string topic, IEnumerable<Segment> segments)
    {
        bool isDeleted = log.Housekeeper.Health.Try(Name, topic, () =>
        {
            foreach (var segment in segments)
                segment.Delete();
            log.DeleteTopicFiles(topic);
        });
        if (isDeleted)
            return;
        _topics.Add(topic);
        TryLater();
    }

    /// <summary>The files are gone, or another topic has that name now. Call it while topics cannot change.</summary>
    public void Forget(string topic)
    {
        if (_topics.Remove(topic))
            log.Housekeeper.Health.Succeeded(Name, topic);
    }

    public void Run(CancellationToken cancellationToken) => log.WhileTopicsStay(() =>
    {
        foreach (string topic in _topics.ToList())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (log.Housekeeper.Health.Try(Name, topic, () => log.DeleteTopicFiles(topic)))
                _topics.Remove(topic);
        }

        if (_topics.Count > 0)
            TryLater();
    });

    private void TryLater() => log.Housekeeper.Wake(this, after: RetryAfter);
}
