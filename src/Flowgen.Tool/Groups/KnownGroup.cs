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

    /// <summary>Topics that an app keeps for itself: its state is in them, whatever its group reads.</summary>
    public static IEnumerable<string> StateOf(FlowLog log, string group) =>
        log.ListTopics(includeInternal: true).Select(topic => topic.Name).Where(topic => topic.StartsWith($"__{group}.", StringComparison.Ordinal));
}
