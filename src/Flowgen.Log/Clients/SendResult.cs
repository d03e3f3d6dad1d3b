namespace Flowgen.Log;

/// <summary>
/// What becomes of a record that was sent. Await <see cref="Committed"/>, or don't: it costs nothing then, and <see cref="Producer.FlushAsync"/>
/// tells of failures.
/// </summary>
public readonly struct SendResult
{
    private readonly PendingBatch _batch;
    private readonly int _index;

    internal SendResult(PendingBatch batch, int index)
    {
        _batch = batch;
        _index = index;
    }

    /// <summary>Whether the record is committed, or has failed.</summary>
    public bool IsCompleted => _batch.BaseOffset.IsCompleted;

    /// <summary>A task that ends when the record is committed, with the place where it is. Each call makes a new task.</summary>
    public Task<RecordPosition> Committed => WaitAsync(_batch, _index);

    private static async Task<RecordPosition> WaitAsync(PendingBatch batch, int index) =>
        new(batch.Topic, batch.Partition, await batch.BaseOffset.ConfigureAwait(false) + index);
}
