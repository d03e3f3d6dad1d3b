using System.Runtime.InteropServices;
using Flowgen.Benchmarks.Nexmark;

namespace Flowgen.Benchmarks.Loops;

/// <summary>A query written by hand as well as we can: the limit that generated code is measured against. It reads the bytes of stored bids and writes the bytes of stored results.</summary>
public abstract class BidLoop
{
    private byte[] _output = new byte[1 << 20];

    /// <summary>Bytes written since <see cref="Clear"/>.</summary>
    public int Length { get; private set; }

    /// <summary>The results since <see cref="Clear"/>, as stored.</summary>
    public ReadOnlySpan<byte> Written => _output.AsSpan(0, Length);

    /// <summary>Takes one batch, and then what its watermark closes.</summary>
    /// <param name="bids">The bytes of the bids.</param>
    /// <param name="watermark">The watermark behind the batch, in Unix milliseconds.</param>
    public abstract void Process(ReadOnlySpan<byte> bids, long watermark);

    /// <summary>Forgets the results and keeps their memory.</summary>
    public void Clear() => Length = 0;

    private protected static ReadOnlySpan<Bid> View(ReadOnlySpan<byte> bids) => MemoryMarshal.Cast<byte, Bid>(bids);

    /// <summary>Room for results behind those already written; what is used is kept with <see cref="Keep"/>.</summary>
    private protected Span<TResult> Room<TResult>(int count)
        where TResult : unmanaged
    {
        int needed = Length + count * Marshal.SizeOf<TResult>();
        if (needed > _output.Length) Array.Resize(ref _output, needed * 2);
        return MemoryMarshal.Cast<byte, TResult>(_output.AsSpan(Length))[..count];
    }

    private protected void Keep(int bytes) => Length += bytes;
}
