using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Records on the way to the task that owns their key, and how far event time has come behind them. Reused.</summary>
internal abstract class ExchangeBatch
{
    /// <summary>Where the batch goes.</summary>
    public required ExchangeReceiver Receiver { get; init; }

    /// <summary>The task that sends it.</summary>
    public required int SourceTask { get; init; }

    public int Count { get; set; }

    /// <summary>The sender's watermark when the batch left.</summary>
    public long Watermark { get; set; }

    public bool IsIdle { get; set; }

    /// <summary>Memory that the batch holds while it is on its way.</summary>
    public abstract long Bytes { get; }

    /// <summary>Gives the batch back to its sender.</summary>
    public abstract void Recycle();
}

/// <summary>Records by value: nothing in them borrows the memory of their source.</summary>
internal sealed class TypedExchangeBatch<TRecord>(ExchangeBatchPool<TypedExchangeBatch<TRecord>> pool, int capacity, bool hasTimes) : ExchangeBatch
{
    public readonly TRecord[] Records = new TRecord[capacity];
    public readonly long[] Times = hasTimes ? new long[capacity] : [];

    public override long Bytes => (long)Count * (System.Runtime.CompilerServices.Unsafe.SizeOf<TRecord>() + (hasTimes ? sizeof(long) : 0));

    public override void Recycle()
    {
        if (System.Runtime.CompilerServices.RuntimeHelpers.IsReferenceOrContainsReferences<TRecord>()) Array.Clear(Records, 0, Count);
        Count = 0;
        pool.Return(this);
    }
}

/// <summary>Records as bytes: their text would borrow the memory of their source, which is reused before they arrive.</summary>
internal sealed class EncodedExchangeBatch(ExchangeBatchPool<EncodedExchangeBatch> pool) : ExchangeBatch
{
    public BatchBuilder Builder { get; } = new();

    public ByteBuffer Stored { get; } = new();

    public override long Bytes => Stored.Length;

    public override void Recycle()
    {
        Count = 0;
        pool.Return(this);
    }
}
