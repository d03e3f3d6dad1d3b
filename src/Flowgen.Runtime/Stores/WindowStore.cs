using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Flowgen.Runtime;

/// <summary>Accumulators of tumbling windows: a pane for each window, a table of keys in each pane. Panes fire in the order of time when
/// the watermark passes their end, and stay for corrections until the lateness is over.</summary>
/// <typeparam name="TKey">The key type.</typeparam>
/// <typeparam name="TKeyCodec">How keys are hashed and written.</typeparam>
/// <typeparam name="TAcc">The accumulator.</typeparam>
/// <typeparam name="TAccCodec">How accumulators are written.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class WindowStore<TKey, TKeyCodec, TAcc, TAccCodec> : Store
    where TKey : notnull
    where TKeyCodec : struct, IKeyCodec<TKey>
    where TAccCodec : struct, IStateCodec<TAcc>
{
    // Few panes are open at a time; more than these are left to the garbage collector.
    private const int PooledPanes = 8;

    // In the place of a table where a cursor must always ask the store.
    private static readonly StateTable<TKey, TKeyCodec, TAcc> Nothing = new(tracksChanges: false);

    private readonly PaneList<WindowPane<TKey, TKeyCodec, TAcc, TAccCodec>> _panes = new();
    private readonly Stack<WindowPane<TKey, TKeyCodec, TAcc, TAccCodec>> _pool = new();
    private readonly List<WindowPane<TKey, TKeyCodec, TAcc, TAccCodec>> _corrected = [];
    private readonly long _size;
    private readonly long _offset;
    private readonly long _lateness;
    private StateTable<TKey, TKeyCodec, TAcc>? _openTable;
    private long _openStart;
    private long _lateUntil = long.MinValue;
    private long _watermark = long.MinValue;

    /// <summary>An empty store.</summary>
    /// <param name="name">Unique in its operator.</param>
    /// <param name="size">Size of the windows in milliseconds, more than 0.</param>
    /// <param name="offset">By how much the windows start after multiples of their size, in milliseconds.</param>
    /// <param name="lateness">How long after its end a window is still corrected, in milliseconds.</param>
    public WindowStore(string name, long size, long offset = 0, long lateness = 0)
        : base(name)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        ArgumentOutOfRangeException.ThrowIfNegative(lateness);
        _size = size;
        _offset = offset;
        _lateness = lateness;
    }

    /// <inheritdoc/>
    public override long Entries
    {
        get
        {
            long entries = 0;
            foreach (var pane in _panes.All) entries += pane.Table.Count;
            return entries;
        }
    }

    /// <inheritdoc/>
    public override long SizeInBytes
    {
        get
        {
            long bytes = 0;
            foreach (var pane in _panes.All) bytes += pane.Table.SizeInBytes;
            foreach (var pane in _pool) bytes += pane.Table.SizeInBytes;
            return bytes;
        }
    }

    /// <inheritdoc/>
    public override long ChangedBytes
    {
        get
        {
            long bytes = 0;
            foreach (var pane in _panes.All) bytes += pane.Table.ChangedBytes;
            return bytes;
        }
    }

    /// <inheritdoc/>
    public override string Layout =>
        string.Create(CultureInfo.InvariantCulture, $"tumbling {_size}+{_offset} {typeof(TKeyCodec).Name} {TAccCodec.Layout}");

    /// <summary>Number of windows that have accumulators.</summary>
    public int Panes => _panes.All.Length;

    /// <summary>The newest watermark that was passed to <see cref="NextDue"/>, in Unix milliseconds.</summary>
    public long Watermark => _watermark;

    /// <summary>Start of the window of a time; right before 1970, too.</summary>
    /// <param name="time">Unix milliseconds.</param>
    /// <returns>Unix milliseconds.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long StartOf(long time) =>
        (ulong)(time - _openStart) < (ulong)_size && _openTable is not null ? _openStart : WindowMath.Floor(time, _size, _offset);

    /// <summary>The window that starts at a time.</summary>
    /// <param name="start">What <see cref="StartOf"/> returned.</param>
    /// <returns>The window.</returns>
    public Window WindowAt(long start) => new(start, start + _size);

    /// <summary>Whether a window has closed for good, so that its records are late.</summary>
    /// <param name="start">What <see cref="StartOf"/> returned.</param>
    /// <returns>Whether the watermark has passed its end and the lateness after it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsLate(long start) => start <= _lateUntil;

    /// <summary>The accumulator of a key in a window that is not late; <c>default</c> if the key is new there. The reference is
    /// valid until the next call.</summary>
    /// <param name="key">The key; it is copied if it borrows.</param>
    /// <param name="start">What <see cref="StartOf"/> returned.</param>
    /// <param name="isNew">Whether the key was not there.</param>
    /// <returns>The accumulator, to be changed in place.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref TAcc Get(TKey key, long start, out bool isNew)
    {
        StateTable<TKey, TKeyCodec, TAcc>? table = _openTable;
        if (start != _openStart || table is null)
        {
            table = Open(start);
            if (table is null) return ref GetClosed(key, start, out isNew);
        }

        return ref table.Get(key, out isNew);
    }

    /// <summary>A cursor on the window of the last look-up, for a loop to start with.</summary>
    public WindowCursor<TKey, TKeyCodec, TAcc, TAccCodec> Cursor => new(this, _openTable is null ? long.MinValue : _openStart, _openTable ?? Nothing);

    /// <summary>A cursor on a window that is not late.</summary>
    /// <param name="start">What <see cref="StartOf"/> returned.</param>
    /// <returns>The cursor.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public WindowCursor<TKey, TKeyCodec, TAcc, TAccCodec> CursorAt(long start) => new(this, start, Open(start) ?? Nothing);

    /// <inheritdoc/>
    public override void Clear()
    {
        foreach (var pane in _panes.All) Recycle(pane);
        _panes.Clear();
        _corrected.Clear();
        _droppedStarts.Clear();
        _openTable = null;
        _watermark = _writtenWatermark = _lateUntil = long.MinValue;
        _due = default;
        _firstUnfired = 0;
    }

    /// <summary>What a cursor calls where it cannot go on alone.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal ref TAcc GetSlowly(TKey key, long start) => ref Get(key, start, out _);

    /// <summary>What a cursor calls where it cannot go on alone.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal ref TAcc GetSlowly(TKey key, long start, out bool isNew) => ref Get(key, start, out isNew);

    /// <summary>The table of a window that has not fired, or null if it has.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private StateTable<TKey, TKeyCodec, TAcc>? Open(long start)
    {
        var pane = PaneOf(start);
        if (pane.IsFired) return null;
        _openStart = start;
        _openTable = pane.Table;
        return pane.Table;
    }

    /// <summary>The accumulator of a key in a window that has fired: its result is corrected at the end of the batch.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref TAcc GetClosed(TKey key, long start, out bool isNew)
    {
        var pane = PaneOf(start);
        ref TAcc value = ref pane.Table.Get(key, out isNew);
        if (pane.AddPending(pane.Table.Find(key))) _corrected.Add(pane);
        return ref value;
    }

    private WindowPane<TKey, TKeyCodec, TAcc, TAccCodec> PaneOf(long start)
    {
        int index = _panes.Find(start);
        if (index >= 0) return _panes.All[index];
        return AddPane(~index, start);
    }

    private WindowPane<TKey, TKeyCodec, TAcc, TAccCodec> AddPane(int index, long start)
    {
        var pane = _pool.Count > 0 ? _pool.Pop() : new WindowPane<TKey, TKeyCodec, TAcc, TAccCodec>();
        pane.Start = start;
        _panes.Insert(index, start, pane);
        bool hasEnded = start + _size <= _watermark;
        if (hasEnded) pane.Fire();
        if (hasEnded && index <= _firstUnfired) _firstUnfired++;
        else _firstUnfired = Math.Min(_firstUnfired, index);
        return pane;
    }

    private void Drop(int index)
    {
        var pane = _panes.All[index];
        if (pane.IsWritten) _droppedStarts.Add(pane.Start);
        if (_openTable == pane.Table) _openTable = null;
        _panes.RemoveAt(index);
        if (index < _firstUnfired) _firstUnfired--;
        Recycle(pane);
    }

    private void Recycle(WindowPane<TKey, TKeyCodec, TAcc, TAccCodec> pane)
    {
        if (_pool.Count >= PooledPanes) return;
        pane.Clear();
        _pool.Push(pane);
    }
}
