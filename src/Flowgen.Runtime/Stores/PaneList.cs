namespace Flowgen.Runtime;

/// <summary>Panes in the order of their start. New ones come at the end and old ones go at the front, so both cost nothing.</summary>
/// <typeparam name="TPane">The type of the panes.</typeparam>
internal sealed class PaneList<TPane>
    where TPane : class
{
    private long[] _starts = new long[8];
    private TPane?[] _panes = new TPane?[8];
    private int _head;
    private int _count;

    public ReadOnlySpan<TPane> All => _panes.AsSpan(_head, _count)!;

    /// <summary>Index of a pane, or the complement of where it belongs.</summary>
    public int Find(long start) => _starts.AsSpan(_head, _count).BinarySearch(start);

    public void Insert(int index, long start, TPane pane)
    {
        MakeRoom();
        int at = _head + index;
        Array.Copy(_starts, at, _starts, at + 1, _count - index);
        Array.Copy(_panes, at, _panes, at + 1, _count - index);
        _starts[at] = start;
        _panes[at] = pane;
        _count++;
    }

    public void RemoveAt(int index)
    {
        _count--;
        if (index == 0)
        {
            _panes[_head++] = null;
            return;
        }

        int at = _head + index;
        Array.Copy(_starts, at + 1, _starts, at, _count - index);
        Array.Copy(_panes, at + 1, _panes, at, _count - index);
        _panes[_head + _count] = null;
    }

    public void Clear()
    {
        Array.Clear(_panes);
        _head = _count = 0;
    }

    private void MakeRoom()
    {
        if (_head + _count < _starts.Length) return;
        bool isHalfEmpty = _count <= _starts.Length / 2;
        long[] starts = isHalfEmpty ? _starts : new long[_starts.Length * 2];
        TPane?[] panes = isHalfEmpty ? _panes : new TPane?[_panes.Length * 2];
        Array.Copy(_starts, _head, starts, 0, _count);
        Array.Copy(_panes, _head, panes, 0, _count);
        if (isHalfEmpty) Array.Clear(panes, _count, panes.Length - _count);
        (_starts, _panes, _head) = (starts, panes, 0);
    }
}
