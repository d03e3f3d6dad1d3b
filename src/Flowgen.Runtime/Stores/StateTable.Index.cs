using System.Numerics;
using System.Runtime.CompilerServices;

namespace Flowgen.Runtime;

/// <summary>The index: positions of entries plus one, 0 for an empty slot. A larger one is filled while the old one still answers, a few entries with
/// each insertion, so that no insertion waits for all.</summary>
internal sealed partial class StateTable<TKey, TKeyCodec, TValue>
{
    private const int SmallestIndex = 16;
    private const int SmallTable = 1 << 13;

    // Growth begins at 70 % and must be complete before 80 %: 7 entries for each insertion would do.
    private const int EntriesForEachInsert = 8;

    private Slots _slots;
    private Slots _growing;
    private int _indexed;
    private int _room;

    private bool IsGrowing => _growing.Index is not null;

    /// <summary>How many entries fit without a look at the growth.</summary>
    private void SetRoom() => _room = IsGrowing ? 0 : (int)Math.Min(_capacity, _slots.Index.Length * 7L / 10);

    private void MakeRoom()
    {
        if (_count == _capacity) GrowEntries();
        if (IsGrowing && _count * 10L > _slots.Index.Length * 9L) Grow(int.MaxValue); // keys that collide have made it begin again
        if (!IsGrowing && (_count + 1) * 10L > _slots.Index.Length * 7L)
        {
            int length = _slots.Index.Length * 2;
            BeginGrowth(_slots.KeepsNeighbours ? Slots.ForNeighbours(length) : new Slots(length, _slots.Multiplier));
        }

        SetRoom();
    }

    private void BeginGrowth(Slots to)
    {
        _growing = to;
        _indexed = 0;
        Grow(_count <= SmallTable ? int.MaxValue : EntriesForEachInsert);
    }

    private void Grow(int entries)
    {
        long end = Math.Min(_count, (long)_indexed + entries);
        while (_indexed < end)
        {
            uint distance = Add(in _growing, _indexed++);
            if (distance <= _growing.ProbeLimit || !TryScatterGrowing()) continue;
            return;
        }

        if (_indexed >= _count) EndGrowth();
    }

    private void EndGrowth()
    {
        _slots = _growing;
        _growing = default;
        SetRoom();
    }

    /// <summary>Colliding keys: scrambles them with a random multiplier; where that is not enough, with more room too. Who pays long probes pays as much for their end.</summary>
    private void Scatter(uint distance)
    {
        if (IsGrowing) Grow((int)distance);
        else if (Scattered(in _slots) is { Index: not null } scattered) BeginGrowth(scattered);
        SetRoom();
    }

    private bool TryScatterGrowing()
    {
        Slots scattered = Scattered(in _growing);
        if (scattered.Index is null) return false;
        BeginGrowth(scattered);
        return true;
    }

    private Slots Scattered(in Slots slots)
    {
        if (slots.KeepsNeighbours) return Slots.Random(slots.Index.Length);
        return slots.Index.Length < 8L * _capacity ? Slots.Random(slots.Index.Length * 2) : default; // equal hashes: nothing helps
    }

    /// <summary>Puts an entry into the first free slot behind its home.</summary>
    /// <returns>How far that is.</returns>
    private uint Add(in Slots slots, int position)
    {
        uint home = slots.HomeOf(At(position).Key);
        uint slot = home;
        while (slots.Index[slot] != 0) slot = slots.Next(slot);
        slots.Index[slot] = position + 1;
        return slots.Distance(home, slot);
    }

    private int SlotOf(in Slots slots, int position)
    {
        uint slot = slots.HomeOf(At(position).Key);
        while (slots.Index[slot] != position + 1) slot = slots.Next(slot);
        return (int)slot;
    }

    /// <summary>Empties a slot and closes the gap, so that no probe ends too early (Knuth, volume 3, 6.4, algorithm R).</summary>
    private void ClearSlot(in Slots slots, int slot)
    {
        int[] index = slots.Index;
        uint gap = (uint)slot;
        uint next = slots.Next(gap);
        while (index[next] != 0)
        {
            uint home = slots.HomeOf(At(index[next] - 1).Key);
            if (slots.Distance(home, next) >= slots.Distance(gap, next))
            {
                index[gap] = index[next];
                gap = next;
            }

            next = slots.Next(next);
        }

        index[gap] = 0;
    }

    /// <summary>An array of slots, and how keys find their home in it.</summary>
    private struct Slots
    {
        // Random keys probe further than this by chance only in tables so large that a random multiplier costs them nothing.
        private const uint ProbesOfNeighbours = 64;
        private const uint ProbesOfRandom = 2048;

        public readonly int[] Index;
        public readonly ulong Multiplier;
        private readonly int _shift;

        public Slots(int length, ulong multiplier)
        {
            Index = new int[length];
            Multiplier = multiplier;
            _shift = 64 - BitOperations.Log2((uint)length);
        }

        public readonly bool KeepsNeighbours => BitOperations.IsPow2(Multiplier);

        public readonly uint ProbeLimit => KeepsNeighbours ? ProbesOfNeighbours : ProbesOfRandom;

        public static Slots ForNeighbours(int length) => new(length, 1UL << (64 - BitOperations.Log2((uint)length)));

        public static Slots Random(int length)
        {
            ulong multiplier = KeyHash.RandomOdd();
            while (BitOperations.IsPow2(multiplier)) multiplier = KeyHash.RandomOdd();
            return new Slots(length, multiplier);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly uint HomeOf(TKey key) => (uint)(TKeyCodec.Hash(key) * Multiplier >> _shift);

        public readonly uint Next(uint slot) => (slot + 1) & (uint)(Index.Length - 1);

        public readonly uint Distance(uint from, uint to) => (to - from) & (uint)(Index.Length - 1);
    }
}
