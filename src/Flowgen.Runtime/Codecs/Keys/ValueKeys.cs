using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Keys of type <see cref="bool"/>: one byte, 0 or 1.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct BooleanKey : IKeyCodec<bool>
{
    /// <inheritdoc/>
    public static ulong Hash(bool key) => key ? 1UL : 0UL;

    /// <inheritdoc/>
    public static bool Equals(bool left, bool right) => left == right;

    /// <inheritdoc/>
    public static bool Own(bool key) => key;

    /// <inheritdoc/>
    public static int PartitionHash(bool key) => ByteKey.PartitionHash(key ? (byte)1 : (byte)0);

    /// <inheritdoc/>
    public static void WriteKey(bool key, ByteBuffer to) => to.WriteByte(key ? (byte)1 : (byte)0);

    /// <inheritdoc/>
    public static bool ReadKey(ReadOnlySpan<byte> keyBytes) => KeyBytes.ReadBool(ByteKey.ReadKey(keyBytes));

    /// <inheritdoc/>
    public static void Write(bool key, ByteBuffer to) => to.WriteByte(key ? (byte)1 : (byte)0);

    /// <inheritdoc/>
    public static bool Read(ref StateReader reader) => KeyBytes.ReadBool(reader.Read<byte>());
}

/// <summary>Keys of type <see cref="char"/>: UTF-16 code unit, big-endian.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CharKey : IKeyCodec<char>
{
    /// <inheritdoc/>
    public static ulong Hash(char key) => key;

    /// <inheritdoc/>
    public static bool Equals(char left, char right) => left == right;

    /// <inheritdoc/>
    public static char Own(char key) => key;

    /// <inheritdoc/>
    public static int PartitionHash(char key) => UInt16Key.PartitionHash(key);

    /// <inheritdoc/>
    public static void WriteKey(char key, ByteBuffer to) => UInt16Key.WriteKey(key, to);

    /// <inheritdoc/>
    public static char ReadKey(ReadOnlySpan<byte> keyBytes) => (char)UInt16Key.ReadKey(keyBytes);

    /// <inheritdoc/>
    public static void Write(char key, ByteBuffer to) => UInt16Key.Write(key, to);

    /// <inheritdoc/>
    public static char Read(ref StateReader reader) => (char)reader.Read<ushort>();
}

/// <summary>Keys of type <see cref="Guid"/>: 36 characters, as Kafka's UUIDSerializer writes them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GuidKey : IKeyCodec<Guid>
{
    /// <inheritdoc/>
    public static ulong Hash(Guid key) => HashOf(key);

    /// <inheritdoc/>
    public static bool Equals(Guid left, Guid right) => left == right;

    /// <inheritdoc/>
    public static Guid Own(Guid key) => key;

    /// <inheritdoc/>
    public static int PartitionHash(Guid key) => PartitionHashOf(key);

    /// <inheritdoc/>
    public static void WriteKey(Guid key, ByteBuffer to) => KeyBytes.WriteGuid(key, to);

    /// <inheritdoc/>
    public static Guid ReadKey(ReadOnlySpan<byte> keyBytes) => KeyBytes.ReadGuid(keyBytes);

    /// <inheritdoc/>
    public static void Write(Guid key, ByteBuffer to) => StateWriter.Write(to, in key);

    /// <inheritdoc/>
    public static Guid Read(ref StateReader reader) => reader.Read<Guid>();

    private static ulong HashOf(Guid key)
    {
        (ulong first, ulong second) = Unsafe.BitCast<Guid, (ulong, ulong)>(key);
        return KeyHash.Combine(first, second);
    }

    private static int PartitionHashOf(Guid key)
    {
        Span<byte> text = stackalloc byte[36];
        key.TryFormat(text, out _, "D");
        return Murmur2.Hash(text);
    }
}

/// <summary>Keys of type <see cref="decimal"/>: 16 bytes without trailing zeros, so that 1.0 and 1.00 are one key.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DecimalKey : IKeyCodec<decimal>
{
    /// <inheritdoc/>
    public static ulong Hash(decimal key) => HashOf(key);

    /// <inheritdoc/>
    public static bool Equals(decimal left, decimal right) => left == right;

    /// <inheritdoc/>
    public static decimal Own(decimal key) => key;

    /// <inheritdoc/>
    public static int PartitionHash(decimal key) => PartitionHashOf(key);

    /// <inheritdoc/>
    public static void WriteKey(decimal key, ByteBuffer to) => KeyBytes.WriteDecimal(key, to);

    /// <inheritdoc/>
    public static decimal ReadKey(ReadOnlySpan<byte> keyBytes) => KeyBytes.ReadDecimal(keyBytes);

    /// <inheritdoc/>
    public static void Write(decimal key, ByteBuffer to) => StateWriter.Write(to, new PackedDecimal(key));

    /// <inheritdoc/>
    public static decimal Read(ref StateReader reader) => reader.Read<PackedDecimal>().Value("key");

    private static ulong HashOf(decimal key)
    {
        (ulong first, ulong second) = Unsafe.BitCast<PackedDecimal, (ulong, ulong)>(new PackedDecimal(KeyBytes.Normalize(key)));
        return KeyHash.Combine(first, second);
    }

    private static int PartitionHashOf(decimal key)
    {
        var packed = new PackedDecimal(KeyBytes.Normalize(key));
        return Murmur2.Hash(MemoryMarshal.AsBytes(new ReadOnlySpan<PackedDecimal>(in packed)));
    }
}
