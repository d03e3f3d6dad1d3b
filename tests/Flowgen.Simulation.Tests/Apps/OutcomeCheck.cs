using Flowgen.Log;
using Flowgen.Runtime;
using Flowgen.Simulation.Tests.Stages;

namespace Flowgen.Simulation.Tests.Apps;

/// <summary>Compares what an app has left in its topics, and in its state, with plain computations over its input.</summary>
internal sealed class OutcomeCheck(Plan plan, FlowLog log)
{
    private readonly Dictionary<IPlanStream, List<Event>> _expected = [];
    private readonly PoisonOracle _poison = new(plan);

    public IEnumerable<string> Violations(FlowEngineStatistics statistics) =>
        plan.Stages.SelectMany(ViolationsOf).Concat(plan.Stages.SelectMany(stage => StateViolations(stage, statistics))).Concat(LetterViolations());

    private IEnumerable<string> ViolationsOf(PlanStage stage) => stage.Kind.Name switch
    {
        Plan.Totals => TotalViolations(stage),
        Plan.LateWindows => WindowViolations(stage, 500, corrects: false),
        Plan.CorrectedWindows => WindowViolations(stage, 400, corrects: true),
        Plan.Enrich => EventViolations(stage).Concat(OrphanViolations(stage)),
        _ => EventViolations(stage),
    };

    private IEnumerable<string> EventViolations(PlanStage stage)
    {
        if (stage.Topic is not { } topic) yield break;
        List<(int Partition, Event Event)> written = Read<Event, EventCodec>(topic);
        List<Event> expected = Expected(stage);
        if (Difference(topic, expected.Select(Plain), written.Select(e => Plain(e.Event))) is { } difference) yield return difference;
        if (written.Find(e => PlannedInput.PartitionOf(e.Event.Key, stage.TopicPartitions) != e.Partition) is (var where, { At: > 0 } lost))
            yield return $"{lost} is in partition {where} of '{topic}', not in that of its key";
        if (stage.IsOrdered)
        {
            foreach (var lane in written.GroupBy(e => (e.Event.Key, e.Event.Lane)))
            {
                if (lane.Zip(lane.Skip(1)).Any(pair => pair.First.Event.Step >= pair.Second.Event.Step))
                    yield return $"in '{topic}' the events of key {lane.Key.Key} from lane {lane.Key.Lane} are out of order: {string.Join(", ", lane.Select(e => e.Event.Step))}";
            }
        }

        if (stage.Kind.Name != "sequence") yield break;
        foreach (var key in written.GroupBy(e => e.Event.Key))
        {
            if (!key.Select(e => e.Event.Value).SequenceEqual(Enumerable.Range(1, key.Count())))
                yield return $"in '{topic}' the events of key {key.Key} are numbered {string.Join(", ", key.Select(e => e.Event.Value))}";
        }
    }

    private IEnumerable<string> OrphanViolations(PlanStage stage)
    {
        IEnumerable<Orphan> expected = Input(stage).Where(e => !Plan.HasFactor(e.Key)).Select(e => new Orphan(e.Key, e.Id, e.Lane, e.Step, e.At));
        if (Difference(PlanTopics.Orphans, expected, Read<Orphan, OrphanCodec>(PlanTopics.Orphans).Select(orphan => orphan.Record)) is { } difference) yield return difference;
    }

    private IEnumerable<string> TotalViolations(PlanStage stage)
    {
        List<Total> written = [.. Read<Total, TotalCodec>(stage.Name).Select(total => total.Record)];
        IEnumerable<Total> expected = Input(stage).GroupBy(e => e.Key).Select(key => new Total(key.Key, key.Count(), key.Sum(e => e.Id)));
        if (Difference(stage.Name, expected, written.GroupBy(total => total.Key).Select(key => key.Last())) is { } difference) yield return difference;
        foreach (IGrouping<int, Total> key in written.GroupBy(total => total.Key))
        {
            if (key.Zip(key.Skip(1)).Any(pair => pair.First.Count >= pair.Second.Count))
                yield return $"the totals of key {key.Key} do not grow: {string.Join(", ", key.Select(total => total.Count))}";
        }
    }

    /// <summary>Each event is counted in its window once, or handed over as late once; nothing is late that came in time.</summary>
    private IEnumerable<string> WindowViolations(PlanStage stage, long size, bool corrects)
    {
        List<Correction> written = [.. Read<Correction, CorrectionCodec>(stage.Name).Select(correction => correction.Record)];
        List<LateEvent> late = [.. Read<LateEvent, LateEventCodec>(PlanTopics.LateOf(stage)).Select(e => e.Record)];
        if (stage.IsInTime && late.Count > 0) yield return $"{late[0]} came in time, but '{stage.Name}' took it for late";
        foreach (var window in written.GroupBy(correction => (correction.Key, correction.Window)))
        {
            bool isRight = corrects ? window.Zip(window.Skip(1)).All(pair => pair.First.Count < pair.Second.Count) : window.Count() == 1;
            if (!isRight) yield return $"the results of a window of '{stage.Name}' are {string.Join(", ", window)}";
        }

        IEnumerable<(int, long, long, long)> counted = written.GroupBy(correction => (correction.Key, correction.Window)).Select(window => window.Last()).Select(last => (last.Key, last.Window, last.Count, last.Sum));
        IEnumerable<(int, long, long, long)> all = counted.Concat(late.Select(e => (e.Key, e.Window, 1L, e.Id)))
            .GroupBy(part => (part.Item1, part.Item2)).Select(window => (window.Key.Item1, window.Key.Item2, window.Sum(part => part.Item3), window.Sum(part => part.Item4)));
        IEnumerable<(int, long, long, long)> expected = Input(stage).GroupBy(e => (e.Key, Window: e.At / size * size)).Select(window => (window.Key.Key, window.Key.Window, window.LongCount(), window.Sum(e => e.Id)));
        if (Difference(stage.Name, expected, all) is { } difference) yield return difference;
    }

    private IEnumerable<string> StateViolations(PlanStage stage, FlowEngineStatistics statistics)
    {
        long entries = statistics.Operators.Where(op => op.Stage == stage.Name).Sum(op => op.StateEntries);
        long expected = stage.Kind.Name is Plan.Totals or "sequence" ? Input(stage).Select(e => e.Key).Distinct().Count() : 0;
        if (entries != expected && stage.Kind.Name is not (Plan.Enrich or Plan.CorrectedWindows)) yield return $"'{stage.Name}' keeps {entries} entries of state instead of {expected}";
    }

    /// <summary>What was left out is in the dead-letter topics, once.</summary>
    private IEnumerable<string> LetterViolations()
    {
        IEnumerable<string> expected = plan.OnError == ErrorAction.DeadLetter ? _poison.Letters(Expected) : [];
        if (Difference("the dead-letter topics", expected, PlanTopics.Dead(plan).SelectMany(ReadLetters)) is { } difference) yield return difference;
    }

    private List<string> ReadLetters(string topic)
    {
        List<string> letters = [];
        if (!log.TryDescribeTopic(topic, out TopicDescription? known)) return letters;
        for (int partition = 0; partition < known.Partitions; partition++)
        {
            using PartitionReader reader = log.OpenReader(topic, partition, 0);
            while (reader.TryRead(out RecordBatch batch))
            {
                for (int i = 0; i < batch.Count; i++) letters.Add(Letter(batch[i]));
            }
        }

        return letters;
    }

    private static string Letter(LogRecord record)
    {
        record.Headers.TryGet("flowgen.topic", out ReadOnlySpan<byte> topic);
        return PoisonOracle.Letter(System.Text.Encoding.UTF8.GetString(topic), record.Value);
    }

    private List<Event> Expected(IPlanStream stream)
    {
        if (_expected.TryGetValue(stream, out List<Event>? known)) return known;
        List<Event> events = stream is PlanInput input
            ? [.. PlannedInput.Create(plan, input).SelectMany(partition => partition)]
            : [.. ((PlanStage)stream).Kind.Apply!(Input((PlanStage)stream))];
        _expected.Add(stream, events);
        return events;
    }

    private IEnumerable<Event> Input(PlanStage stage) => stage.Feeds.SelectMany(feed => _poison.Reaching(stage, feed, Expected(feed.From)));

    private static Event Plain(Event e) => e with { Value = 0 };

    private List<(int Partition, TRecord Record)> Read<TRecord, TCodec>(string topic)
        where TCodec : struct, IRecordCodec<TRecord>
    {
        using TopicReader<TRecord, TCodec> reader = new(log, topic);
        using IEnumerator<TRecord> records = reader.ReadToEnd().GetEnumerator();
        List<(int, TRecord)> read = [];
        for (int partition = 0; partition < log.DescribeTopic(topic).Partitions; partition++)
        {
            for (long left = log.DescribePartition(topic, partition).NextOffset; left > 0 && records.MoveNext(); left--) read.Add((partition, records.Current));
        }

        return read;
    }

    private static string? Difference<T>(string topic, IEnumerable<T> expected, IEnumerable<T> actual)
        where T : notnull
    {
        Dictionary<T, int> counts = [];
        foreach (T record in expected) counts[record] = counts.GetValueOrDefault(record) + 1;
        foreach (T record in actual) counts[record] = counts.GetValueOrDefault(record) - 1;
        string[] wrong = [.. counts.Where(count => count.Value != 0).Take(5).Select(count => $"  {(count.Value > 0 ? "missing" : "too much")} {Math.Abs(count.Value)} x {count.Key}")];
        return wrong.Length == 0 ? null : $"'{topic}' does not hold what it should:\n{string.Join('\n', wrong)}";
    }
}
