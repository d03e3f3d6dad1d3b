using Flowgen.Log.Storage;

namespace Flowgen.Log;

/// <summary>What a batch must be like so that a partition takes it.</summary>
internal static class BatchLimits
{
    /// <summary>Refuses a batch that the partition does not take.</summary>
    /// <exception cref="RecordTooLargeException">A record or the batch is larger than the topic or the log allows.</exception>
    /// <exception cref="InvalidRecordException">The topic is compacted, and a record has no key.</exception>
    /// <exception cref="InvalidOperationException">A record has not ended.</exception>
    public static void Check(BatchBuilder batch, Partition target, FlowLogOptions options)
    {
        batch.ThrowIfInRecord();
        var settings = target.Settings;
        int maxRecordBytes = settings.MaxRecordBytes ?? options.MaxRecordBytes;
        if (batch.LargestRecord > maxRecordBytes)
            throw TooLarge("A record", batch.LargestRecord, target, "a record", maxRecordBytes);
        if (settings.Cleanup != TopicCleanup.Delete && batch.HasRecordsWithoutKey)
            throw WithoutKey(target);
        if (batch.SizeInBytes > options.MaxBatchBytes)
            throw TooLarge("A batch", batch.SizeInBytes, target, "a batch", options.MaxBatchBytes);
    }

    private static InvalidRecordException WithoutKey(Partition target) =>
        new($"{target} takes no record without key: its topic is compacted, which keeps the newest record of each key. Give the record a key, or the topic the cleanup {TopicCleanup.Delete}.");

    private static RecordTooLargeException TooLarge(string what, int size, Partition target, string limited, int limit) =>
        new($"{what} of {size} bytes for {target} is too large: {limited} has at most {limit} bytes. Send less, or set a larger limit for the topic or the log.");
}
