using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Flowgen.Log.Cleaning;

/// <summary>
/// The newest offset of each key, in a bounded amount of memory: a table with open addressing whose keys are the first half of their SHA-256.
/// Two keys with the same hash would cost a record, so it is one that nobody finds two keys for, not even on purpose.
/// </summary>
internal sealed class KeyOffsets
{
    private const int SlotBytes = 24;
    private const double MaxLoad = 0.75;

    private readonly Slot[] _slots;
    private readonly int _capacity;
    private int _count;

    /// <param name="maxBytes">Most memory to take.</param>
    /// <param name="records">Most keys that can be needed.</param>
    public KeyOffsets(long maxBytes, long records)
    {
        long wanted = (long)Math.Min(records / MaxLoad, Array.MaxLength) + 16;
        _slots = new Slot[Math.Min(wanted, Math.Min(maxBytes / SlotBytes, Array.MaxLength))];
        _capacity = (int)(_slots.Length * MaxLoad);
    }

    private struct Slot
    {
        public ulong High;
        public ulong Low;
        public long NextOffset; // offset + 1; 0 in an empty slot
    }

    /// <summary>Notes the offset of a key; offsets come in rising order.</summary>
    /// <returns>False if the key is new and there is no room for it.</returns>
    public bool TryPut(ReadOnlySpan<byte> key, long offset)
    {
        ref var slot = ref Find(key, out ulong high, out ulong low);
        if (slot.NextOffset == 0)
        {
            if (_count == _capacity)
                return false;
            _count++;
            slot.High = high;
            slot.Low = low;
        }

        slot.NextOffset = offset + 1;
        return true;
    }

    /// <summary>The newest offset noted for a key, or -1.</summary>
    public long Find(ReadOnlySpan<byte> key) => Find(key, out _, out _).NextOffset - 1;

    private ref Slot Find(ReadOnlySpan<byte> key, out ulong high, out ulong low)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(key, hash);
        high = BinaryPrimitives.ReadUInt64LittleEndian(hash);
        low = BinaryPrimitives.ReadUInt64LittleEndian(hash[8..]);
        int index = (int)Math.BigMul(high, (ulong)_slots.Length, out _); // high / 2^64 of the table
        while (true)
        {
            ref var slot = ref _slots[index];
            if (slot.NextOffset == 0 || (slot.High == high && slot.Low == low))
                return ref slot;
            index = index + 1 < _slots.Length ? index + 1 : 0;
        }
    }
}
