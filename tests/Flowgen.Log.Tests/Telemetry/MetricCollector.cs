using System.Diagnostics.Metrics;

namespace Flowgen.Log.Tests.Telemetry;

/// <summary>Adds up what the meters of one factory measure, by instrument and attributes.</summary>
internal sealed class MetricCollector : IMeterFactory
{
    private readonly List<Meter> _meters = [];
    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();

    public MetricCollector()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (_meters.Contains(instrument.Meter))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument, 1, tags));
    }

    public IReadOnlyList<Meter> Meters => _meters;

    public Dictionary<string, long> Values { get; } = [];

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(options);
        _meters.Add(meter);
        if (_meters.Count == 1)
            _listener.Start();
        return meter;
    }

    /// <summary>Asks the instruments that answer only when asked.</summary>
    public void Observe()
    {
        lock (_gate)
        {
            foreach (string key in Values.Keys.Where(k => k.StartsWith("flowgen.", StringComparison.Ordinal)).ToList())
                Values.Remove(key);
        }

        _listener.RecordObservableInstruments();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meters.ForEach(m => m.Dispose());
    }

    private void Add(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string key = instrument.Name;
        foreach (var tag in tags)
        {
            if (tag.Key != TelemetryNames.System)
                key += $" {tag.Value}";
        }

        lock (_gate)
            Values[key] = Values.GetValueOrDefault(key) + value;
    }
}
