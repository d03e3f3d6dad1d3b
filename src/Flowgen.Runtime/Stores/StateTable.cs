using System.Runtime.CompilerServices;

namespace Flowgen.Runtime;

/// <summary>A hash table of structs that are changed in place: entries lie dense in the order of their insertion, an index of
/// ints finds them by linear probing. Remembers which entries were touched since the last commit.</summary>
/// <remarks>Integer keys are their own hash, so that neighbours share cache lines. When keys collide more than chance explains,
/// the table draws a random multiplier (multiply-shift hashing, Dietzfelbinger et al. 1997), so that keys chosen from outside cannot slow it down.</remarks>
internal sealed partial class StateTable<TKey, TKeyCodec, TValue>
    where TKey : notnull
    where TKeyCodec : struct, IKeyCodec<TKey>
{
    private const int SmallestIndex = 16;

    // Stamps: at the current epoch, touched in it; one more, created in it; less, clean; negative, removed in it.
    private const int CleanStamp = 0;
    private const int RemovedStamp = -1;
    private const int RemovedUnwrittenStamp = -2;

    private readonly bool _tracksChanges;
    private Entry[] _entries = new Entry[SmallestIndex];
    private int[] _index = new int[SmallestIndex];
    private ulong _multiplier;
    private int _shift;
    private int _epoch = 2;
    private int _count;
    private int _removed;

    public StateTable(bool tracksChanges)
    {
        _tracksChanges = tracksChanges;
        KeepNeighboursTogether();
    }

    /// <summary>Number of entries that are not removed.</summary>
    public int Count => _count - _removed;

    /// <summary>Number of entries, those removed in this epoch too: the bound of <see cref="KeyAt"/> and <see cref="ValueAt"/>.</summary>
    public int Slots => _count;

    public long SizeInBytes => (long)_entries.Length * Unsafe.SizeOf<Entry>() + (long)(_index.Length + _dirty.Length) * sizeof(int);

    public TKey KeyAt(int position) => _entries[position].Key;

    public ref TValue ValueAt(int position) => ref _entries[position].Value;

    /// <summary>The value of a key, made if there is none, and marked as touched.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref TValue Get(TKey key, out bool isNew)
    {
        int[] index = _index;
        Entry[] entries = _entries;
        uint slot = (uint)(TKeyCodec.Hash(key) * _multiplier >> _shift);
        while (true)
        {
            int position = index[slot] - 1;
            if (position < 0) break;
            ref Entry entry = ref entries[position];
            if (TKeyCodec.Equals(entry.Key, key))
            {
                isNew = false;
                if ((uint)(entry.Stamp - _epoch) > 1) isNew = Touch(position);
                return ref entry.Value;
            }

            slot = (slot + 1) & (uint)(index.Length - 1);
        }

        isNew = true;
        return ref Insert(key, slot);
    }

    /// <summary>The value of a key that was touched in this epoch already, so that there is nothing to note; a null reference for all others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref TValue GetTouched(TKey key)
    {
        int[] index = _index;
        uint slot = (uint)(TKeyCodec.Hash(key) * _multiplier >> _shift);
        while (slot < (uint)index.Length)
        {
            Entry[] entries = _entries;
            int position = index[slot] - 1;
            if ((uint)position >= (uint)entries.Length) break;
            ref Entry entry = ref entries[position];
            if (TKeyCodec.Equals(entry.Key, key))
            {
                if ((uint)(entry.Stamp - _epoch) > 1) break;
                return ref entry.Value;
            }

            slot = (slot + 1) & (uint)(index.Length - 1);
        }

        return ref Unsafe.NullRef<TValue>();
    }

    /// <summary>Position of a key that is not removed, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(TKey key)
    {
        int[] index = _index;
        uint slot = (uint)(TKeyCodec.Hash(key) * _multiplier >> _shift);
        while (true)
        {
            int position = index[slot] - 1;
            if (position < 0) return -1;
            if (TKeyCodec.Equals(_entries[position].Key, key)) return _entries[position].Stamp < 0 ? -1 : position;
            slot = (slot + 1) & (uint)(index.Length - 1);
        }
    }

    /// <summary>The value of a key as it was read back: not touched, because it is written already.</summary>
    public ref TValue Restore(TKey key)
    {
        int position = Find(key);
        if (position >= 0) return ref _entries[position].Value;
        ref TValue value = ref InsertWithRoom(key);
        _entries[_count - 1].Stamp = CleanStamp;
        _known = _count;
        return ref value;
    }

    /// <summary>Removes a key; the place of its entry is reused when the changes are written.</summary>
    public bool Remove(TKey key)
    {
        int position = Find(key);
        if (position < 0) return false;
        if (!_tracksChanges) RemoveAt(position);
        else MarkRemoved(position);
        return true;
    }

    /// <summary>Removes a key whose removal is written already.</summary>
    public void RestoreRemoval(TKey key)
    {
        int position = Find(key);
        if (position >= 0) RemoveAt(position);
    }

    /// <summary>Forgets everything and keeps the memory.</summary>
    public void Clear()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<Entry>()) Array.Clear(_entries, 0, _count);
        Array.Clear(_index);
        _count = _removed = _known = 0;
        _epoch = 2;
        ForgetChanges();
    }

    /// <summary>Adds a key whose probe has ended at an empty slot.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref TValue Insert(TKey key, uint slot)
    {
        int position = _count;
        if (position == _entries.Length || (position + 1) * 10L > _index.Length * 7L) return ref InsertWithRoom(key);
        _count = position + 1;
        ref Entry entry = ref _entries[position];
        entry.Key = TKeyCodec.Own(key);
        entry.Value = default!;
        entry.Stamp = _epoch + 1;
        _index[slot] = position + 1;
        if (Distance(HomeOf(key), slot) > ProbeLimit) Reseed();
        return ref entry.Value;
    }

    private ref TValue InsertWithRoom(TKey key)
    {
        if (_count == _entries.Length) Array.Resize(ref _entries, _count * 2);
        if ((_count + 1) * 10L > _index.Length * 7L) GrowIndex();
        uint slot = HomeOf(key);
        while (_index[slot] != 0) slot = Next(slot);
        return ref Insert(key, slot);
    }

    /// <summary>Takes the entry out at once; the last entry moves into its place.</summary>
    private void RemoveAt(int position)
    {
        int last = _count - 1;
        ClearSlot(SlotOf(position));
        if (position != last)
        {
            int slot = SlotOf(last);
            _entries[position] = _entries[last];
            _index[slot] = position + 1;
        }

        _entries[last] = default;
        _count = last;
        _known = Math.Min(_known, last);
    }

    private struct Entry
    {
        public TKey Key;
        public TValue Value;
        public int Stamp;
    }
}
