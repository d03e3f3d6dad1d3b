namespace Flowgen.Log;

/// <summary>A group as it is now.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">What its members are doing.</param>
/// <param name="Members">The members, in the order in which they joined.</param>
/// <param name="Partitions">What it has committed or owns, by topic and partition.</param>
public sealed record GroupDescription(string Name, GroupState State, IReadOnlyList<GroupMemberDescription> Members, IReadOnlyList<GroupPartitionDescription> Partitions)
{
    /// <summary>Records that the group has not committed yet; topics that apps keep for themselves do not count.</summary>
    public long Lag => Partitions.Where(p => !TopicDescription.IsInternalName(p.Partition.Topic)).Sum(p => p.Lag ?? 0);
}
