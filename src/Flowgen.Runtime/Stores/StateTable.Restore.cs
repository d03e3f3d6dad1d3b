using System.Numerics;

namespace Flowgen.Runtime;

/// <summary>Reading back what a changelog holds. Entries come in the order in which they lay, their slots at random places: so the slots of a block are
/// loaded one after the other without waiting, and only then used.</summary>
internal sealed partial class StateTable<TKey, TKeyCodec, TValue>
{
    private const int Block = 64;
    private const int GrowthOnRestore = 16;

    /// <summary>Makes room for entries that are to be read back.</summary>
    /// <param name="entries">How many there will be. Not trusted: room is made for what has come, and some times more.</param>
    /// <param name="arrived">How many are there already, or certain to come now.</param>
    public void Reserve(long entries, long arrived)
    {
        long needed = Math.Min(entries, Math.Max(SmallestIndex, arrived * GrowthOnRestore));
        if (needed <= Math.Min(_capacity, _slots.Index.Length * 7L / 10)) return;
        needed = Math.Min(needed, Array.MaxLength / 4);
        while (_capacity < needed) GrowEntries();
        int length = (int)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(SmallestIndex, needed * 10 / 7 + 1));
        if (length > _slots.Index.Length)
        {
            BeginGrowth(_slots.KeepsNeighbours ? Slots.ForNeighbours(length) : new Slots(length, _slots.Multiplier));
            while (IsGrowing) Grow(int.MaxValue);
        }

        SetRoom();
    }

    /// <summary>Reads entries back: they are not touched, because they are written already.</summary>
    public void Restore<TValueCodec>(ref StateReader from, int count)
        where TValueCodec : struct, IStateCodec<TValue>
    {
        var keys = new TKey[Math.Min(count, Block)];
        var values = new TValue[keys.Length];
        var found = new int[keys.Length];
        while (count > 0)
        {
            int length = Math.Min(count, keys.Length);
            for (int i = 0; i < length; i++)
            {
                keys[i] = TKeyCodec.Read(ref from);
                TValueCodec.Read(ref from, out values[i]);
            }

            LookAhead(keys.AsSpan(0, length), found);
            for (int i = 0; i < length; i++)
            {
                if (found[i] >= 0) At(found[i]).Value = values[i];
                else Restore(keys[i]) = values[i];
            }

            count -= length;
        }
    }

    /// <summary>The value of a key as it was read back: not touched, because it is written already.</summary>
    public ref TValue Restore(TKey key)
    {
        int position = Find(key);
        if (position >= 0) return ref At(position).Value;
        ref TValue value = ref InsertWithRoom(key);
        At(_count - 1).Stamp = CleanStamp;
        _known = _count;
        return ref value;
    }

    /// <summary>Removes a key whose removal is written already.</summary>
    public void RestoreRemoval(TKey key)
    {
        int position = Find(key);
        if (position >= 0) RemoveAt(position);
    }

    /// <summary>The positions of keys whose entry stands at home; -1 for all others, which may be there too.</summary>
    private void LookAhead(ReadOnlySpan<TKey> keys, Span<int> found)
    {
        int[] index = _slots.Index;
        for (int i = 0; i < keys.Length; i++) found[i] = index[_slots.HomeOf(keys[i])] - 1;
        for (int i = 0; i < keys.Length; i++)
        {
            if (found[i] >= 0 && !TKeyCodec.Equals(At(found[i]).Key, keys[i])) found[i] = -1;
        }
    }
}
