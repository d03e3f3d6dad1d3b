using Flowgen.Log.Cleaning;
using Flowgen.Log.Commits;
using Flowgen.Log.Files;
using Flowgen.Log.Storage;

namespace Flowgen.Log;

/// <content>What the work in the background needs of the log.</content>
public sealed partial class FlowLog
{
    private readonly DeletedTopicsJob _deletedTopics;
    private readonly DroppedSegmentsJob _droppedSegments;

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
            ThrowIfDisposed();
            CommitRequest? request;
            lock (_state.Gate)
                request = partition.IsDeleted ? null : change();
            if (request is null)
                return false;
            request.IsSynced = true; // before files go
            Commit(request);
            _droppedSegments.Delete();
            return true;
        }
    }

    /// <summary>Does the part of a job that concerns a partition. That its topic is deleted meanwhile is no failure to be shown for ever.</summary>
    internal void Try(IHousekeepingJob job, Partition partition, Action part)
    {
        if (!Housekeeper.Health.Try(job.Name, partition.ToString(), part))
            WhileTopicsStay(() => ForgetIfDeleted(job.Name, partition));
    }

    private void ForgetIfDeleted(string job, Partition partition)
    {
        if (partition.IsDeleted)
            Housekeeper.Health.Succeeded(job, partition.ToString());
    }

    /// <summary>Partitions of topics of which something is to be deleted or compacted some time.</summary>
    internal List<Partition> PartitionsToClean()
    {
        lock (_state.Gate)
            return [.. _state.Topics.Where(t => t.Description.Settings.IsCleaned).SelectMany(t => t.Partitions)];
    }

    /// <summary>Whether this thread is where topics and segments cannot change but by itself.</summary>
    internal bool IsChangingTopics => _changingTopics.IsHeldByCurrentThread;

    internal void WhileTopicsStay(Action action)
    {
        lock (_changingTopics)
            action();
    }

    /// <summary>
    /// Changes files of a partition, unless its topic is deleted: the directory may then be gone, or that of another topic. Nor in a poisoned log: the
    /// commit that poisoned it may name files of which the state here knows nothing.
    /// </summary>
    /// <returns>Whether the files are changed.</returns>
    internal bool WhileItStays(Partition partition, Action change)
    {
        lock (_changingTopics)
        {
            if (Pipeline.IsPoisoned)
                return false;
            lock (_state.Gate)
            {
                if (partition.IsDeleted)
                    return false;
            }

            change();
            return true;
        }
    }

    internal void DeleteTopicFiles(string topic) => TopicFiles.Delete(_files, _layout, topic);

    private void ForgetFailures(TopicState topic)
    {
        foreach (var partition in topic.Partitions)
        {
            Housekeeper.Health.Forget(partition.ToString());
            foreach (var segment in partition.Segments)
                Housekeeper.Health.Forget(segment.Path);
        }
    }

    private void RegisterHousekeeping()
    {
        Housekeeper.Register(_deletedTopics);
        Housekeeper.Register(_droppedSegments);
        Housekeeper.Register(new RetentionJob(this));
        Housekeeper.Register(new CompactionJob(this));
        Housekeeper.Register(new TransactionalIdsJob(this));
    }
}
