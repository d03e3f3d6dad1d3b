using System.Diagnostics.Metrics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>What the apps of one log measure, with the instruments of its meter: once for each epoch, the rest when somebody asks.</summary>
internal sealed class EngineMetrics
{
    private static readonly ConditionalWeakTable<FlowLog, EngineMetrics> ByLog = [];

    private readonly LogMetrics _log;
    private readonly Histogram<double> _commits;
    private readonly Lock _gate = new();
    private readonly List<EngineRun> _runs = [];
    private readonly Dictionary<(string App, string Stage), long> _lateBefore = [];

    private EngineMetrics(LogMetrics log)
    {
        _log = log;
        _commits = log.CreateSeconds(TelemetryNames.CommitDuration, "How long the commit of an epoch took.");
        log.Meter.CreateObservableCounter(TelemetryNames.LateRecords, Late, "{record}", "Records that came after their window had closed for good.");
        log.Meter.CreateObservableGauge(TelemetryNames.WatermarkLag, WatermarkLags, "s", "How far event time is behind the clock.");
        log.Meter.CreateObservableUpDownCounter(TelemetryNames.StateKeys, () => States(op => op.Changelog!.Entries), "{key}", "Entries of keyed state.");
        log.Meter.CreateObservableUpDownCounter(TelemetryNames.StateSize, () => States(op => op.Changelog!.SizeInBytes), "By", "Memory of keyed state.");
    }

    /// <returns>Null for a log without metrics, such as that of a unit test.</returns>
    public static EngineMetrics? Of(IEngineLog log) =>
        log is EmbeddedLog embedded ? ByLog.GetValue(embedded.Log, static found => new EngineMetrics(found.Metrics)) : null;

    /// <summary>Measures a run until what is returned is disposed of.</summary>
    public IDisposable Observe(EngineRun run)
    {
        lock (_gate) _runs.Add(run);
        return new Observed(this, run);
    }

    private void Remove(EngineRun run)
    {
        lock (_gate)
        {
            _runs.Remove(run);
            foreach (((string App, string Stage) key, long late) in LateOf(run)) _lateBefore[key] = _lateBefore.GetValueOrDefault(key) + late;
        }
    }

    /// <summary>Counts what a source has read since the last call. Nobody reads meanwhile.</summary>
    public void Consumed(string app, Source source)
    {
        long records = source.Records - source.CountedRecords;
        source.CountedRecords = source.Records;
        if (records > 0 && _log.CountsConsumed) _log.Consumed(records, app, source.Topic, source.Partition.ToString(CultureInfo.InvariantCulture));
    }

    public void Committed(string app, TimeSpan took) => _commits.Record(took.TotalSeconds, new KeyValuePair<string, object?>(TelemetryNames.App, app));

    private static IEnumerable<((string App, string Stage) Key, long Late)> LateOf(EngineRun run) => run.Tasks
        .SelectMany(task => task.Operators)
        .GroupBy(op => (run.Graph.App.Name, op.Vertex.Node.Stage.Name))
        .Select(stage => (stage.Key, stage.Sum(op => op.LateRecords)));

    private List<Measurement<long>> Late()
    {
        lock (_gate)
        {
            Dictionary<(string App, string Stage), long> late = new(_lateBefore);
            foreach (((string App, string Stage) key, long count) in _runs.SelectMany(LateOf)) late[key] = late.GetValueOrDefault(key) + count;
            return [.. late.Select(stage => new Measurement<long>(stage.Value, new(TelemetryNames.App, stage.Key.App), new(TelemetryNames.Stage, stage.Key.Stage)))];
        }
    }

    private List<Measurement<double>> WatermarkLags()
    {
        lock (_gate)
        {
            return [.. from run in _runs
                       let now = run.Time.GetUtcNow().ToUnixTimeMilliseconds()
                       from task in run.Tasks
                       from op in task.Operators
                       let watermark = op.Clock.Watermark
                       where watermark is > long.MinValue and < long.MaxValue
                       group (now - watermark) / 1000.0 by (App: run.Graph.App.Name, Stage: op.Vertex.Node.Stage.Name, op.Task.Partition) into stage
                       select new Measurement<double>(
                           stage.Max(),
                           new(TelemetryNames.App, stage.Key.App),
                           new(TelemetryNames.Stage, stage.Key.Stage),
                           new(TelemetryNames.Task, stage.Key.Partition))];
        }
    }

    private sealed class Observed(EngineMetrics metrics, EngineRun run) : IDisposable
    {
        public void Dispose() => metrics.Remove(run);
    }

    private List<Measurement<long>> States(Func<OperatorInstance, long> value)
    {
        lock (_gate)
        {
            return [.. from run in _runs
                       from task in run.Tasks
                       from op in task.Operators
                       where op.Changelog is not null
                       group value(op) by (App: run.Graph.App.Name, Stage: op.Vertex.Node.Stage.Name, State: op.Vertex.Name) into state
                       select new Measurement<long>(
                           state.Sum(),
                           new(TelemetryNames.App, state.Key.App),
                           new(TelemetryNames.Stage, state.Key.Stage),
                           new(TelemetryNames.State, state.Key.State))];
        }
    }
}
