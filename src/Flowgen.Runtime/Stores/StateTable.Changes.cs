using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>What has changed since the last commit, and the walk of a snapshot.</summary>
internal sealed partial class StateTable<TKey, TKeyCodec, TValue>
{
    private readonly List<int> _moved = [];
    private int[] _dirty = [];
    private int _known;
    private int _dirtyCount;
    private int _walked = -1;

    /// <summary>Positions of entries of earlier commits that were touched or removed since the last, in the order of their first touch.</summary>
    public ReadOnlySpan<int> Dirty => _dirty.AsSpan(0, _dirtyCount);

    /// <summary>Number of entries at the last commit: those from here on are new.</summary>
    public int Known => _known;

    public bool IsInWalk => _walked >= 0;

    public bool HasChanges => _dirtyCount + _moved.Count > 0 || _count > _known;

    /// <summary>Number of entries that the next changes hold, removed ones too.</summary>
    public int ChangedEntries => _dirtyCount + _count - _known;

    public long ChangedBytes => (long)ChangedEntries * System.Runtime.CompilerServices.Unsafe.SizeOf<Entry>();

    public bool IsRemoved(int position) => At(position).Stamp < 0;

    /// <summary>Writes count and entries that were touched, then count and keys that were removed; starts the next epoch.</summary>
    public void WriteChanges<TWriter>(ref TWriter writer, ByteBuffer to)
        where TWriter : struct, IEntryWriter
    {
        int countAt = RecordWriter.Begin<int>(to);
        int written = WriteMoved(ref writer, to);
        foreach (int position in Dirty) written += WriteUnlessRemoved(position, ref writer, to);
        for (int position = _known; position < _count; position++) written += WriteUnlessRemoved(position, ref writer, to);
        RecordWriter.End(to, countAt, in written);
        WriteRemovals(to);
        EndEpoch();
    }

    public void BeginWalk()
    {
        _walked = 0;
        _moved.Clear();
    }

    /// <summary>Writes entries from where the walk stands until the buffer has a length; entries that are new or removed
    /// in this epoch are left to its changes.</summary>
    /// <returns>True if the walk is complete.</returns>
    public bool WriteSlice<TWriter>(ref TWriter writer, ByteBuffer to, int untilLength)
        where TWriter : struct, IEntryWriter
    {
        int countAt = RecordWriter.Begin<int>(to);
        int written = WriteMoved(ref writer, to);
        while (_walked < _count && (written == 0 || to.Length < untilLength))
        {
            int position = _walked++;
            int stamp = At(position).Stamp;
            if (stamp < 0 || stamp == _epoch + 1) continue;
            Write(position, ref writer, to);
            written++;
        }

        RecordWriter.End(to, countAt, in written);
        to.WriteInt32(0);
        bool complete = _walked >= _count;
        if (complete) EndWalk();
        return complete;
    }

    public void EndWalk() => _walked = -1;

    /// <summary>Starts the next epoch: nothing is touched, and removed entries give up their places.</summary>
    public void EndEpoch()
    {
        int[] freed = _removed == 0 ? [] : TakeRemoved();
        ForgetChanges(keepWalk: true);
        _epoch += 2;
        if (_epoch > int.MaxValue - 4) Restamp();
        foreach (int position in freed) RemoveAt(position);
        _known = _count;
        if (_walked < 0 || freed.Length == 0) return;
        _walked = Math.Min(_walked, _count);
        foreach (int position in freed)
        {
            if (position < _walked) _moved.Add(position);
        }
    }

    private int WriteUnlessRemoved<TWriter>(int position, ref TWriter writer, ByteBuffer to)
        where TWriter : struct, IEntryWriter
    {
        if (IsRemoved(position)) return 0;
        Write(position, ref writer, to);
        return 1;
    }

    private void Write<TWriter>(int position, ref TWriter writer, ByteBuffer to)
        where TWriter : struct, IEntryWriter
    {
        TKeyCodec.Write(At(position).Key, to);
        writer.Write(position, in At(position).Value, to);
    }

    /// <summary>Entries that have moved behind the walk: they are in no slice yet.</summary>
    private int WriteMoved<TWriter>(ref TWriter writer, ByteBuffer to)
        where TWriter : struct, IEntryWriter
    {
        int written = 0;
        foreach (int position in _moved)
        {
            if (At(position).Stamp < 0 || At(position).Stamp >= _epoch) continue;
            Write(position, ref writer, to);
            written++;
        }

        _moved.Clear();
        return written;
    }

    private void WriteRemovals(ByteBuffer to)
    {
        int countAt = RecordWriter.Begin<int>(to);
        int written = 0;
        if (_removed > 0)
        {
            foreach (int position in Dirty)
            {
                if (At(position).Stamp != RemovedStamp) continue;
                TKeyCodec.Write(At(position).Key, to);
                written++;
            }
        }

        RecordWriter.End(to, countAt, in written);
    }

    /// <summary>The positions of removed entries, highest first: so the last entry, which fills the gap, is never a removed one.</summary>
    private int[] TakeRemoved()
    {
        var positions = new int[_removed];
        int taken = 0;
        foreach (int position in Dirty)
        {
            if (IsRemoved(position)) positions[taken++] = position;
        }

        for (int position = _known; position < _count; position++)
        {
            if (IsRemoved(position)) positions[taken++] = position;
        }

        Array.Sort(positions);
        Array.Reverse(positions);
        _removed = 0;
        return positions;
    }

    /// <summary>Marks an entry as touched.</summary>
    /// <returns>True if it was removed in this epoch and starts again.</returns>
    private bool Touch(int position)
    {
        ref Entry entry = ref At(position);
        if (!_tracksChanges) return false;
        if (entry.Stamp >= 0)
        {
            entry.Stamp = _epoch;
            AddDirty(position);
            return false;
        }

        entry.Stamp = entry.Stamp == RemovedStamp ? _epoch : _epoch + 1;
        _removed--;
        return true;
    }

    private void MarkRemoved(int position)
    {
        ref Entry entry = ref At(position);
        if (entry.Stamp < _epoch) AddDirty(position);
        entry.Stamp = entry.Stamp == _epoch + 1 ? RemovedUnwrittenStamp : RemovedStamp;
        entry.Value = default!;
        _removed++;
    }

    private void AddDirty(int position)
    {
        if (_dirtyCount == _dirty.Length) Array.Resize(ref _dirty, Math.Max(SmallestIndex, _dirtyCount * 2));
        _dirty[_dirtyCount++] = position;
    }

    private void ForgetChanges(bool keepWalk = false)
    {
        _dirtyCount = 0;
        _moved.Clear();
        if (!keepWalk) EndWalk();
    }

    private void Restamp()
    {
        for (int position = 0; position < _count; position++)
        {
            if (At(position).Stamp >= 0) At(position).Stamp = CleanStamp;
        }

        _epoch = 2;
    }

    /// <summary>Writes what follows the key of an entry.</summary>
    internal interface IEntryWriter
    {
        void Write(int position, in TValue value, ByteBuffer to);
    }
}
