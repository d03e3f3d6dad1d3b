using Flowgen.Log.Storage;

namespace Flowgen.Log;

/// <content>How the log is, and what it counts.</content>
public sealed partial class FlowLog
{
    /// <summary>How the log is now: it is cheap to ask.</summary>
    public LogHealth Health
    {
        get
        {
            var health = Monitor.Health;
            if (health.Status > LogHealthStatus.HousekeepingFailing || Housekeeper.Health.Current is not [var failure, ..] failures)
                return health;
            string others = failures.Count == 1 ? "" : $" {failures.Count - 1} more tasks fail.";
            return new LogHealth(LogHealthStatus.HousekeepingFailing, $"The {failure.Job}{(failure.Where.Length == 0 ? "" : $" of {failure.Where}")} fails, and is tried again: {failure.Message}{others}", null);
        }
    }

    internal LogMonitor Monitor { get; }

    internal LogMetrics Metrics { get; }

    private void StartMonitor()
    {
        _state.Monitor = Monitor;
        Housekeeper.Health.Monitor = Monitor;
        Pipeline.Observer = new CommitObserver(Metrics, Monitor);
        Monitor.Opened(Recovery);
    }

    /// <summary>The partitions of all topics and what they hold, as of one moment.</summary>
    internal List<(string Topic, PartitionDescription Held)> DescribeAll()
    {
        lock (_state.Gate)
            return [.. _state.Topics.SelectMany(t => t.Partitions).Select(p => (p.Topic, p.Describe()))];
    }

    /// <summary>How far the groups are behind in the topics that are not internal.</summary>
    internal List<(string Group, Partition Partition, long Lag)> Lags()
    {
        lock (_state.Gate)
        {
            return [.. from name in _state.Groups.Names
                       from offset in _state.Offsets(name)
                       where !TopicDescription.IsInternalName(offset.Topic)
                       let partition = _state.GetTopic(offset.Topic).Partitions[offset.Partition]
                       select (name, partition, Math.Max(0, partition.NextOffset - Math.Max(partition.FirstOffset, offset.Committed.Offset)))];
        }
    }
}
