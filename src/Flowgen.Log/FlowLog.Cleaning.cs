using Flowgen.Log.Cleaning;
using Flowgen.Log.Commits;
using Flowgen.Log.Files;
using Flowgen.Log.Storage;

namespace Flowgen.Log;

/// <content>What the work in the background needs of the log.</content>
public sealed partial class FlowLog
{
    private const string DeletionName = "deletion of segments";

    private readonly DeletedTopicsJob _deletedTopics;

    internal LogState State => _state;

    internal IFileSystem Files => _files;

    /// <summary>
    /// Commits a change of the segments of a partition. Such changes, and those of topics, come one after the other, so that what the change
    /// has found inside the gate is still so when it is committed; only appends come in between.
    /// </summary>
    /// <param name="partition">The partition.</param>
    /// <param name="change">Makes the request, inside the gate; null if there is nothing to change any more.</param>
    /// <returns>Whether the change is committed.</returns>
    internal bool TryChange(Partition partition, Func<CommitRequest?> change)
    {
        lock (_changingTopics)
        {
            CommitRequest? request;
            lock (_state.Gate)
                request = partition.IsDeleted ? null : change();
            if (request is null)
                return false;
            Commit(request);
            return true;
        }
    }

    /// <summary>Partitions of topics of which something is to be deleted or compacted some time.</summary>
    internal List<Partition> PartitionsToClean()
    {
        lock (_state.Gate)
            return [.. _state.Topics.Where(t => t.Description.Settings.IsCleaned).SelectMany(t => t.Partitions)];
    }

    internal void WhileTopicsStay(Action action)
    {
        lock (_changingTopics)
            action();
    }

    internal void DeleteTopicFiles(string topic) => TopicFiles.Delete(_files, _layout, topic);

    private void RegisterHousekeeping()
    {
        Pipeline.DeletionTried = NoteDeletion;
        Housekeeper.Register(_deletedTopics);
        Housekeeper.Register(new RetentionJob(this));
        Housekeeper.Register(new CompactionJob(this));
    }

    private void NoteDeletion(string path, IOException? failure)
    {
        if (failure is null)
            Housekeeper.Health.Succeeded(DeletionName, path);
        else
            Housekeeper.Health.Failed(DeletionName, path, failure);
    }
}
