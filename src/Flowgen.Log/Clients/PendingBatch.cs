namespace Flowgen.Log;

/// <summary>A batch of a producer on its way into the log; all of its records share it.</summary>
internal sealed class PendingBatch(string topic, int partition)
{
    private TaskCompletionSource<(long BaseOffset, long? AppendTime)> _outcome = New();

    public string Topic => topic;

    public int Partition => partition;

    /// <summary>Index of the batch among the stamped ones of its <see cref="Commits.PartitionWrite"/>; known when it is closed.</summary>
    public int Index { get; set; }

    /// <summary>What its records take of the buffer.</summary>
    public long Bytes { get; set; }

    /// <summary>Offset of the first record, and the time of all of them if it is that of the append.</summary>
    public Task<(long BaseOffset, long? AppendTime)> Outcome => Volatile.Read(ref _outcome).Task;

    public void Succeed(long baseOffset, long? appendTime) => _outcome.SetResult((baseOffset, appendTime));

    public void Fail(Exception cause)
    {
        _outcome.SetException(cause);
        _ = _outcome.Task.Exception; // observed: who does not await a record learns of the failure from the flush
    }

    /// <summary>The batch is sent again, in a log that was opened anew.</summary>
    public void StartOver() => Volatile.Write(ref _outcome, New());

    private static TaskCompletionSource<(long BaseOffset, long? AppendTime)> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
