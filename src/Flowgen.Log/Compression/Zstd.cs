using ZstdSharp;

namespace Flowgen.Log;

/// <summary>Frames of Zstandard. The contexts are large and are kept for the next batch.</summary>
internal static class Zstd
{
    private const int Level = 3; // Zstandard's default, and Kafka's

    private static readonly ContextPool<Compressor> Compressors = new(() => new Compressor(Level));
    private static readonly ContextPool<Decompressor> Decompressors = new(() => new Decompressor());

    /// <returns>Bytes written; 0 if they do not fit.</returns>
    public static int Compress(ReadOnlySpan<byte> plain, Span<byte> to)
    {
        var compressor = Compressors.Rent();
        bool fits = compressor.TryWrap(plain, to, out int written);
        Compressors.Return(compressor);
        return fits ? written : 0;
    }

    /// <returns>Bytes written; -1 if the frame is damaged or does not fit.</returns>
    public static int Decompress(ReadOnlySpan<byte> frame, Span<byte> to)
    {
        var decompressor = Decompressors.Rent();
        try
        {
            return decompressor.TryUnwrap(frame, to, out int written) ? written : -1;
        }
        catch (ZstdException)
        {
            return -1;
        }
        finally
        {
            Decompressors.Return(decompressor);
        }
    }
}
