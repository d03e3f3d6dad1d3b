using Flowgen.Log;

namespace Flowgen.Tool.Groups;

/// <summary>A group that was named on the command line.</summary>
internal static class KnownGroup
{
    /// <exception cref="ToolException">There is none of that name; the message says which there are.</exception>
    public static string Find(FlowLog log, string group)
    {
        IReadOnlyList<string> groups = log.ListGroups();
        if (groups.Contains(group))
            return group;
        throw new ToolException(groups.Count == 0 ? $"there is no group '{group}': no group has committed anything yet" : $"there is no group '{group}', but {string.Join(", ", groups)}");
    }

    /// <summary>Whether it is a partition of a topic that an app keeps for itself: its position there says where a restart begins, not how far it is behind.</summary>
    public static bool IsState(GroupPartitionDescription partition) => partition.Partition.Topic.StartsWith("__", StringComparison.Ordinal);

    /// <summary>Topics that an app keeps for itself: its state is in them, whatever its group reads.</summary>
    public static IEnumerable<string> StateOf(FlowLog log, string group) =>
        log.ListTopics(includeInternal: true).Select(topic => topic.Name).Where(topic => topic.StartsWith($"__{group}.", StringComparison.Ordinal));
}
