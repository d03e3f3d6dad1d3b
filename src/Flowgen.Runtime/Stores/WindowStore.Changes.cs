using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>What is written: watermark, starts of dropped panes, then the changed panes.</summary>
public sealed partial class WindowStore<TKey, TKeyCodec, TAcc, TAccCodec>
{
    private readonly List<long> _droppedStarts = [];
    private long _writtenWatermark = long.MinValue;

    /// <inheritdoc/>
    public override void WriteChanges(ByteBuffer to)
    {
        ArgumentNullException.ThrowIfNull(to);
        EndDue();
        int start = to.Length;
        bool hasChanges = _watermark != _writtenWatermark || _droppedStarts.Count > 0;
        WriteHead(to);
        int countAt = RecordWriter.Begin<int>(to);
        int written = 0;
        foreach (var pane in _panes.All)
        {
            if (!pane.HasChanges) continue;
            pane.WriteChanges(to);
            written++;
        }

        RecordWriter.End(to, countAt, in written);
        if (!hasChanges && written == 0) to.Truncate(start);
    }

    /// <inheritdoc/>
    public override void BeginSnapshot()
    {
        foreach (var pane in _panes.All) pane.Table.BeginWalk();
    }

    /// <inheritdoc/>
    public override bool WriteSnapshotSlice(ByteBuffer to, int maxBytes)
    {
        ArgumentNullException.ThrowIfNull(to);
        int until = to.Length + maxBytes;
        to.WriteInt64(_writtenWatermark);
        to.WriteInt32(0);
        int countAt = RecordWriter.Begin<int>(to);
        int written = 0;
        bool complete = true;
        foreach (var pane in _panes.All)
        {
            if (!pane.IsInWalk) continue;
            complete = written == 0 || to.Length < until;
            if (!complete) break;
            written++;
            complete = pane.WriteSlice(to, until);
            if (!complete) break;
        }

        RecordWriter.End(to, countAt, in written);
        return complete;
    }

    /// <inheritdoc/>
    public override void Apply(ref StateReader changes)
    {
        RestoreWatermark(changes.Read<long>());
        int drops = changes.ReadCount(minimumSize: sizeof(long));
        for (int i = 0; i < drops; i++)
        {
            int index = _panes.Find(changes.Read<long>());
            if (index >= 0) Drop(index);
        }

        _droppedStarts.Clear();
        int panes = changes.ReadCount(minimumSize: sizeof(long) + 1);
        for (int i = 0; i < panes; i++)
        {
            long start = changes.Read<long>();
            bool isFired = changes.Read<PackedBool>().Value("fired");
            PaneOf(start).Apply(ref changes, isFired);
        }

        _firstUnfired = 0;
    }

    private void WriteHead(ByteBuffer to)
    {
        to.WriteInt64(_watermark);
        to.WriteInt32(_droppedStarts.Count);
        foreach (long dropped in _droppedStarts) to.WriteInt64(dropped);
        _droppedStarts.Clear();
        _writtenWatermark = _watermark;
    }

    private void RestoreWatermark(long watermark)
    {
        _watermark = _writtenWatermark = watermark;
        _lateUntil = Before(watermark, _size + _lateness);
    }
}
