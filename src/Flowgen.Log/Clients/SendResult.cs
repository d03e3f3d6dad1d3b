namespace Flowgen.Log;

/// <summary>
/// What becomes of a record that was sent. Await <see cref="Committed"/>, or don't: it costs nothing then, and <see cref="Producer.FlushAsync"/>
/// tells of failures.
/// </summary>
public readonly struct SendResult
{
    private readonly PendingBatch _batch;
    private readonly int _index;
    private readonly long _timestamp;

    internal SendResult(PendingBatch batch, int index, long timestamp)
    {
        _batch = batch;
        _index = index;
        _timestamp = timestamp;
    }

    /// <summary>The topic.</summary>
    public string Topic => _batch.Topic;

    /// <summary>The partition that was chosen.</summary>
    public int Partition => _batch.Partition;

    /// <summary>Whether the record is committed, or has failed.</summary>
    public bool IsCompleted => _batch.Outcome.IsCompleted;

    /// <summary>
    /// A task that ends when the record is committed, with the place where it is. Each call makes a new task. After
    /// <see cref="FlowLog.ResumeProducer"/> it is the task of the second try.
    /// </summary>
    /// <exception cref="DeliveryTimeoutException">The disk did not take the record in time.</exception>
    /// <exception cref="TopicDeletedException">The topic was deleted before it was committed.</exception>
    /// <exception cref="TransactionAbortedException">Its transaction was aborted.</exception>
    /// <exception cref="LogPoisonedException">Whether it is committed is known only when the log has been opened again; <see cref="FlowLog.ResumeProducer"/> sends it again if it is not.</exception>
    public Task<RecordPosition> Committed => WaitAsync(_batch, _index, _timestamp);

    private static async Task<RecordPosition> WaitAsync(PendingBatch batch, int index, long timestamp)
    {
        var (baseOffset, appendTime) = await batch.Outcome.ConfigureAwait(false);
        return new RecordPosition(batch.Topic, batch.Partition, baseOffset + index, appendTime ?? timestamp);
    }
}
