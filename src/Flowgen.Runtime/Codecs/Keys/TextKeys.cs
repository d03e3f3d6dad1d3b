using System.ComponentModel;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Keys of type <see cref="string"/>: UTF-8.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct StringKey : IKeyCodec<string>
{
    /// <inheritdoc/>
    public static ulong Hash(string key) => KeyHash.Chars(key);

    /// <inheritdoc/>
    public static bool Equals(string left, string right) => string.Equals(left, right);

    /// <inheritdoc/>
    public static string Own(string key) => key;

    /// <inheritdoc/>
    public static int PartitionHash(string key) => PartitionHashOf(key);

    /// <inheritdoc/>
    public static void WriteKey(string key, ByteBuffer to) => RecordWriter.WriteString(to, key, "key");

    /// <inheritdoc/>
    public static string ReadKey(ReadOnlySpan<byte> keyBytes) => KeyBytes.ReadString(keyBytes);

    /// <inheritdoc/>
    public static void Write(string key, ByteBuffer to) => StateWriter.WriteString(to, key);

    /// <inheritdoc/>
    public static string Read(ref StateReader reader) => reader.ReadString();

    private static int PartitionHashOf(string key)
    {
        const int Short = 128;
        if (key.Length > Short) return Murmur2.Hash(System.Text.Encoding.UTF8.GetBytes(key));
        Span<byte> bytes = stackalloc byte[Short * 3];
        return Murmur2.Hash(bytes[..System.Text.Encoding.UTF8.GetBytes(key, bytes)]);
    }
}

/// <summary>Keys of type <see cref="Text"/>: UTF-8, the same bytes as a string.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct TextKey : IKeyCodec<Text>
{
    /// <inheritdoc/>
    public static ulong Hash(Text key) => KeyHash.Bytes(key.Bytes);

    /// <inheritdoc/>
    public static bool Equals(Text left, Text right) => left == right;

    /// <inheritdoc/>
    public static Text Own(Text key) => key.Own();

    /// <inheritdoc/>
    public static int PartitionHash(Text key) => Murmur2.Hash(key.Bytes);

    /// <inheritdoc/>
    public static void WriteKey(Text key, ByteBuffer to) => to.Write(key.Bytes);

    /// <inheritdoc/>
    public static Text ReadKey(ReadOnlySpan<byte> keyBytes) => Text.FromUtf8(KeyBytes.ExpectUtf8(keyBytes));

    /// <inheritdoc/>
    public static void Write(Text key, ByteBuffer to) => StateWriter.WriteBytes(to, key.Bytes);

    /// <inheritdoc/>
    public static Text Read(ref StateReader reader) => Text.FromUtf8(KeyBytes.ExpectUtf8(reader.ReadBytes()));
}

/// <summary>Keys of bytes: as they are.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MemoryKey : IKeyCodec<ReadOnlyMemory<byte>>
{
    /// <inheritdoc/>
    public static ulong Hash(ReadOnlyMemory<byte> key) => KeyHash.Bytes(key.Span);

    /// <inheritdoc/>
    public static bool Equals(ReadOnlyMemory<byte> left, ReadOnlyMemory<byte> right) => left.Span.SequenceEqual(right.Span);

    /// <inheritdoc/>
    public static ReadOnlyMemory<byte> Own(ReadOnlyMemory<byte> key) => key.ToArray();

    /// <inheritdoc/>
    public static int PartitionHash(ReadOnlyMemory<byte> key) => Murmur2.Hash(key.Span);

    /// <inheritdoc/>
    public static void WriteKey(ReadOnlyMemory<byte> key, ByteBuffer to) => to.Write(key.Span);

    /// <inheritdoc/>
    public static ReadOnlyMemory<byte> ReadKey(ReadOnlySpan<byte> keyBytes) => keyBytes.ToArray();

    /// <inheritdoc/>
    public static void Write(ReadOnlyMemory<byte> key, ByteBuffer to) => StateWriter.WriteBytes(to, key.Span);

    /// <inheritdoc/>
    public static ReadOnlyMemory<byte> Read(ref StateReader reader) => reader.ReadBytes().ToArray();
}

/// <summary>Keys of type <see cref="byte"/>[]: as they are.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct BytesKey : IKeyCodec<byte[]>
{
    /// <inheritdoc/>
    public static ulong Hash(byte[] key) => KeyHash.Bytes(key);

    /// <inheritdoc/>
    public static bool Equals(byte[] left, byte[] right) => left.AsSpan().SequenceEqual(right);

    /// <inheritdoc/>
    public static byte[] Own(byte[] key) => key;

    /// <inheritdoc/>
    public static int PartitionHash(byte[] key) => Murmur2.Hash(key);

    /// <inheritdoc/>
    public static void WriteKey(byte[] key, ByteBuffer to) => to.Write(key);

    /// <inheritdoc/>
    public static byte[] ReadKey(ReadOnlySpan<byte> keyBytes) => keyBytes.ToArray();

    /// <inheritdoc/>
    public static void Write(byte[] key, ByteBuffer to) => StateWriter.WriteBytes(to, key);

    /// <inheritdoc/>
    public static byte[] Read(ref StateReader reader) => reader.ReadBytes().ToArray();
}
