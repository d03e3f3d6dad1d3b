using System.Buffers.Binary;

namespace Flowgen.Log;

/// <summary>
/// The 32-bit MurmurHash2 (Austin Appleby) with the seed of Kafka's Java client, so that a key goes to the same partition whoever writes it.
/// </summary>
public static class Murmur2
{
    private const uint Seed = 0x9747b28c;
    private const uint Multiplier = 0x5bd1e995;

    /// <summary>Hash of the bytes of a key.</summary>
    /// <param name="key">The bytes.</param>
    /// <returns>The hash; any <see cref="int"/>.</returns>
    public static int Hash(ReadOnlySpan<byte> key)
    {
        uint hash = Seed ^ (uint)key.Length;
        while (key.Length >= 4)
        {
            hash = (hash * Multiplier) ^ Mix(BinaryPrimitives.ReadUInt32LittleEndian(key));
            key = key[4..];
        }

        if (key.Length > 0)
            hash = (hash ^ Rest(key)) * Multiplier;
        hash ^= hash >> 13;
        hash *= Multiplier;
        return (int)(hash ^ (hash >> 15));
    }

    /// <summary>Partition of a key.</summary>
    /// <param name="key">The bytes of the key.</param>
    /// <param name="partitions">Number of partitions of the topic, at least 1.</param>
    /// <returns>0 to <paramref name="partitions"/> - 1.</returns>
    public static int Partition(ReadOnlySpan<byte> key, int partitions) => ToPartition(Hash(key), partitions);

    /// <summary>Partition of the hash of a key.</summary>
    /// <param name="hash">What <see cref="Hash"/> gave for the key.</param>
    /// <param name="partitions">Number of partitions of the topic, at least 1.</param>
    /// <returns>0 to <paramref name="partitions"/> - 1.</returns>
    public static int ToPartition(int hash, int partitions) => (hash & 0x7fffffff) % partitions;

    private static uint Mix(uint word)
    {
        word *= Multiplier;
        word ^= word >> 24;
        return word * Multiplier;
    }

    private static uint Rest(ReadOnlySpan<byte> bytes)
    {
        uint rest = bytes[0];
        if (bytes.Length > 1)
            rest |= (uint)bytes[1] << 8;
        if (bytes.Length > 2)
            rest |= (uint)bytes[2] << 16;
        return rest;
    }
}
