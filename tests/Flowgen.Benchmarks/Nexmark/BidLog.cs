using System.Runtime.InteropServices;
using Flowgen.Log;

namespace Flowgen.Benchmarks.Nexmark;

/// <summary>Generated bids as the log stores them: bytes in batches, each with the watermark behind it.</summary>
public sealed class BidLog
{
    /// <summary>Bids in a batch: 64 KiB.</summary>
    public const int BatchSize = 2_048;

    /// <summary>The schema that the batches name.</summary>
    public const int SchemaId = 1;

    private const long OutOfOrder = 1_000;

    private readonly RecordBatch[] _batches;

    /// <summary>Generates bids.</summary>
    /// <param name="bids">How many; a whole number of batches.</param>
    public BidLog(int bids)
    {
        Bid[] generated = new BidGenerator(seed: 1).Generate(bids);
        BatchBuilder builder = new();
        ByteBuffer stored = new();
        _batches = new RecordBatch[bids / BatchSize];
        for (int i = 0; i < _batches.Length; i++)
        {
            builder.StartFixed(SchemaId, BidCodec.Layout!);
            MemoryMarshal.AsBytes(generated.AsSpan(i * BatchSize, BatchSize)).CopyTo(builder.AddFixed(BatchSize));
            stored.Clear();
            builder.CopyTo(stored);
            _batches[i] = new RecordBatch(stored.Written.ToArray(), 0, stored.Length, "bids", partition: 0, firstIndex: 0);
        }
    }

    /// <summary>Number of batches.</summary>
    public int Batches => _batches.Length;

    /// <summary>A batch.</summary>
    /// <param name="batch">Which.</param>
    /// <returns>The batch as a reader of the log gives it.</returns>
    public ref readonly RecordBatch this[int batch] => ref _batches[batch];

    /// <summary>The watermark behind a batch, in Unix milliseconds.</summary>
    /// <param name="batch">Which.</param>
    /// <returns>The newest time minus the out-of-orderness of bids.</returns>
    public long WatermarkBehind(int batch) => _batches[batch].MaxTimestamp - OutOfOrder;
}
