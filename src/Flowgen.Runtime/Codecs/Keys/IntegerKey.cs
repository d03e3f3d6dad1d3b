using System.Numerics;
using System.Runtime.CompilerServices;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>What the codecs of integer keys share: big-endian bytes, and the number itself as hash.</summary>
/// <typeparam name="T">An integer type.</typeparam>
internal static class IntegerKey<T>
    where T : unmanaged, IBinaryInteger<T>
{
    private static bool IsUnsigned => T.CreateTruncating(-1) > T.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Hash(T key) => ulong.CreateTruncating(key);

    public static int PartitionHash(T key)
    {
        Span<byte> bytes = stackalloc byte[Unsafe.SizeOf<T>()];
        Write(key, bytes);
        return Murmur2.Hash(bytes);
    }

    public static void WriteKey(T key, ByteBuffer to) => Write(key, to.Reserve(Unsafe.SizeOf<T>()));

    public static T ReadKey(ReadOnlySpan<byte> keyBytes)
    {
        KeyBytes.Expect(keyBytes, Unsafe.SizeOf<T>());
        return T.ReadBigEndian(keyBytes, IsUnsigned);
    }

    // Not WriteBigEndian: integers inherit it from the interface, so that the call would box the key.
    private static void Write(T key, Span<byte> to) => key.TryWriteBigEndian(to, out _);
}
