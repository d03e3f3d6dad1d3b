using System.Diagnostics;
using System.Globalization;
using Flowgen.Benchmarks.Gates;
using Flowgen.Log;
using Flowgen.Runtime;

namespace Flowgen.Benchmarks.State;

/// <summary>
/// State at size: fills an app with keys of 32 bytes (key and value), changes them at full speed in random order while epochs and snapshots are written, stops, and
/// starts again. Reports the longest time for which a worker processed no record, and how fast a restart restores.
/// </summary>
internal sealed class StateGate(string name, int keys, StateGoal goal, double limit) : IGate
{
    private const int Runs = 3;
    private const int Warm = 200_000;

    public string Name => name;

    public GateResult Run()
    {
        Measure(Warm);
        List<StateRun> runs = [.. Enumerable.Range(0, Runs).Select(_ => Measure(keys))];
        double[] figures = [.. runs.Select(Figure).Order()];
        double figure = goal == StateGoal.LongestStop ? figures[^1] : figures[Runs / 2]; // never longer: no run may be
        StateRun last = runs[^1];
        return new GateResult(name, Math.Round(figure, 2), Unit, null, null, null, $"{(goal == StateGoal.RestoreRate ? "at least" : "at most")} {limit} {Unit}", goal == StateGoal.RestoreRate ? figure >= limit : figure <= limit)
        {
            Note = string.Create(CultureInfo.InvariantCulture, $"{figures[0]:F1} to {figures[^1]:F1}; {keys / 1e6:F0} M keys; {last.BytesPerEntry:F1} B in memory for each entry of 32; stored {last.StoredBytes / 1e6:F0} MB; {last.Commits} commits while changing {last.Rate:F1} M/s; longest stop while filling {last.FillStop:F0} ms, while changing {last.ChangeStop:F0} ms; last state written in {last.Checkpoint:F0} ms; restored in {last.RestoreTime:F0} ms, {last.RestoreRate:F1} M entries/s"),
        };
    }

    private string Unit => goal == StateGoal.RestoreRate ? "M entries/s restored" : "ms " + (goal == StateGoal.LongestStop ? "longest stop" : goal == StateGoal.Restore ? "to restore" : "to write all state");

    private double Figure(StateRun run) => goal switch
    {
        StateGoal.LongestStop => Math.Max(run.FillStop, run.ChangeStop),
        StateGoal.RestoreRate => run.RestoreRate,
        StateGoal.Restore => run.RestoreTime,
        _ => run.Checkpoint,
    };

    private static StateRun Measure(int keys)
    {
        using TemporaryDirectory directory = new();
        StateRun run = new();
        using (FlowLog log = FlowLog.Open(directory.Path))
        {
            log.EnsureTopic("changes", new TopicSettings(Partitions: Environment.ProcessorCount));
            Load(log, keys, i => i);
            run = RunOnce(log, run, (r, stop, _) => r with { FillStop = stop });
            Load(log, keys * 2, i => (long)((ulong)i * 0x9E37_79B9_7F4A_7C15 % (ulong)keys));
            run = RunOnce(log, run, (r, stop, statistics) => r with { ChangeStop = stop, Commits = statistics.Commits, Rate = keys * 2 / r.Seconds / 1e6 });
            if (keys > Warm && Changelogs(log).Any(partition => partition.FirstOffset == 0))
                throw new InvalidOperationException("No snapshot was completed while the stops were measured");
        }

        using (FlowLog log = FlowLog.Open(directory.Path))
            return Restore(log, run, keys);
    }

    private static StateRun RunOnce(FlowLog log, StateRun run, Func<StateRun, double, FlowEngineStatistics, StateRun> note)
    {
        FlowEngine engine = FlowEngine.Create<StateApp>(log);
        Stream.Reset();
        Stream.IsOn = true;
        long started = Stopwatch.GetTimestamp();
        engine.RunToEndAsync().GetAwaiter().GetResult();
        run = run with { Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds };
        Stream.IsOn = false;
        run = note(run, Stream.Longest.TotalMilliseconds, engine.GetStatistics());
        engine.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return run;
    }

    // A run without new records: it restores, and has nothing to commit.
    private static StateRun Restore(FlowLog log, StateRun run, int keys)
    {
        FlowEngine engine = FlowEngine.Create<StateApp>(log);
        long started = Stopwatch.GetTimestamp();
        engine.RunToEndAsync().GetAwaiter().GetResult();
        double restore = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        OperatorStatistics[] operators = [.. engine.GetStatistics().Operators];
        engine.DisposeAsync().AsTask().GetAwaiter().GetResult();
        long entries = operators.Sum(o => o.StateEntries);
        if (entries != keys) throw new InvalidOperationException($"{entries} of {keys} entries were restored");
        return run with
        {
            BytesPerEntry = operators.Sum(o => o.StateBytes) / (double)entries,
            StoredBytes = Changelogs(log).Sum(partition => partition.SizeInBytes),
            RestoreTime = restore,
            RestoreRate = entries / restore / 1e3,
            Checkpoint = Checkpoint(keys),
        };
    }

    private static IEnumerable<PartitionDescription> Changelogs(FlowLog log)
    {
        string changelog = log.ListTopics(includeInternal: true).Single(topic => topic.Name.EndsWith(".changelog", StringComparison.Ordinal)).Name;
        return Enumerable.Range(0, Environment.ProcessorCount).Select(partition => log.DescribePartition(changelog, partition));
    }

    /// <summary>Writes and reads back the state of one store alone: what a checkpoint of all of it costs a thread.</summary>
    private static double Checkpoint(int keys)
    {
        var store = new KeyedStore<long, Int64Key, Balance, Unmanaged<Balance>>("balances");
        for (long i = 0; i < keys; i++) store.Get(i).Sum = i;
        ByteBuffer to = new(keys * 33);
        long started = Stopwatch.GetTimestamp();
        store.WriteChanges(to);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static void Load(FlowLog log, int count, Func<long, long> account)
    {
        const int chunk = 100_000;
        TopicWriter<Change, ChangeCodec> writer = new(log, "changes");
        for (int written = 0; written < count; written += chunk)
        {
            for (int i = written; i < Math.Min(written + chunk, count); i++) writer.Add(new Change(account(i), i));
            writer.CommitAsync().GetAwaiter().GetResult();
        }
    }

    private sealed record StateRun
    {
        public double Seconds { get; init; }

        public double FillStop { get; init; }

        public double ChangeStop { get; init; }

        public double Rate { get; init; }

        public long Commits { get; init; }

        public double BytesPerEntry { get; init; }

        public long StoredBytes { get; init; }

        public double RestoreTime { get; init; }

        public double RestoreRate { get; init; }

        public double Checkpoint { get; init; }
    }
}

/// <summary>What a gate on state looks at.</summary>
internal enum StateGoal
{
    /// <summary>The longest time without a processed record.</summary>
    LongestStop,

    /// <summary>Entries restored in a second.</summary>
    RestoreRate,

    /// <summary>Time to restore.</summary>
    Restore,

    /// <summary>Time to write the whole state.</summary>
    Checkpoint,
}
