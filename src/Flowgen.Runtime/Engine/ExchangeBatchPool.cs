namespace Flowgen.Runtime;

/// <summary>Batches of one sender and receiver that are not on their way. The receiver returns them from its thread.</summary>
internal sealed class ExchangeBatchPool<TBatch>
    where TBatch : ExchangeBatch
{
    private readonly Lock _gate = new();
    private readonly Stack<TBatch> _free = [];

    public TBatch? TryTake()
    {
        lock (_gate) return _free.TryPop(out TBatch? batch) ? batch : null;
    }

    public void Return(TBatch batch)
    {
        lock (_gate) _free.Push(batch);
    }
}
