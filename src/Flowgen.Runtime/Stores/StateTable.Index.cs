using System.Numerics;

namespace Flowgen.Runtime;

/// <summary>The index: positions of entries plus one, 0 for an empty slot.</summary>
internal sealed partial class StateTable<TKey, TKeyCodec, TValue>
{
    // Random keys probe further than this by chance only in tables so large that a random multiplier costs them nothing.
    private const uint ProbesOfNeighbours = 64;
    private const uint ProbesOfRandom = 1024;

    private uint ProbeLimit => KeepsNeighbours ? ProbesOfNeighbours : ProbesOfRandom;

    private bool KeepsNeighbours => BitOperations.IsPow2(_multiplier);

    private void KeepNeighboursTogether()
    {
        _shift = 64 - BitOperations.Log2((uint)_index.Length);
        _multiplier = 1UL << _shift;
    }

    private void GrowIndex()
    {
        _index = new int[_index.Length * 2];
        if (KeepsNeighbours) KeepNeighboursTogether();
        else _shift--;
        IndexAll();
    }

    private void IndexAll()
    {
        for (int position = 0; position < _count; position++)
        {
            if (AddToIndex(position)) continue;
            Reseed();
            return;
        }
    }

    /// <summary>Colliding keys: scrambles them with a new random multiplier; where that is not enough, with more room too.</summary>
    private void Reseed()
    {
        bool wasRandom = !KeepsNeighbours;
        _multiplier = KeyHash.RandomOdd();
        while (BitOperations.IsPow2(_multiplier)) _multiplier = KeyHash.RandomOdd();
        if (wasRandom && _index.Length < 8L * _entries.Length)
        {
            _index = new int[_index.Length * 2];
            _shift--;
        }

        Array.Clear(_index);
        for (int position = 0; position < _count; position++) AddToIndex(position);
    }

    /// <summary>Puts an entry into the first free slot behind its home.</summary>
    /// <returns>Whether that was near enough.</returns>
    private bool AddToIndex(int position)
    {
        uint home = HomeOf(_entries[position].Key);
        uint slot = home;
        while (_index[slot] != 0) slot = Next(slot);
        _index[slot] = position + 1;
        return Distance(home, slot) <= ProbeLimit;
    }

    private int SlotOf(int position)
    {
        uint slot = HomeOf(_entries[position].Key);
        while (_index[slot] != position + 1) slot = Next(slot);
        return (int)slot;
    }

    /// <summary>Empties a slot and closes the gap, so that no probe ends too early (Knuth, volume 3, 6.4, algorithm R).</summary>
    private void ClearSlot(int slot)
    {
        uint gap = (uint)slot;
        uint next = Next(gap);
        while (_index[next] != 0)
        {
            uint home = HomeOf(_entries[_index[next] - 1].Key);
            if (Distance(home, next) >= Distance(gap, next))
            {
                _index[gap] = _index[next];
                gap = next;
            }

            next = Next(next);
        }

        _index[gap] = 0;
    }

    private uint HomeOf(TKey key) => (uint)(TKeyCodec.Hash(key) * _multiplier >> _shift);

    private uint Next(uint slot) => (slot + 1) & (uint)(_index.Length - 1);

    private uint Distance(uint from, uint to) => (to - from) & (uint)(_index.Length - 1);
}
