using Flowgen.TestKit.Simulation;

namespace Flowgen.Simulation.Tests.Apps;

/// <summary>Makes plans from seeds.</summary>
internal sealed class PlanGenerator(int seed)
{
    private readonly Random _random = new(seed);
    private readonly Random _more = new(seed ^ 0x5EED); // what was added later leaves the plans of old seeds as they were
    private readonly Random _snapshots = new(~seed); // of its own, so that the plans of old seeds stay as they were
    private readonly List<PlanInput> _inputs = [];
    private readonly List<PlanStage> _stages = [];
    private int _factorPartitions;

    public static Plan Generate(int seed) => new PlanGenerator(seed).Generate();

    private Plan Generate()
    {
        int inputs = _random.Next(1, 3);
        for (int i = 0; i < inputs; i++) _inputs.Add(Input(i));
        int stages = _random.Next(1, 8);
        StageKind[] kinds = [.. StageKind.All];
        _random.Shuffle(kinds);
        foreach (StageKind kind in kinds)
        {
            if (_stages.Count < stages) TryAdd(kind);
        }

        if (_stages.Count == 0) TryAdd(StageKind.All.First(kind => kind.Name == Plan.Totals));
        foreach (PlanStage stage in _stages.Where(stage => stage.EmitsEvents)) ChooseTopic(stage);
        return new Plan
        {
            Seed = seed,
            Inputs = _inputs,
            Stages = _stages,
            FactorPartitions = _factorPartitions,
            Lives = [.. Enumerable.Range(0, _random.Next(0, 8)).Select(_ => Life())],
            CommitEveryMs = Choose(1, 5, 20, 100),
            MaxCommitsInFlight = _random.Next(1, 4),
            MaxEpochBytes = Choose(1 << 9, 1 << 12, 1 << 25),
            MaxInFlightBytes = Choose(1 << 7, 1 << 25, 1 << 25),
            SegmentBytes = Choose(1 << 10, 1 << 12, 1 << 16),
            LongestDiskStep = Choose(0, 1_000, 100_000, 2_000_000),
            CompactsTotals = _random.Next(2) == 0,
            OnError = (ErrorAction)_more.Next(Enum.GetValues<ErrorAction>().Length),
            KeptEvents = _more.Next(3) == 0 ? _more.Next(5, 20) : 0,
            InputExpires = _more.Next(3) == 0,
            SnapshotAfterBytes = _snapshots.Next(2) == 0 ? 0 : _snapshots.Next(2_000),
            SnapshotSliceBytes = _snapshots.Next(1, 300),
        };
    }

    private PlanInput Input(int number)
    {
        int disorder = Choose(0, 100, 400, 1500);
        bool isInTime = _random.Next(3) != 0;
        return new PlanInput(
            number,
            Partitions: _random.Next(1, 6),
            Events: _random.Next(10, 200),
            Keys: _random.Next(1, 12),
            disorder,
            OutOfOrder: isInTime ? disorder + _random.Next(50) : disorder / 3,
            Idle: isInTime || _random.Next(2) == 0 ? PlanInput.Never : _random.Next(5, 200));
    }

    private PlanLife Life() => new(
        (LifeEnding)_random.Next(Enum.GetValues<LifeEnding>().Length),
        Workers: _random.Next(1, 5),
        Steps: _random.Next(1, Choose(30, 300, 1500)),
        IsBounded: _random.Next(2) == 0,
        (Loss)_random.Next(Enum.GetValues<Loss>().Length),
        (FaultKind)_random.Next(Enum.GetValues<FaultKind>().Length),
        StopsAtPoison: _more.Next(4) == 0,
        RoomAfter: _more.Next(2) == 0 ? _more.Next(50, 1_000) : int.MaxValue);

    private void TryAdd(StageKind kind)
    {
        List<IPlanStream> streams = [.. _inputs, .. _stages.Where(stage => stage.EmitsEvents)];
        if (kind.NeedsTime) streams.RemoveAll(stream => !stream.IsInTime);
        if (streams.Count == 0) return;
        int first = _random.Next(streams.Count);
        List<IPlanStream> read = [streams[_random.Next(2) == 0 ? streams.Count - 1 : first]];
        if (_random.Next(4) == 0 && streams.Find(stream => !ReferenceEquals(stream, read[0])) is { } second) read.Add(second);
        _stages.Add(kind.IsKeyed ? Keyed(kind, read) : Plain(kind, read));
    }

    private PlanStage Plain(StageKind kind, List<IPlanStream> read)
    {
        List<PlanFeed> feeds = [.. read.Select(stream => new PlanFeed(stream, IsExchanged: false, ThroughTopic(stream)))];
        int width = kind.Name == Plan.NoteWindows ? _random.Next(1, 5) : feeds.Max(feed => feed.Width);
        return new PlanStage(kind, feeds, width);
    }

    private PlanStage Keyed(StageKind kind, List<IPlanStream> read)
    {
        int width = kind.Name == Plan.Enrich ? _factorPartitions = _random.Next(1, 5) : WidthFor(kind, read);
        return new PlanStage(kind, [.. read.Select(stream => KeyedFeed(kind, stream, width))], width);
    }

    /// <summary>As many tasks as a stream has, so that it can be read directly, or any number.</summary>
    private int WidthFor(StageKind kind, List<IPlanStream> read) =>
        !kind.GroupsAnew && _random.Next(3) != 0 ? read[_random.Next(read.Count)].Width : _random.Next(1, 5);

    private PlanFeed KeyedFeed(StageKind kind, IPlanStream stream, int width)
    {
        bool isThroughTopic = ThroughTopic(stream);
        PlanFeed direct = new(stream, IsExchanged: false, isThroughTopic);
        bool canBeDirect = !kind.GroupsAnew && direct.Width == width && (isThroughTopic || stream.LiesByKey);
        return direct with { IsExchanged = !canBeDirect || _random.Next(4) == 0 };
    }

    private bool ThroughTopic(IPlanStream stream)
    {
        if (stream is not PlanStage stage) return true;
        if (_random.Next(4) != 0) return false;
        if (stage.TopicPartitions == 0) stage.TopicPartitions = _random.Next(1, 5);
        return true;
    }

    private void ChooseTopic(PlanStage stage)
    {
        bool isRead = _stages.Exists(other => other.Feeds.Any(feed => ReferenceEquals(feed.From, stage)));
        if (stage.TopicPartitions == 0 && (!isRead || _random.Next(2) == 0)) stage.TopicPartitions = _random.Next(2) == 0 ? stage.Width : _random.Next(1, 5);
    }

    private int Choose(params ReadOnlySpan<int> choices) => choices[_random.Next(choices.Length)];
}
