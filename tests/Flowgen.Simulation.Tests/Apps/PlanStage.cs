namespace Flowgen.Simulation.Tests.Apps;

/// <summary>A stage of a generated app.</summary>
/// <param name="kind">What it does.</param>
/// <param name="feeds">What it reads.</param>
/// <param name="width">Number of its tasks.</param>
internal sealed class PlanStage(StageKind kind, IReadOnlyList<PlanFeed> feeds, int width) : IPlanStream
{
    public StageKind Kind => kind;

    public IReadOnlyList<PlanFeed> Feeds => feeds;

    public int Width => width;

    public string Name => Kind.Name;

    public string? Topic => TopicPartitions > 0 ? $"out-{Name}" : null;

    /// <summary>Partitions of the topic that takes its events; 0 where there is none.</summary>
    public int TopicPartitions { get; set; }

    public bool EmitsEvents => Kind.Apply is not null;

    public bool LiesByKey => Kind.KeepsKey && (Kind.IsKeyed || Feeds.All(feed => feed.From.LiesByKey && feed.Width == Width));

    public bool IsOrdered => Kind.NeedsTime || (Feeds.All(feed => feed.From.IsOrdered) && Feeds.Sum(feed => feed.From.Origins.Count) == Origins.Count);

    public bool IsInTime => Feeds.All(feed => feed.From.IsInTime || feed is { IsThroughTopic: true, From: PlanStage });

    public IReadOnlySet<string> Origins => Kind.NeedsTime ? new HashSet<string> { Name } : Feeds.SelectMany(feed => feed.From.Origins).ToHashSet();

    public override string ToString()
    {
        IEnumerable<string> feeds = Feeds.Select(feed => $"{(feed.From as PlanStage)?.Name ?? feed.From.Topic}{(feed.IsThroughTopic ? " through its topic" : "")}{(feed.IsExchanged ? " by exchange" : "")}");
        return $"{Name} x{Width} reads {string.Join(" and ", feeds)}{(TopicPartitions > 0 ? $", writes {TopicPartitions} partitions" : "")}";
    }
}
