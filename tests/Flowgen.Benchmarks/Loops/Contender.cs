using Flowgen.Log;

namespace Flowgen.Benchmarks.Loops;

/// <summary>One way to answer a query: by hand, or generated. Reads the bytes of stored bids and writes the bytes of stored results.</summary>
public abstract class Contender
{
    /// <summary>The results since <see cref="Clear"/>, as stored.</summary>
    public abstract ReadOnlySpan<byte> Written { get; }

    /// <summary>Takes one batch, and then what its watermark closes.</summary>
    /// <param name="bids">The bids.</param>
    /// <param name="watermark">The watermark behind the batch, in Unix milliseconds.</param>
    public abstract void Process(in RecordBatch bids, long watermark);

    /// <summary>Forgets the results and keeps their memory.</summary>
    public abstract void Clear();
}
