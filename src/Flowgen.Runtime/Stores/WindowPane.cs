using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>The accumulators of one window.</summary>
internal sealed class WindowPane<TKey, TKeyCodec, TAcc, TAccCodec>
    where TKey : notnull
    where TKeyCodec : struct, IKeyCodec<TKey>
    where TAccCodec : struct, IStateCodec<TAcc>
{
    private readonly List<int> _pending = [];
    private int[] _emitted = [];

    public StateTable<TKey, TKeyCodec, TAcc> Table { get; } = new(tracksChanges: true);

    public long Start { get; set; }

    /// <summary>Whether its results were emitted: from now on they are corrected.</summary>
    public bool IsFired { get; private set; }

    /// <summary>Whether a changelog knows of the pane, so that its end must be written.</summary>
    public bool IsWritten { get; set; }

    /// <summary>Whether it has fired since the last commit.</summary>
    public bool HasJustFired { get; set; }

    /// <summary>Whether a snapshot has yet to write it. What is new in this epoch is left to the changes.</summary>
    public bool IsInWalk => Table.IsInWalk && IsWritten;

    public bool HasChanges => Table.HasChanges || HasJustFired;

    /// <summary>Positions of entries that were touched since their last result.</summary>
    public List<int> Pending => _pending;

    /// <summary>How often the result of an entry was emitted.</summary>
    public int EmittedAt(int position) => position < _emitted.Length ? _emitted[position] & int.MaxValue : 0;

    public void SetEmitted(int position, int times)
    {
        EnsureEmitted(position);
        _emitted[position] = times;
    }

    /// <summary>Notes that an entry needs a correction.</summary>
    /// <returns>Whether it is the first of the pane.</returns>
    public bool AddPending(int position)
    {
        EnsureEmitted(position);
        if (_emitted[position] < 0) return false;
        _emitted[position] |= int.MinValue;
        _pending.Add(position);
        return _pending.Count == 1;
    }

    /// <summary>The corrections are emitted.</summary>
    public void EndCorrections()
    {
        foreach (int position in _pending) _emitted[position] = (_emitted[position] & int.MaxValue) + 1;
        _pending.Clear();
    }

    /// <summary>The first results are emitted, and late records may correct them.</summary>
    public void Fire()
    {
        IsFired = true;
        for (int position = 0; position < Table.Used; position++)
        {
            if (EmittedAt(position) == 0) SetEmitted(position, 1);
        }
    }

    /// <summary>Empties the pane for another window.</summary>
    public void Clear()
    {
        Table.Clear();
        Array.Clear(_emitted);
        _pending.Clear();
        IsFired = IsWritten = HasJustFired = false;
    }

    public void WriteChanges(ByteBuffer to)
    {
        WriteHead(to);
        EntryWriter writer = new(this);
        Table.WriteChanges(ref writer, to);
        HasJustFired = false;
        IsWritten = true;
    }

    public bool WriteSlice(ByteBuffer to, int untilLength)
    {
        WriteHead(to);
        EntryWriter writer = new(this);
        return Table.WriteSlice(ref writer, to, untilLength);
    }

    public void Apply(ref StateReader changes, bool isFired)
    {
        if (isFired && !IsFired) Fire();
        int entries = changes.ReadCount(minimumSize: 1);
        for (int i = 0; i < entries; i++)
        {
            TKey key = TKeyCodec.Read(ref changes);
            TAccCodec.Read(ref changes, out Table.Restore(key));
            if (isFired) SetEmitted(Table.Find(key), changes.Read<int>());
        }

        int removals = changes.ReadCount(minimumSize: 1);
        for (int i = 0; i < removals; i++) Table.RestoreRemoval(TKeyCodec.Read(ref changes));
        IsWritten = true;
    }

    private void WriteHead(ByteBuffer to)
    {
        to.WriteInt64(Start);
        to.WriteByte(IsFired ? (byte)1 : (byte)0);
    }

    private void EnsureEmitted(int position)
    {
        if (position >= _emitted.Length) Array.Resize(ref _emitted, Math.Max(position + 1, Math.Max(16, _emitted.Length * 2)));
    }

    private readonly struct EntryWriter(WindowPane<TKey, TKeyCodec, TAcc, TAccCodec> pane) : StateTable<TKey, TKeyCodec, TAcc>.IEntryWriter
    {
        public void Write(int position, in TAcc value, ByteBuffer to)
        {
            TAccCodec.Write(in value, to);
            if (pane.IsFired) to.WriteInt32(pane.EmittedAt(position));
        }
    }
}
