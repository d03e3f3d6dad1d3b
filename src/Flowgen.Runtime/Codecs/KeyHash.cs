using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Flowgen.Runtime;

/// <summary>Hashes of keys wider than 64 bits, for tables in memory: folded 64×64→128-bit multiplication (the idea of
/// wyhash, Wang Yi 2019) with secrets drawn at start, so that nobody can choose colliding keys from outside.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class KeyHash
{
    private static readonly ulong Secret0 = RandomOdd();
    private static readonly ulong Secret1 = RandomOdd();

    /// <summary>Hashes bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>64 bits.</returns>
    public static ulong Bytes(ReadOnlySpan<byte> bytes)
    {
        ulong hash = Secret0 ^ (ulong)bytes.Length;
        ReadOnlySpan<byte> rest = bytes;
        while (rest.Length > 16)
        {
            hash = Fold(MemoryMarshal.Read<ulong>(rest) ^ Secret1, MemoryMarshal.Read<ulong>(rest[8..]) ^ hash);
            rest = rest[16..];
        }

        (ulong first, ulong last) = Tail(rest);
        return Fold(first ^ Secret1, last ^ hash);
    }

    /// <summary>Hashes text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>64 bits.</returns>
    public static ulong Chars(ReadOnlySpan<char> text) => Bytes(MemoryMarshal.AsBytes(text));

    /// <summary>Hashes two numbers: the parts of a composite key, one after the other.</summary>
    /// <param name="first">One number.</param>
    /// <param name="second">The other.</param>
    /// <returns>64 bits.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Combine(ulong first, ulong second) => Fold(first ^ Secret0, second ^ Secret1);

    /// <summary>A random odd number: the multiplier of a table under attack.</summary>
    /// <returns>64 bits.</returns>
    internal static ulong RandomOdd()
    {
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);
        return MemoryMarshal.Read<ulong>(bytes) | 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }

    private static (ulong First, ulong Last) Tail(ReadOnlySpan<byte> rest)
    {
        int length = rest.Length;
        if (length >= 8) return (MemoryMarshal.Read<ulong>(rest), MemoryMarshal.Read<ulong>(rest[(length - 8)..]));
        if (length >= 4) return (MemoryMarshal.Read<uint>(rest), MemoryMarshal.Read<uint>(rest[(length - 4)..]));
        if (length == 0) return (0, 0);
        return (rest[0], (ulong)rest[length / 2] << 8 | rest[length - 1]);
    }
}
