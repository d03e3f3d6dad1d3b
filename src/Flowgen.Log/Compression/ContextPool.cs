namespace Flowgen.Log;

/// <summary>Keeps contexts of a compressor for the next batches, one for each processor at most.</summary>
internal sealed class ContextPool<TContext>(Func<TContext> create)
    where TContext : class, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Stack<TContext> _free = new(Environment.ProcessorCount);

    public TContext Rent()
    {
        lock (_gate)
        {
            if (_free.TryPop(out var context))
                return context;
        }

        return create();
    }

    public void Return(TContext context)
    {
        lock (_gate)
        {
            if (_free.Count < Environment.ProcessorCount)
            {
                _free.Push(context);
                return;
            }
        }

        context.Dispose();
    }
}
