using System.Runtime.InteropServices;

namespace Flowgen.Benchmarks.Nexmark;

/// <summary>Generated bids as the log stores them: bytes in batches, each with the watermark behind it.</summary>
public sealed class BidLog
{
    /// <summary>Bids in a batch: 64 KiB.</summary>
    public const int BatchSize = 2_048;

    private const long OutOfOrder = 1_000;

    private readonly byte[] _bytes;
    private readonly long[] _watermarks;

    /// <summary>Generates bids.</summary>
    /// <param name="bids">How many; a whole number of batches.</param>
    public BidLog(int bids)
    {
        Bid[] generated = new BidGenerator(seed: 1).Generate(bids);
        _bytes = MemoryMarshal.AsBytes(generated.AsSpan()).ToArray();
        _watermarks = new long[bids / BatchSize];
        for (int i = 0; i < _watermarks.Length; i++)
            _watermarks[i] = generated[(i + 1) * BatchSize - 1].Time - OutOfOrder;
    }

    /// <summary>Number of batches.</summary>
    public int Batches => _watermarks.Length;

    /// <summary>The bytes of a batch.</summary>
    /// <param name="batch">Which.</param>
    /// <returns>Its bids.</returns>
    public ReadOnlySpan<byte> this[int batch] => _bytes.AsSpan(batch * BatchSize * Marshal.SizeOf<Bid>(), BatchSize * Marshal.SizeOf<Bid>());

    /// <summary>The watermark behind a batch, in Unix milliseconds.</summary>
    /// <param name="batch">Which.</param>
    /// <returns>The newest time minus the out-of-orderness of bids.</returns>
    public long WatermarkBehind(int batch) => _watermarks[batch];
}
