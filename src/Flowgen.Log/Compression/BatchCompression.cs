using System.Buffers;
using System.Buffers.Binary;

namespace Flowgen.Log;

/// <summary>
/// Compresses what lies behind the header of a batch, and brings it back. A compressed batch: the header with the number of the compression
/// in its attributes, the length of the plain bytes i32, that of the compressed ones i32, the compressed bytes, zeros up to a multiple of 8.
/// The plain form is the same header followed by the plain bytes.
/// </summary>
internal static class BatchCompression
{
    private const int PrefixSize = 8;
    private const int SmallestPlain = 64; // below this there is nothing to gain
    private const int Shift = 4;

    // No honest block of LZ4 says more: a byte of it stands for 255 at most.
    private const long MaxLz4Ratio = 255;

    // Zstandard can say far more in a few bytes; a batch that would is stored plain.
    private const long MaxZstdRatio = 1_024;
    private const long MaxZstdExtra = 64 << 10;

    /// <summary>How batches for a topic are compressed.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="producer">What the producer wants.</param>
    /// <returns>What is done.</returns>
    public static CompressionType Choose(TopicSettings topic, CompressionType producer) => topic.Compression switch
    {
        TopicCompression.Uncompressed => CompressionType.None,
        TopicCompression.Lz4 => CompressionType.Lz4,
        TopicCompression.Zstd => CompressionType.Zstd,
        _ => producer,
    };

    public static CompressionType Of(ReadOnlySpan<byte> header) =>
        (CompressionType)((BinaryPrimitives.ReadUInt16LittleEndian(header[BatchFormat.AttributesAt..]) & BatchFormat.CompressionMask) >> Shift);

    public static bool IsKnown(CompressionType compression) => compression is CompressionType.None or CompressionType.Lz4 or CompressionType.Zstd;

    /// <summary>Fewest bytes of a compressed batch.</summary>
    public static int MinimumLength => BatchFormat.HeaderSize + PrefixSize + BatchFormat.Alignment;

    /// <summary>Compresses the plain batch at the end of a buffer in its place. One that would not get smaller stays as it is.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="start">Where the batch starts.</param>
    /// <param name="compression">How.</param>
    public static void Compress(ByteBuffer buffer, int start, CompressionType compression)
    {
        int payloadAt = start + BatchFormat.HeaderSize;
        int plain = buffer.Length - payloadAt;
        if (compression == CompressionType.None || plain < SmallestPlain)
            return;
        byte[] compressed = ArrayPool<byte>.Shared.Rent(plain);
        int room = plain - PrefixSize - BatchFormat.Alignment;
        int length = Compress(compression, buffer.Written[payloadAt..], compressed.AsSpan(0, room));
        if (length > 0 && plain <= MaxPlain(compression, length))
        {
            buffer.Truncate(payloadAt);
            buffer.WriteInt32(plain);
            buffer.WriteInt32(length);
            buffer.Write(compressed.AsSpan(0, length));
            buffer.WriteZeros(BatchFormat.Align(buffer.Length - start) - (buffer.Length - start));
            Mark(buffer.Array.AsSpan(start), compression, buffer.Length - start);
        }

        ArrayPool<byte>.Shared.Return(compressed);
    }

    /// <summary>Brings back the plain form of a compressed batch whose CRC is right. All lengths are checked before anything is allocated.</summary>
    /// <param name="batch">The batch as it is stored.</param>
    /// <param name="plain">Where the plain form goes; a larger array of the shared pool takes its place if needed.</param>
    /// <param name="maxBatchBytes">Most bytes of the plain form.</param>
    /// <param name="length">Bytes of the plain form.</param>
    /// <returns>What is wrong with the batch, or null.</returns>
    public static string? Decompress(ReadOnlySpan<byte> batch, ref byte[] plain, int maxBatchBytes, out int length)
    {
        length = 0;
        var compression = Of(batch);
        var rest = batch[BatchFormat.HeaderSize..];
        int plainLength = BinaryPrimitives.ReadInt32LittleEndian(rest);
        int compressedLength = BinaryPrimitives.ReadInt32LittleEndian(rest[4..]);
        if (Defect(batch, compression, plainLength, compressedLength, maxBatchBytes) is { } defect)
            return defect;
        length = BatchFormat.HeaderSize + plainLength;
        if (plain.Length < length)
            plain = ArrayPool<byte>.Shared.Rent(length);
        var payload = plain.AsSpan(BatchFormat.HeaderSize, plainLength);
        int written = Decompress(compression, rest.Slice(PrefixSize, compressedLength), payload);
        if (written != plainLength)
            return $"its compressed bytes ({compression}) cannot be decompressed to the {plainLength} bytes that they should be";
        batch[..BatchFormat.HeaderSize].CopyTo(plain);
        Mark(plain, CompressionType.None, length);
        return null;
    }

    private static string? Defect(ReadOnlySpan<byte> batch, CompressionType compression, int plain, int compressed, int maxBatchBytes)
    {
        int room = batch.Length - BatchFormat.HeaderSize - PrefixSize;
        if (compressed < 1 || compressed > room || room - compressed >= BatchFormat.Alignment)
            return $"its {compressed} compressed bytes do not fill the {room} bytes that are there";
        if (plain < 0 || plain % BatchFormat.Alignment != 0)
            return $"it cannot be {plain} bytes long when it is decompressed";
        if (plain > maxBatchBytes - BatchFormat.HeaderSize)
            return $"it says that it is {plain} bytes long when it is decompressed, and the log allows {maxBatchBytes} (if it was written with a larger MaxBatchBytes, open the log with that)";
        if (plain > MaxPlain(compression, compressed))
            return $"it says that {compressed} compressed bytes are {plain} plain ones, more than there can be";
        return BatchHeader.PlainMinimumLength(batch) > BatchFormat.HeaderSize + plain
            ? $"its {BatchHeader.Count(batch)} records do not fit into {plain} bytes"
            : null;
    }

    private static long MaxPlain(CompressionType compression, int compressed) => compression == CompressionType.Lz4
        ? compressed * MaxLz4Ratio
        : (compressed * MaxZstdRatio) + MaxZstdExtra;

    private static int Compress(CompressionType compression, ReadOnlySpan<byte> plain, Span<byte> to) =>
        compression == CompressionType.Lz4 ? Lz4.Compress(plain, to) : Zstd.Compress(plain, to);

    private static int Decompress(CompressionType compression, ReadOnlySpan<byte> compressed, Span<byte> to) =>
        compression == CompressionType.Lz4 ? Lz4.Decompress(compressed, to) : Zstd.Decompress(compressed, to);

    private static void Mark(Span<byte> header, CompressionType compression, int length)
    {
        int attributes = BinaryPrimitives.ReadUInt16LittleEndian(header[BatchFormat.AttributesAt..]) & ~BatchFormat.CompressionMask;
        BinaryPrimitives.WriteUInt16LittleEndian(header[BatchFormat.AttributesAt..], (ushort)(attributes | ((int)compression << Shift)));
        BinaryPrimitives.WriteInt32LittleEndian(header[BatchFormat.LengthAt..], length);
    }
}
