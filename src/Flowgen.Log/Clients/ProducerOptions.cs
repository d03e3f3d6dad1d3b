namespace Flowgen.Log;

/// <summary>How a producer batches.</summary>
public sealed record ProducerOptions
{
    /// <summary>A batch is closed when it has reached this size. 1 KiB to 16 MiB.</summary>
    public int BatchBytes { get; init; } = 64 << 10;

    /// <summary>How long a record waits at most for others to share its batch. Zero waits only while an earlier commit is under way.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Bytes that were sent and are not committed yet; <c>Send</c> blocks while there are more. At least 64 KiB.</summary>
    public int BufferBytes { get; init; } = 32 << 20;

    internal void Validate(int maxBatchBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchBytes, 1 << 10, nameof(BatchBytes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BatchBytes, Math.Min(16 << 20, maxBatchBytes / 2), nameof(BatchBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(Linger, TimeSpan.Zero, nameof(Linger));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Linger, TimeSpan.FromMinutes(1), nameof(Linger));
        ArgumentOutOfRangeException.ThrowIfLessThan(BufferBytes, 64 << 10, nameof(BufferBytes));
    }
}
