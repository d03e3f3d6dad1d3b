using System.Globalization;

namespace Flowgen.Log.Tests.Simulation;

/// <summary>Draws the steps of a life at random; the same seed gives the same life.</summary>
internal sealed class RandomScenario
{
    private static readonly string[] Names = ["alpha", "beta", "gamma", "delta", "__changelog"];

    private readonly Random _random;
    private readonly LogModel _model = new();
    private int _number;

    private RandomScenario(int seed) => _random = new Random(seed);

    private delegate Step? Draw();

    /// <summary>Makes a scenario.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="isOneProcess">Whether there is neither a kill nor a second opening in it.</param>
    public static Scenario Create(int seed, int steps, bool isOneProcess = false)
    {
        var scenario = new RandomScenario(seed);
        var draws = scenario.Draws(isOneProcess);
        var drawn = new List<Step> { scenario.Keep(scenario.CreateTopic()!) };
        while (drawn.Count < steps)
        {
            if (draws[scenario._random.Next(draws.Count)]() is { } step)
                drawn.Add(scenario.Keep(step));
        }

        return new Scenario($"seed {seed}", drawn) { LogOptions = scenario.Options() };
    }

    // How often something is drawn is how often it stands here.
    private List<Draw> Draws(bool isOneProcess)
    {
        List<Draw> draws =
        [
            Transaction, Transaction, Transaction, Transaction, Transaction, Transaction, Together, Together, SetOffset, SetOffset,
            CreateTopic, RegisterSchema, Abort, DeleteBefore, AlterTopic, DeleteTopic, DeleteGroup, DeleteGroupOffset,
        ];
        if (!isOneProcess)
            draws.AddRange([Overlapping, Housekeep, Housekeep, TakeOver, Backup, () => Take.Close, () => Take.Kill, () => Take.WriteBack]);
        return draws;
    }

    // Journaled or synced, rotated often or not at all.
    private FlowLogOptions Options() => Scenario.Options with
    {
        SegmentBytes = 1024 << _random.Next(4),
        JournalBelowBytes = _random.Next(3) switch { 0 => 0, 1 => 400, _ => Scenario.Options.JournalBelowBytes },
        JournalFileBytes = 1500 << (2 * _random.Next(3)),
    };

    private Step Keep(Step step)
    {
        foreach (var effect in step.Effects)
            effect(_model);
        return step;
    }

    private Step? CreateTopic()
    {
        string? name = Names.FirstOrDefault(n => !_model.Topics.ContainsKey(n));
        if (name is null)
            return null;
        var cleanup = (TopicCleanup)_random.Next(3);
        return Take.Create(name, new TopicSettings(1 + _random.Next(3), cleanup, _random.Next(2) == 0 ? TimeSpan.FromHours(1 + _random.Next(5)) : null)
        {
            SegmentBytes = _random.Next(2) == 0 ? 2048 : null,
            MinDirtyRatio = 0,
            TombstoneRetention = TimeSpan.FromHours(_random.Next(4)),
            Compression = (TopicCompression)_random.Next(4),
        });
    }

    private Step Housekeep() => Take.Housekeep(TimeSpan.FromMinutes(_random.Next(90)));

    private Step AlterTopic()
    {
        string topic = Topic();
        var settings = _model.Topics[topic].Settings;
        return Take.Alter(topic, settings with { Partitions = Math.Min(4, settings.Partitions + _random.Next(2)), SegmentBytes = 1024 + _random.Next(2048) });
    }

    private Step? DeleteTopic() => _model.Topics.Count < 2 ? null : Take.Delete(Topic());

    private Step? DeleteGroup() => _model.Offsets.Count == 0 ? null : Take.DeleteGroup(Offset().Group);

    private Step? DeleteGroupOffset()
    {
        if (_model.Offsets.Count == 0)
            return null;
        var (group, topic, partition) = Offset();
        return Take.DeleteGroupOffset(group, topic, partition);
    }

    private (string Group, string Topic, int Partition) Offset() => _model.Offsets.Keys.ElementAt(_random.Next(_model.Offsets.Count));

    private Step RegisterSchema() => Take.RegisterSchema(Topic(), BitConverter.GetBytes(_number++));

    private Step SetOffset()
    {
        var (topic, partition) = Partition();
        return Take.SetOffset($"group{_random.Next(3)}", topic, partition, _random.Next(100), $"metadata {_number++}");
    }

    private Step Abort()
    {
        var (topic, partition) = Partition();
        return Take.Abort(topic, partition, Record(100));
    }

    private Step? DeleteBefore()
    {
        var (topic, partition) = Partition();
        var model = _model.Partition(topic, partition);
        return model.NextOffset == model.FirstOffset ? null : Take.DeleteBefore(topic, partition, _random.NextInt64(model.FirstOffset, model.NextOffset + 1));
    }

    private Step Transaction() => Take.Transaction(Content());

    private Step Together() => Take.Together([.. Enumerable.Range(0, 2 + _random.Next(3)).Select(_ => Content())]);

    private Step Overlapping() => Take.Overlapping([.. Enumerable.Range(0, 2 + _random.Next(3)).Select(_ => Content())]);

    private Step TakeOver()
    {
        var (topic, partition) = Partition();
        return Take.TakeOver($"worker{_random.Next(2)}", topic, partition);
    }

    private Step Backup() => Take.Backup($"/backup{_number++}", Content());

    private TransactionContent Content()
    {
        var content = new TransactionContent();
        for (int i = _random.Next(3); i >= 0; i--)
        {
            var (topic, partition) = Partition();
            int valueBytes = _random.Next(20) == 0 ? 3_000 : 1 + _random.Next(300);
            content.Append(topic, partition, [.. Enumerable.Range(0, 1 + _random.Next(4)).Select(_ => Record(valueBytes))]);
        }

        var (read, readPartition) = Partition();
        return _random.Next(2) == 0 ? content : content.SetOffset("group0", read, readPartition, _number);
    }

    private ModelRecord Record(int valueBytes)
    {
        string number = (_number++).ToString(CultureInfo.InvariantCulture);
        string? value = _random.Next(8) == 0 ? null : number.PadRight(valueBytes, 'v');
        return new ModelRecord($"key{_random.Next(6)}", value, 1_000 + _random.Next(500), _random.Next(4) == 0 ? " h:1" : "");
    }

    private string Topic() => _model.Topics.Keys.ElementAt(_random.Next(_model.Topics.Count));

    private (string Topic, int Partition) Partition()
    {
        string topic = Topic();
        return (topic, _random.Next(_model.Topics[topic].Partitions.Count));
    }
}
