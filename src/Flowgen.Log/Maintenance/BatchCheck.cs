namespace Flowgen.Log.Maintenance;

/// <summary>Checks the records of a batch whose CRC is right: it may have been written by a defective program.</summary>
internal static class BatchCheck
{
    /// <summary>What is wrong, or null.</summary>
    public static string? FindDefect(in RecordBatch batch)
    {
        int index = 0;
        try
        {
            for (; index < batch.Count; index++)
            {
                if (FindDefect(batch, index) is { } defect)
                    return defect;
            }

            return null;
        }
        catch (Exception e) when (e is LogCorruptionException or ArgumentException)
        {
            return $"Record {index} of the batch at offset {batch.BaseOffset}: {e.Message}";
        }
    }

    private static string? FindDefect(in RecordBatch batch, int index)
    {
        var record = batch[index];
        _ = record.Key;
        foreach (var header in record.Headers)
            _ = header.Value;
        return record.Timestamp < batch.MinTimestamp || record.Timestamp > batch.MaxTimestamp
            ? $"Record {record.Offset} has time {record.Timestamp}, outside the {batch.MinTimestamp} to {batch.MaxTimestamp} of its batch."
            : null;
    }
}
