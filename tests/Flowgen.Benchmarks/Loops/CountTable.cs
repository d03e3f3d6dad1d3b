using System.Numerics;

namespace Flowgen.Benchmarks.Loops;

/// <summary>Counts by key: one open-addressing array, neighbouring keys beside each other.</summary>
public sealed class CountTable
{
    private Slot[] _slots = new Slot[1 << 14];
    private int _used;

    /// <summary>The slots; those with a count of zero are empty.</summary>
    public ReadOnlySpan<Slot> Slots => _slots;

    /// <summary>Keys with a count, at least.</summary>
    public int Used => _used + 1;

    /// <summary>The array itself, for the loop that looks into the home slot of a key before it calls <see cref="AddSlowly"/>.</summary>
    internal Slot[] Array => _slots;

    /// <summary>Counts a key that is not in its home slot.</summary>
    /// <param name="key">The key.</param>
    public void AddSlowly(long key)
    {
        if (_used * 2 > _slots.Length) Grow();
        int mask = _slots.Length - 1;
        for (int at = (int)key & mask; ; at = (at + 1) & mask)
        {
            ref Slot slot = ref _slots[at];
            if (slot.Count != 0 && slot.Key != key) continue;
            if (slot.Count == 0) _used++;
            slot.Key = key;
            slot.Count++;
            return;
        }
    }

    /// <summary>Forgets all keys.</summary>
    public void Clear()
    {
        _slots.AsSpan().Clear();
        _used = 0;
    }

    private void Grow()
    {
        Slot[] old = _slots;
        _slots = new Slot[(int)BitOperations.RoundUpToPowerOf2((uint)old.Length + 1)];
        foreach (Slot slot in old)
        {
            if (slot.Count == 0) continue;
            int at = (int)slot.Key & (_slots.Length - 1);
            while (_slots[at].Count != 0)
                at = (at + 1) & (_slots.Length - 1);
            _slots[at] = slot;
        }
    }

    /// <summary>A key and its count.</summary>
    public struct Slot
    {
        /// <summary>The key.</summary>
        public long Key;

        /// <summary>Its count; zero in an empty slot.</summary>
        public long Count;
    }
}
