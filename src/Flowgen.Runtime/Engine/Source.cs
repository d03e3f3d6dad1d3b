using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>One partition of a topic that a task reads.</summary>
internal abstract class Source(SourceVertex vertex, FlowTask task) : IDisposable
{
    private readonly List<SourceClock> _clocks = [];
    private long _version = -1;
    private bool _isCaughtUp;

    public SourceVertex Vertex { get; } = vertex;

    /// <summary>Takes the records that cannot be processed.</summary>
    public BadRecords Bad { get; } = task.Worker.TakeBad(vertex.Topic.Name, task.Partition, vertex.Partitions, vertex.Outputs[0].Target.Node.Stage.Name);

    public string Topic { get; } = vertex.Topic.Name;

    public FlowTask Task { get; } = task;

    public int Partition => Task.Partition;

    /// <summary>Offset of the next record to read; what a commit of now would note.</summary>
    public long Position { get; protected set; }

    /// <summary>The position in the epoch that was closed last.</summary>
    public long NotedPosition { get; set; }

    /// <summary>Where a bounded run stops to read; <see cref="long.MaxValue"/> in an endless one.</summary>
    public long End { get; set; } = long.MaxValue;

    /// <summary>Where an epoch that is to settle stops to read.</summary>
    public long SettlesAt { get; set; } = long.MaxValue;

    public bool IsAtEnd => Position >= End;

    /// <summary>The newest event time so far, in Unix milliseconds.</summary>
    public long NewestTime { get; protected set; } = long.MinValue;

    /// <summary>Records read in this run.</summary>
    public long Records { get; protected set; }

    /// <summary>Those of them that are in the metrics.</summary>
    public long CountedRecords { get; set; }

    /// <summary>Offsets passed in this run because their records had been removed before they were read.</summary>
    public long Skipped { get; private set; }

    /// <summary>Timestamp of the clock when the last batch was read.</summary>
    public long ReadAt { get; private set; }

    public IReadOnlyList<SourceClock> Clocks => _clocks;

    /// <summary>The watermark behind the source for one reader.</summary>
    public WatermarkCell AddClock(long outOfOrder, long idle)
    {
        SourceClock? clock = _clocks.Find(known => known.OutOfOrder == outOfOrder && known.Idle == idle);
        if (clock is null) _clocks.Add(clock = new SourceClock(outOfOrder, idle));
        return clock.Cell;
    }

    public abstract void AddReceiver(object receiver);

    /// <summary>Opens the partition where the last commit left it.</summary>
    public abstract void Open(IEngineLog log, string group, TimeProvider time);

    /// <summary>Reads one stored batch and hands it on, unless nothing has been committed since the last try.</summary>
    /// <param name="version">What <see cref="IEngineLog.CommitVersion"/> was before the call.</param>
    /// <param name="now">Timestamp of the clock.</param>
    public bool TryRead(long version, long now)
    {
        if (IsAtEnd || Position >= SettlesAt || _version == version) return false;
        _isCaughtUp = !ReadBatch();
        if (_isCaughtUp)
        {
            _version = version;
            return false;
        }

        ReadAt = now;
        foreach (SourceClock clock in _clocks) clock.Raise(NewestTime);
        return true;
    }

    /// <summary>Notes which readers need no longer wait for this partition: it has been read to its end, and nothing has come for a while.</summary>
    public void CheckIdle(TimeProvider time, long now)
    {
        foreach (SourceClock clock in _clocks) clock.Cell.IsIdle = IsIdle(clock, time, now);
    }

    /// <summary>Whether the next check would find a reader that need no longer wait.</summary>
    public bool WouldFallIdle(TimeProvider time, long now)
    {
        foreach (SourceClock clock in _clocks)
        {
            if (!clock.Cell.IsIdle && IsIdle(clock, time, now)) return true;
        }

        return false;
    }

    public abstract void Dispose();

    protected abstract bool ReadBatch();

    /// <summary>Goes on where the records that the app would read next have been removed.</summary>
    /// <exception cref="OffsetOutOfRangeException">The app is to be told.</exception>
    protected void PassRemoved(OffsetRange offsets)
    {
        if (Position > offsets.Next)
            throw new OffsetOutOfRangeException($"App '{App}' has read '{Topic}' partition {Partition} up to offset {Position}, but the partition ends at {offsets.Next}: the log is older than what the app has committed in it. Bring the newer log back, or let the app begin anew with 'flow group delete {App}'.");
        if (Task.Worker.OffsetReset == AutoOffsetReset.None)
            throw new OffsetOutOfRangeException($"App '{App}' goes on at offset {Position} of '{Topic}' partition {Partition}, but its records start at {offsets.First}: {offsets.First - Position} offsets that the app has not read have been removed, by the topic's retention or on request. To go on without them, set {nameof(FlowEngineOptions)}.{nameof(FlowEngineOptions.AutoOffsetReset)} to {nameof(AutoOffsetReset.Earliest)}.");
        long to = Task.Worker.OffsetReset == AutoOffsetReset.Earliest ? offsets.First : offsets.Next;
        Skipped += to - Position;
        Position = to;
    }

    protected void Restore(CommittedPosition? committed, OffsetRange offsets, long now)
    {
        Position = committed?.Offset ?? (Vertex.Start == StartAt.Latest ? offsets.Next : offsets.First);
        NotedPosition = committed is null && Vertex.Start == StartAt.Latest ? -1 : Position; // the first commit notes where it began
        if (Position < offsets.First || Position > offsets.Next) PassRemoved(offsets);
        NewestTime = SourceMetadata.Parse(committed?.Metadata);
        ReadAt = now;
        foreach (SourceClock clock in _clocks) clock.Restore(NewestTime);
    }

    private string App => Task.Worker.App;

    private bool IsIdle(SourceClock clock, TimeProvider time, long now) =>
        _isCaughtUp && time.GetElapsedTime(ReadAt, now).TotalMilliseconds >= clock.Idle;
}
