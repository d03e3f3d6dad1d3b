using System.ComponentModel;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Keys of type <see cref="byte"/>: big-endian.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ByteKey : IKeyCodec<byte>
{
    /// <inheritdoc/>
    public static ulong Hash(byte key) => IntegerKey<byte>.Hash(key);

    /// <inheritdoc/>
    public static bool Equals(byte left, byte right) => left == right;

    /// <inheritdoc/>
    public static byte Own(byte key) => key;

    /// <inheritdoc/>
    public static int PartitionHash(byte key) => IntegerKey<byte>.PartitionHash(key);

    /// <inheritdoc/>
    public static void WriteKey(byte key, ByteBuffer to) => IntegerKey<byte>.WriteKey(key, to);

    /// <inheritdoc/>
    public static byte ReadKey(ReadOnlySpan<byte> keyBytes) => IntegerKey<byte>.ReadKey(keyBytes);

    /// <inheritdoc/>
    public static void Write(byte key, ByteBuffer to) => StateWriter.Write(to, in key);

    /// <inheritdoc/>
    public static byte Read(ref StateReader reader) => reader.Read<byte>();
}

/// <summary>Keys of type <see cref="sbyte"/>: big-endian.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SByteKey : IKeyCodec<sbyte>
{
    /// <inheritdoc/>
    public static ulong Hash(sbyte key) => IntegerKey<sbyte>.Hash(key);

    /// <inheritdoc/>
    public static bool Equals(sbyte left, sbyte right) => left == right;

    /// <inheritdoc/>
    public static sbyte Own(sbyte key) => key;

    /// <inheritdoc/>
    public static int PartitionHash(sbyte key) => IntegerKey<sbyte>.PartitionHash(key);

    /// <inheritdoc/>
    public static void WriteKey(sbyte key, ByteBuffer to) => IntegerKey<sbyte>.WriteKey(key, to);

    /// <inheritdoc/>
    public static sbyte ReadKey(ReadOnlySpan<byte> keyBytes) => IntegerKey<sbyte>.ReadKey(keyBytes);

    /// <inheritdoc/>
    public static void Write(sbyte key, ByteBuffer to) => StateWriter.Write(to, in key);

    /// <inheritdoc/>
    public static sbyte Read(ref StateReader reader) => reader.Read<sbyte>();
}

/// <summary>Keys of type <see cref="short"/>: big-endian.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Int16Key : IKeyCodec<short>
{
    /// <inheritdoc/>
    public static ulong Hash(short key) => IntegerKey<short>.Hash(key);

    /// <inheritdoc/>
    public static bool Equals(short left, short right) => left == right;

    /// <inheritdoc/>
    public static short Own(short key) => key;

    /// <inheritdoc/>
    public static int PartitionHash(short key) => IntegerKey<short>.PartitionHash(key);

    /// <inheritdoc/>
    public static void WriteKey(short key, ByteBuffer to) => IntegerKey<short>.WriteKey(key, to);

    /// <inheritdoc/>
    public static short ReadKey(ReadOnlySpan<byte> keyBytes) => IntegerKey<short>.ReadKey(keyBytes);

    /// <inheritdoc/>
    public static void Write(short key, ByteBuffer to) => StateWriter.Write(to, in key);

    /// <inheritdoc/>
    public static short Read(ref StateReader reader) => reader.Read<short>();
}

/// <summary>Keys of type <see cref="ushort"/>: big-endian.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct UInt16Key : IKeyCodec<ushort>
{
    /// <inheritdoc/>
    public static ulong Hash(ushort key) => IntegerKey<ushort>.Hash(key);

    /// <inheritdoc/>
    public static bool Equals(ushort left, ushort right) => left == right;

    /// <inheritdoc/>
    public static ushort Own(ushort key) => key;

    /// <inheritdoc/>
    public static int PartitionHash(ushort key) => IntegerKey<ushort>.PartitionHash(key);

    /// <inheritdoc/>
    public static void WriteKey(ushort key, ByteBuffer to) => IntegerKey<ushort>.WriteKey(key, to);

    /// <inheritdoc/>
    public static ushort ReadKey(ReadOnlySpan<byte> keyBytes) => IntegerKey<ushort>.ReadKey(keyBytes);

    /// <inheritdoc/>
    public static void Write(ushort key, ByteBuffer to) => StateWriter.Write(to, in key);

    /// <inheritdoc/>
    public static ushort Read(ref StateReader reader) => reader.Read<ushort>();
}

/// <summary>Keys of type <see cref="int"/>: big-endian.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Int32Key : IKeyCodec<int>
{
    /// <inheritdoc/>
    public static ulong Hash(int key) => IntegerKey<int>.Hash(key);

    /// <inheritdoc/>
    public static bool Equals(int left, int right) => left == right;

    /// <inheritdoc/>
    public static int Own(int key) => key;

    /// <inheritdoc/>
    public static int PartitionHash(int key) => IntegerKey<int>.PartitionHash(key);

    /// <inheritdoc/>
    public static void WriteKey(int key, ByteBuffer to) => IntegerKey<int>.WriteKey(key, to);

    /// <inheritdoc/>
    public static int ReadKey(ReadOnlySpan<byte> keyBytes) => IntegerKey<int>.ReadKey(keyBytes);

    /// <inheritdoc/>
    public static void Write(int key, ByteBuffer to) => StateWriter.Write(to, in key);

    /// <inheritdoc/>
    public static int Read(ref StateReader reader) => reader.Read<int>();
}

/// <summary>Keys of type <see cref="uint"/>: big-endian.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct UInt32Key : IKeyCodec<uint>
{
    /// <inheritdoc/>
    public static ulong Hash(uint key) => IntegerKey<uint>.Hash(key);

    /// <inheritdoc/>
    public static bool Equals(uint left, uint right) => left == right;

    /// <inheritdoc/>
    public static uint Own(uint key) => key;

    /// <inheritdoc/>
    public static int PartitionHash(uint key) => IntegerKey<uint>.PartitionHash(key);

    /// <inheritdoc/>
    public static void WriteKey(uint key, ByteBuffer to) => IntegerKey<uint>.WriteKey(key, to);

    /// <inheritdoc/>
    public static uint ReadKey(ReadOnlySpan<byte> keyBytes) => IntegerKey<uint>.ReadKey(keyBytes);

    /// <inheritdoc/>
    public static void Write(uint key, ByteBuffer to) => StateWriter.Write(to, in key);

    /// <inheritdoc/>
    public static uint Read(ref StateReader reader) => reader.Read<uint>();
}

/// <summary>Keys of type <see cref="long"/>: big-endian.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Int64Key : IKeyCodec<long>
{
    /// <inheritdoc/>
    public static ulong Hash(long key) => IntegerKey<long>.Hash(key);

    /// <inheritdoc/>
    public static bool Equals(long left, long right) => left == right;

    /// <inheritdoc/>
    public static long Own(long key) => key;

    /// <inheritdoc/>
    public static int PartitionHash(long key) => IntegerKey<long>.PartitionHash(key);

    /// <inheritdoc/>
    public static void WriteKey(long key, ByteBuffer to) => IntegerKey<long>.WriteKey(key, to);

    /// <inheritdoc/>
    public static long ReadKey(ReadOnlySpan<byte> keyBytes) => IntegerKey<long>.ReadKey(keyBytes);

    /// <inheritdoc/>
    public static void Write(long key, ByteBuffer to) => StateWriter.Write(to, in key);

    /// <inheritdoc/>
    public static long Read(ref StateReader reader) => reader.Read<long>();
}

/// <summary>Keys of type <see cref="ulong"/>: big-endian.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct UInt64Key : IKeyCodec<ulong>
{
    /// <inheritdoc/>
    public static ulong Hash(ulong key) => IntegerKey<ulong>.Hash(key);

    /// <inheritdoc/>
    public static bool Equals(ulong left, ulong right) => left == right;

    /// <inheritdoc/>
    public static ulong Own(ulong key) => key;

    /// <inheritdoc/>
    public static int PartitionHash(ulong key) => IntegerKey<ulong>.PartitionHash(key);

    /// <inheritdoc/>
    public static void WriteKey(ulong key, ByteBuffer to) => IntegerKey<ulong>.WriteKey(key, to);

    /// <inheritdoc/>
    public static ulong ReadKey(ReadOnlySpan<byte> keyBytes) => IntegerKey<ulong>.ReadKey(keyBytes);

    /// <inheritdoc/>
    public static void Write(ulong key, ByteBuffer to) => StateWriter.Write(to, in key);

    /// <inheritdoc/>
    public static ulong Read(ref StateReader reader) => reader.Read<ulong>();
}
