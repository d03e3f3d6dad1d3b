using System.Runtime.CompilerServices;

namespace Flowgen.Runtime;

/// <summary>A hash table of structs that are changed in place: entries lie dense in the order of their insertion, an index of
/// ints finds them by linear probing. Remembers which entries were touched since the last commit.</summary>
/// <remarks>Integer keys are their own hash, so that neighbours share cache lines. When keys collide more than chance explains,
/// the table draws a random multiplier (multiply-shift hashing, Dietzfelbinger et al. 1997), so that keys chosen from outside cannot slow it down.
/// A large table grows without a stop: entries by segments, the index a few entries with each insertion.</remarks>
internal sealed partial class StateTable<TKey, TKeyCodec, TValue>
    where TKey : notnull
    where TKeyCodec : struct, IKeyCodec<TKey>
{
    // Stamps: at the current epoch, touched in it; one more, created in it; less, clean; negative, removed in it.
    private const int CleanStamp = 0;
    private const int RemovedStamp = -1;
    private const int RemovedUnwrittenStamp = -2;

    private readonly bool _tracksChanges;
    private int _epoch = 2;
    private int _count;
    private int _removed;

    public StateTable(bool tracksChanges)
    {
        _tracksChanges = tracksChanges;
        _slots = Slots.ForNeighbours(SmallestIndex);
        SetRoom();
    }

    /// <summary>Number of entries that are not removed.</summary>
    public int Count => _count - _removed;

    /// <summary>Number of entries, those removed in this epoch too: the bound of <see cref="KeyAt"/> and <see cref="ValueAt"/>.</summary>
    public int Used => _count;

    public long SizeInBytes => (long)_capacity * Unsafe.SizeOf<Entry>() + (_slots.Index.Length + (_growing.Index?.Length ?? 0L) + _dirty.Length) * sizeof(int);

    public TKey KeyAt(int position) => At(position).Key;

    public ref TValue ValueAt(int position) => ref At(position).Value;

    /// <summary>The value of a key, made if there is none, and marked as touched.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref TValue Get(TKey key, out bool isNew)
    {
        int[] index = _slots.Index;
        uint slot = _slots.HomeOf(key);
        while (true)
        {
            int position = index[slot] - 1;
            if (position < 0) break;
            ref Entry entry = ref At(position);
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
        int[] index = _slots.Index;
        uint slot = _slots.HomeOf(key);
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
        int[] index = _slots.Index;
        uint slot = _slots.HomeOf(key);
        while (true)
        {
            int position = index[slot] - 1;
            if (position < 0) return -1;
            ref Entry entry = ref At(position);
            if (TKeyCodec.Equals(entry.Key, key)) return entry.Stamp < 0 ? -1 : position;
            slot = (slot + 1) & (uint)(index.Length - 1);
        }
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

    /// <summary>Forgets everything and keeps the memory.</summary>
    public void Clear()
    {
        ForgetReferences();
        Array.Clear(_slots.Index);
        _growing = default;
        _count = _removed = _known = 0;
        _epoch = 2;
        ForgetChanges();
        SetRoom();
    }

    /// <summary>Adds a key whose probe has ended at an empty slot.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref TValue Insert(TKey key, uint slot)
    {
        int position = _count;
        if (position >= _room) return ref InsertWithRoom(key);
        _slots.Index[slot] = position + 1;
        ref TValue value = ref Append(key);
        uint distance = _slots.Distance(_slots.HomeOf(key), slot);
        if (distance > _slots.ProbeLimit) Scatter(distance);
        return ref value;
    }

    private ref TValue InsertWithRoom(TKey key)
    {
        MakeRoom();
        uint slot = _slots.HomeOf(key);
        while (_slots.Index[slot] != 0) slot = _slots.Next(slot);
        _slots.Index[slot] = _count + 1;
        ref TValue value = ref Append(key);
        uint distance = _slots.Distance(_slots.HomeOf(key), slot);
        if (distance > _slots.ProbeLimit) Scatter(distance);
        else if (IsGrowing) Grow(EntriesForEachInsert);
        return ref value;
    }

    private ref TValue Append(TKey key)
    {
        ref Entry entry = ref At(_count);
        entry.Key = TKeyCodec.Own(key);
        entry.Value = default!;
        entry.Stamp = _epoch + 1;
        _count++;
        return ref entry.Value;
    }

    /// <summary>Takes the entry out at once; the last entry moves into its place.</summary>
    private void RemoveAt(int position)
    {
        int last = _count - 1;
        bool isInGrowing = IsGrowing && position < _indexed; // the last entry never is: the index would be complete
        ClearSlot(in _slots, SlotOf(in _slots, position));
        if (isInGrowing) ClearSlot(in _growing, SlotOf(in _growing, position));
        if (position != last)
        {
            int slot = SlotOf(in _slots, last);
            At(position) = At(last);
            _slots.Index[slot] = position + 1;
            if (isInGrowing) Add(in _growing, position);
        }

        At(last) = default;
        _count = last;
        _known = Math.Min(_known, last);
        if (IsGrowing && _indexed >= _count) EndGrowth();
    }
}
