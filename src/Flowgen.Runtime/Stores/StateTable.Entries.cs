using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Flowgen.Runtime;

/// <summary>The entries: one array that doubles while that is cheap, and segments behind it, so that a large table never copies itself.</summary>
internal sealed partial class StateTable<TKey, TKeyCodec, TValue>
{
    /// <summary>Entries in the array that doubles.</summary>
    internal const int NearEntries = 1 << 18;

    private const int SegmentBits = 14;
    private const int SegmentEntries = 1 << SegmentBits;

    private Entry[] _entries = new Entry[SmallestIndex];
    private Entry[][] _segments = [];
    private int _segmentCount;
    private int _capacity = SmallestIndex;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Entry At(int position)
    {
        Entry[] near = _entries;
        if ((uint)position < (uint)near.Length) return ref near[position];
        int far = position - NearEntries;
        return ref _segments[far >> SegmentBits][far & (SegmentEntries - 1)];
    }

    private void GrowEntries()
    {
        if (_entries.Length < NearEntries)
        {
            Array.Resize(ref _entries, _entries.Length * 2);
            _capacity = _entries.Length;
            return;
        }

        if (_segmentCount == _segments.Length) Array.Resize(ref _segments, Math.Max(16, _segmentCount * 2));
        _segments[_segmentCount++] = GC.AllocateUninitializedArray<Entry>(SegmentEntries); // each is set when its place is taken
        _capacity += SegmentEntries;
    }

    private void ForgetReferences()
    {
        if (!RuntimeHelpers.IsReferenceOrContainsReferences<Entry>()) return;
        Array.Clear(_entries, 0, Math.Min(_count, _entries.Length));
        for (int i = 0; i < _segmentCount; i++) Array.Clear(_segments[i]);
    }

    // Packed: the stamp would otherwise cost eight bytes behind keys and values of eight.
    [StructLayout(LayoutKind.Sequential, Pack = sizeof(int))]
    private struct Entry
    {
        public TKey Key;
        public TValue Value;
        public int Stamp;
    }
}
