using System.Numerics;
using System.Runtime.InteropServices;

namespace Flowgen.Log;

/// <summary>
/// CRC-32C (Castagnoli, RFC 3720), with the processor's instruction where it has one. Long inputs are three interleaved streams, because the
/// instruction has a latency of three cycles; their results are joined by the operator that appends zeros to a CRC.
/// </summary>
public static class Crc32C
{
    private const int LongBlock = 4096;
    private const int ShortBlock = 256;
    private static readonly uint[] AppendLongZeros = ZeroOperator(LongBlock);
    private static readonly uint[] AppendShortZeros = ZeroOperator(ShortBlock);

    /// <summary>CRC of bytes.</summary>
    /// <param name="bytes">The bytes; may be empty.</param>
    /// <returns>The CRC-32C, 0 for no bytes.</returns>
    public static uint Compute(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        bytes = Interleaved(ref crc, bytes, LongBlock, AppendLongZeros);
        bytes = Interleaved(ref crc, bytes, ShortBlock, AppendShortZeros);
        return ~Sequential(crc, bytes);
    }

    private static ReadOnlySpan<byte> Interleaved(scoped ref uint crc, ReadOnlySpan<byte> bytes, int block, uint[] appendZeros)
    {
        while (bytes.Length >= 3 * block)
        {
            var first = MemoryMarshal.Cast<byte, ulong>(bytes[..block]);
            var second = MemoryMarshal.Cast<byte, ulong>(bytes.Slice(block, block));
            var third = MemoryMarshal.Cast<byte, ulong>(bytes.Slice(2 * block, block));
            uint a = crc, b = 0, c = 0;
            for (int i = 0; i < first.Length && i < second.Length && i < third.Length; i++)
            {
                a = BitOperations.Crc32C(a, first[i]);
                b = BitOperations.Crc32C(b, second[i]);
                c = BitOperations.Crc32C(c, third[i]);
            }

            crc = Apply(appendZeros, Apply(appendZeros, a) ^ b) ^ c;
            bytes = bytes[(3 * block)..];
        }

        return bytes;
    }

    private static uint Sequential(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(bytes))
            crc = BitOperations.Crc32C(crc, word);
        foreach (byte value in bytes[(bytes.Length & ~7)..])
            crc = BitOperations.Crc32C(crc, value);
        return crc;
    }

    private static uint Apply(uint[] zeros, uint crc) =>
        zeros[crc & 255] ^ zeros[256 + ((crc >> 8) & 255)] ^ zeros[512 + ((crc >> 16) & 255)] ^ zeros[768 + (crc >> 24)];

    // A CRC followed by zeros is linear in the CRC: the images of its 32 bits give every other image.
    private static uint[] ZeroOperator(int zeros)
    {
        Span<uint> images = stackalloc uint[32];
        for (int bit = 0; bit < 32; bit++)
        {
            uint crc = 1u << bit;
            for (int i = 0; i < zeros; i += 8)
                crc = BitOperations.Crc32C(crc, 0UL);
            images[bit] = crc;
        }

        var table = new uint[4 * 256];
        for (int entry = 0; entry < table.Length; entry++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                if ((entry & (1 << bit)) != 0)
                    table[entry] ^= images[((entry >> 8) * 8) + bit];
            }
        }

        return table;
    }
}
