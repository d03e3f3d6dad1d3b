namespace Flowgen.Log;

/// <summary>A batch of a producer on its way into the log; all of its records share it.</summary>
internal sealed class PendingBatch(string topic, int partition)
{
    private readonly TaskCompletionSource<long> _baseOffset = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Topic => topic;

    public int Partition => partition;

    /// <summary>Records of the same transaction and partition that come before the batch.</summary>
    public long RecordsBefore { get; set; }

    public Task<long> BaseOffset => _baseOffset.Task;

    public void Succeed(long firstOffsetOfTransaction) => _baseOffset.SetResult(firstOffsetOfTransaction + RecordsBefore);

    public void Fail(Exception cause)
    {
        _baseOffset.SetException(cause);
        _ = _baseOffset.Task.Exception; // observed: who does not await a record learns of the failure from the flush
    }
}
