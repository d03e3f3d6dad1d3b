namespace Flowgen.Log.Storage;

/// <summary>What a partition has of one producer: its epoch, and the last runs of its records, by which a batch that comes again is known.</summary>
internal sealed class ProducerState
{
    /// <summary>Runs that are remembered, and so the commits that a producer may have on their way.</summary>
    public const int MaxRuns = 16;

    private readonly List<SequenceRun> _runs;

    public ProducerState() => _runs = [];

    private ProducerState(ProducerState other)
    {
        _runs = [.. other._runs];
        Epoch = other.Epoch;
        LastTime = other.LastTime;
    }

    public short Epoch { get; private set; } = -1;

    /// <summary>When it appended last, in Unix milliseconds.</summary>
    public long LastTime { get; private set; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<SequenceRun> Runs => _runs;

    /// <summary>Sequence that a new batch must have.</summary>
    public int NextSequence => _runs.Count == 0 ? 0 : _runs[^1].NextSequence;

    public ProducerState Copy() => new(this);

    /// <summary>The offset of a batch that is there already, or null.</summary>
    public long? Find(int sequence, int records)
    {
        for (int i = _runs.Count - 1; i >= 0; i--)
        {
            if (_runs[i].Find(sequence, records) is { } offset)
                return offset;
        }

        return null;
    }

    public void Append(short epoch, SequenceRun run, long time)
    {
        if (epoch != Epoch)
            _runs.Clear();
        Epoch = epoch;
        LastTime = Math.Max(LastTime, time);
        if (_runs.Count > 0 && _runs[^1].With(run) is { } joined)
        {
            _runs[^1] = joined;
            return;
        }

        if (_runs.Count == MaxRuns)
            _runs.RemoveAt(0);
        _runs.Add(run);
    }
}
