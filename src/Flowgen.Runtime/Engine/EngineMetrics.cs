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
    private readonly Histogram<double> _processing;
    private readonly Counter<long> _records;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _dead;
    private readonly Lock _gate = new();
    private readonly List<EngineRun> _runs = [];
    private readonly Dictionary<(string App, string Stage), long> _lateBefore = [];

    private EngineMetrics(LogMetrics log)
    {
        _log = log;
        _commits = log.CreateSeconds(TelemetryNames.CommitDuration, "How long the commit of an epoch took.");
        _processing = log.CreateSeconds(TelemetryNames.ProcessDuration, "How long a stage worked on a batch.");
        _records = log.Meter.CreateCounter<long>(TelemetryNames.StageRecords, "{record}", "Records that came into a stage, and that left it.");
        _dropped = log.Meter.CreateCounter<long>(TelemetryNames.DroppedRecords, "{record}", "Records that could not be processed and were skipped.");
        _dead = log.Meter.CreateCounter<long>(TelemetryNames.DeadRecords, "{record}", "Records that could not be processed and were written to a dead-letter topic.");
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

    /// <summary>Whether somebody wants to know how long stages work.</summary>
    public bool MeasuresProcessing => _processing.Enabled;

    /// <summary>Tells how long the operators of a task have worked since the last call. Called by its worker.</summary>
    public void Processed(FlowTask task)
    {
        foreach (OperatorInstance op in task.Operators)
        {
            long ticks = op.Worked.Take();
            if (ticks > 0) _processing.Record((double)ticks / task.Context.Clock!.TimestampFrequency, new(TelemetryNames.App, task.App), new(TelemetryNames.Stage, op.Vertex.Node.Stage.Name));
        }
    }

    /// <summary>Counts the records of stages since the last call. Nobody works meanwhile.</summary>
    public void Counted(IReadOnlyList<FlowTask> tasks)
    {
        if (!_records.Enabled) return;
        foreach (FlowTask task in tasks)
        {
            foreach (OperatorInstance op in task.Operators) Counted(task.App, op);
        }
    }

    private void Counted(string app, OperatorInstance op)
    {
        (long into, long left) = (op.RecordsIn - op.Counted.In, op.RecordsOut - op.Counted.Out);
        op.Counted = (op.RecordsIn, op.RecordsOut);
        string stage = op.Vertex.Node.Stage.Name;
        if (into > 0) _records.Add(into, new(TelemetryNames.App, app), new(TelemetryNames.Stage, stage), new(TelemetryNames.Direction, TelemetryNames.InDirection));
        if (left > 0) _records.Add(left, new(TelemetryNames.App, app), new(TelemetryNames.Stage, stage), new(TelemetryNames.Direction, TelemetryNames.OutDirection));
    }

    /// <summary>Counts the records that were left out in an epoch, when it is committed.</summary>
    public void LeftOut(EngineRun run, IReadOnlyList<LeftOutRecord> records)
    {
        Counter<long> counter = run.OnError == ErrorAction.DeadLetter ? _dead : _dropped;
        foreach (LeftOutRecord record in records)
            counter.Add(1, new(TelemetryNames.App, run.Graph.App.Name), new(TelemetryNames.Stage, record.Stage), new(TelemetryNames.Reason, record.Reason));
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
