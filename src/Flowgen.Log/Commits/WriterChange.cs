using Flowgen.Log.Storage;

namespace Flowgen.Log.Commits;

/// <summary>What the writing thread changes beside batches when it is the turn of a request, and how it takes that back if the request is not committed. Taking back what was not made changes nothing.</summary>
internal sealed record WriterChange(Action Make, Action TakeBack)
{
    /// <summary>The next append to a partition starts another segment. It may do so without a commit, too.</summary>
    public static WriterChange Seal(Partition partition) => new(partition.Appender.Seal, () => { });

    /// <summary>Nothing is appended to the partitions of a topic any more.</summary>
    public static WriterChange Retire(Partition[] partitions) => new(
        () => Array.ForEach(partitions, p => p.Appender.Retire()),
        () => Array.ForEach(partitions, p => p.Appender.Revive()));
}
