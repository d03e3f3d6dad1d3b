using K4os.Compression.LZ4;

namespace Flowgen.Log;

/// <summary>Blocks of LZ4, without frame.</summary>
internal static class Lz4
{
    /// <returns>Bytes written; 0 if they do not fit.</returns>
    public static int Compress(ReadOnlySpan<byte> plain, Span<byte> to) => Math.Max(0, LZ4Codec.Encode(plain, to));

    /// <returns>Bytes written; -1 if the block is damaged or does not fit.</returns>
    public static int Decompress(ReadOnlySpan<byte> block, Span<byte> to) => LZ4Codec.Decode(block, to);
}
