namespace Flowgen.Log;

/// <summary>A record to send.</summary>
/// <param name="Topic">The topic.</param>
public sealed record ProducerRecord(string Topic)
{
    /// <summary>The partition; null chooses it by the key, or, without key, fills one partition after the other.</summary>
    public int? Partition { get; init; }

    /// <summary>The key; null for none.</summary>
    public ReadOnlyMemory<byte>? Key { get; init; }

    /// <summary>The value; null deletes the key in a compacted topic.</summary>
    public ReadOnlyMemory<byte>? Value { get; init; }

    /// <summary>Time of the record in Unix milliseconds; null takes the clock of the log.</summary>
    public long? Timestamp { get; init; }

    /// <summary>Schema of the value, from <see cref="FlowLog.RegisterSchema"/>; 0 for bytes without schema.</summary>
    public int SchemaId { get; init; }

    /// <summary>The headers, in order.</summary>
    public IReadOnlyList<RecordHeader> Headers { get; init; } = [];
}
