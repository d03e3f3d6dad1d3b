using System.Diagnostics.Metrics;
using Flowgen.Log.Commits;

namespace Flowgen.Log;

/// <summary>The instruments of a log. Counters rise once for each commit or batch, never for each record; the rest is looked up when somebody asks.</summary>
internal sealed class LogMetrics : IDisposable
{
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
    private static readonly KeyValuePair<string, object?> System = new(TelemetryNames.System, TelemetryNames.SystemName);

    private readonly FlowLog _log;
    private readonly bool _ownsMeter;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _consumed;
    private readonly Histogram<double> _duration;
    private readonly long _deletedBefore;
    private readonly long _compactedBefore;
    private volatile bool _isClosed;

    public LogMetrics(FlowLog log, IMeterFactory? factory)
    {
        _log = log;
        _ownsMeter = factory is null;
        var options = new MeterOptions(TelemetryNames.Meter) { Version = typeof(FlowLog).Assembly.GetName().Version?.ToString(3), TelemetrySchemaUrl = TelemetryNames.SchemaUrl };
        Meter = factory is null ? new Meter(options) : factory.Create(options);
        _sent = Meter.CreateCounter<long>(TelemetryNames.SentMessages, "{message}", "Records that were committed.");
        _consumed = Meter.CreateCounter<long>(TelemetryNames.ConsumedMessages, "{message}", "Records that were taken.");
        _duration = CreateSeconds(TelemetryNames.OperationDuration, "How long sending, polling and committing took.");
        (_deletedBefore, _compactedBefore) = (log.State.DeletedBytes, log.State.CompactedBytes);
        Observe();
    }

    public Meter Meter { get; }

    /// <summary>Whether somebody wants to know what is consumed.</summary>
    public bool CountsConsumed => _consumed.Enabled;

    public Histogram<double> CreateSeconds(string name, string description) =>
        Meter.CreateHistogram(name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });

    /// <summary>Timestamp for a duration that begins; 0 if nobody wants to know.</summary>
    public long Start() => _duration.Enabled ? _log.Options.TimeProvider.GetTimestamp() : 0;

    public void Committed(CommitRequest request, Exception? failure)
    {
        if (failure is null && _sent.Enabled)
        {
            foreach (var write in request.Writes)
                _sent.Add(write.Records, System, new(TelemetryNames.Topic, write.Partition.Topic), new(TelemetryNames.Partition, write.Partition.IndexText));
        }

        Took(request.StartedAt, request.Writes.Count > 0 ? TelemetryNames.SendOperation : TelemetryNames.CommitOperation, failure);
    }

    public void Consumed(long records, string? group, string topic, string partition)
    {
        if (!_consumed.Enabled || records == 0)
            return;
        if (group is null)
            _consumed.Add(records, System, new(TelemetryNames.Topic, topic), new(TelemetryNames.Partition, partition));
        else
            _consumed.Add(records, System, new(TelemetryNames.Topic, topic), new(TelemetryNames.Partition, partition), new(TelemetryNames.Group, group));
    }

    public void Polled(long startedAt) => Took(startedAt, TelemetryNames.PollOperation, null);

    public void Dispose()
    {
        _isClosed = true;
        if (_ownsMeter)
            Meter.Dispose();
    }

    private void Took(long startedAt, string operation, Exception? failure)
    {
        if (startedAt == 0)
            return;
        double seconds = _log.Options.TimeProvider.GetElapsedTime(startedAt).TotalSeconds;
        if (failure is null)
            _duration.Record(seconds, System, new(TelemetryNames.Operation, operation));
        else
            _duration.Record(seconds, System, new(TelemetryNames.Operation, operation), new(TelemetryNames.Error, failure.GetType().FullName));
    }

    private void Observe()
    {
        Meter.CreateObservableGauge(TelemetryNames.ConsumerLag, Lags, "{record}", "Records behind what a group has committed.");
        Meter.CreateObservableUpDownCounter(TelemetryNames.LogSize, () => Topics(p => p.SizeInBytes), "By", "Committed bytes on disk.");
        Meter.CreateObservableUpDownCounter(TelemetryNames.LogSegments, () => Topics(p => p.Segments), "{segment}", "Segment files.");
        Count(TelemetryNames.LogDeleted, "By", "What retention and deletion of records have taken away.", () => Math.Max(0, _log.State.DeletedBytes - _deletedBefore));
        Count(TelemetryNames.LogCompacted, "By", "What compaction has saved.", () => Math.Max(0, _log.State.CompactedBytes - _compactedBefore));
        Count(TelemetryNames.LogTorn, "By", "Invalid bytes that were cut off when the log was opened.", () => _log.Recovery.TornBytes);
        Count(TelemetryNames.LogDiskFull, "{commit}", "Commits that were refused because the disk was full.", () => _log.Monitor.DiskFullCommits);
        Count(TelemetryNames.LogPoisoned, "{log}", "1 when the log acknowledges nothing any more.", () => _log.Monitor.IsPoisoned ? 1 : 0);
        Count(TelemetryNames.LogCorruptions, "{failure}", "Reads that met damaged bytes.", () => _log.Monitor.DamagedReads);
        Count(TelemetryNames.LogHousekeepingFailures, "{failure}", "Work in the background that failed.", () => _log.Housekeeper.Health.Total);
    }

    private void Count(string name, string unit, string description, Func<long> value) =>
        Meter.CreateObservableCounter(name, () => Measure(value), unit, description);

    private Measurement<long>[] Measure(Func<long> value) => _isClosed ? [] : [new Measurement<long>(value(), System)];

    private IEnumerable<Measurement<long>> Topics(Func<PartitionDescription, long> value) => _isClosed
        ? []
        : _log.DescribeAll().GroupBy(p => p.Topic).Select(t => new Measurement<long>(t.Sum(p => value(p.Held)), System, new(TelemetryNames.Topic, t.Key)));

    private IEnumerable<Measurement<long>> Lags() => _isClosed
        ? []
        : _log.Lags().Select(l => new Measurement<long>(l.Lag, System, new(TelemetryNames.Group, l.Group), new(TelemetryNames.Topic, l.Partition.Topic), new(TelemetryNames.Partition, l.Partition.IndexText)));
}
