using System.CommandLine;
using Flowgen.Log;

namespace Flowgen.Tool.Groups;

/// <summary>What <c>--topic</c> and <c>--partition</c> leave of the partitions of a group.</summary>
internal sealed class ChosenPartitions
{
    private readonly Option<string?> _topic = new("--topic") { Description = "Only this topic", HelpName = "name" };
    private readonly Option<int?> _partition = new("--partition") { Description = "Only this partition of the topic", HelpName = "number" };

    public void AddTo(Command command)
    {
        command.Add(_topic);
        command.Add(_partition);
    }

    /// <summary>The partitions, also such for which the group has committed nothing; null for all.</summary>
    public IReadOnlyList<TopicPartition>? Of(ParseResult parsed, FlowLog log)
    {
        string? topic = parsed.GetValue(_topic);
        int? partition = parsed.GetValue(_partition);
        if (topic is null)
            return partition is null ? null : throw new ToolException("--partition needs --topic");
        TopicDescription found = log.DescribeTopic(topic);
        if (partition < 0 || partition >= found.Partitions)
            throw new ToolException($"topic '{topic}' has no partition {partition}, but 0 to {found.Partitions - 1}");
        IEnumerable<int> chosen = partition is { } one ? [one] : Enumerable.Range(0, found.Partitions);
        return [.. chosen.Select(number => new TopicPartition(topic, number))];
    }
}
