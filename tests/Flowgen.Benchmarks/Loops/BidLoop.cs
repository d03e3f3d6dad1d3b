using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Flowgen.Benchmarks.Nexmark;
using Flowgen.Log;

namespace Flowgen.Benchmarks.Loops;

/// <summary>A query written by hand as well as we can: the limit that generated code is measured against.</summary>
public abstract class BidLoop : Contender
{
    private byte[] _output = new byte[1 << 20];
    private int _length;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Written => _output.AsSpan(0, _length);

    /// <inheritdoc/>
    public override void Clear() => _length = 0;

    private protected static ReadOnlySpan<Bid> View(in RecordBatch bids) => MemoryMarshal.Cast<byte, Bid>(bids.FixedValues);

    /// <summary>Room for results behind those already written; what is used is kept with <see cref="Keep{TResult}"/>.</summary>
    private protected Span<TResult> Room<TResult>(int count)
        where TResult : unmanaged
    {
        int needed = _length + count * Unsafe.SizeOf<TResult>();
        if (needed > _output.Length) Array.Resize(ref _output, needed * 2);
        return MemoryMarshal.Cast<byte, TResult>(_output.AsSpan(_length))[..count];
    }

    private protected void Keep<TResult>(int count)
        where TResult : unmanaged =>
        _length += count * Unsafe.SizeOf<TResult>();
}
