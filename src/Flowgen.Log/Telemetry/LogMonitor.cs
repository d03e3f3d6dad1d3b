namespace Flowgen.Log;

/// <summary>Knows how well the log is, counts what goes wrong, and tells it. Thread-safe.</summary>
internal sealed class LogMonitor(FlowLogOptions options)
{
    private const int MostCorruptions = 1_000;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _corruptions = new(StringComparer.Ordinal);
    private LogHealth? _poison;
    private LogHealth? _corruption;
    private LogHealth? _writes;
    private long _diskFull;
    private long _damagedReads;

    /// <summary>How well it is, but for the work in the background.</summary>
    public LogHealth Health => Volatile.Read(ref _poison) ?? Volatile.Read(ref _corruption) ?? Volatile.Read(ref _writes) ?? LogHealth.Healthy;

    public bool IsPoisoned => Volatile.Read(ref _poison) is not null;

    /// <summary>Commits that were refused because the disk was full.</summary>
    public long DiskFullCommits => Interlocked.Read(ref _diskFull);

    /// <summary>Reads that met damaged bytes.</summary>
    public long DamagedReads => Interlocked.Read(ref _damagedReads);

    public void Opened(RecoveryReport report)
    {
        if (report.TornBytes > 0 && report.LostCommits == 0)
            Tell(LogEventKind.TornTail, $"{report.TornBytes} bytes without meaning behind the last commit were cut off and kept in {string.Join(", ", report.TornFiles)}. Nothing that was acknowledged is lost.", null);
        if (report.LostCommits > 0)
            Tell(LogEventKind.CommitsLost, $"The last {report.LostCommits} commits are lost: the machine lost power while the log was open without syncs. Open it with Durability.Durable where that must not happen. What was left of them is in {string.Join(", ", report.TornFiles)}.", null);
    }

    public void WriteFailed(LogWriteException cause)
    {
        bool isFull = cause is DiskFullException;
        if (isFull)
            Interlocked.Increment(ref _diskFull);
        var health = new LogHealth(isFull ? LogHealthStatus.DiskFull : LogHealthStatus.WritesFailing, cause.Message, cause);
        if (Interlocked.Exchange(ref _writes, health)?.Status != health.Status)
            Tell(isFull ? LogEventKind.DiskFull : LogEventKind.WriteFailed, cause.Message, cause);
    }

    /// <summary>Called for each commit that has written something.</summary>
    public void WriteSucceeded()
    {
        if (Volatile.Read(ref _writes) is not null && Interlocked.Exchange(ref _writes, null) is not null)
            Tell(LogEventKind.WritesResumed, "Commits are written again.", null);
    }

    public void SawCorruption(LogCorruptionException cause)
    {
        Interlocked.Increment(ref _damagedReads);
        Interlocked.CompareExchange(ref _corruption, new LogHealth(LogHealthStatus.CorruptionSeen, cause.Message, cause), null);
        bool isNew;
        lock (_gate)
            isNew = _corruptions.Count < MostCorruptions && _corruptions.Add(cause.Message);
        if (isNew)
            Tell(LogEventKind.Corruption, cause.Message, cause);
    }

    public void Poisoned(Exception cause) => End($"The log acknowledges nothing any more: {cause.Message} Check the disk, close the log and open it again.", cause);

    /// <summary>A log that is open to read only cannot see any more what its owner commits.</summary>
    public void StoppedFollowing(Exception cause) => End($"The log shows nothing newer any more: {cause.Message} Close it and open it again.", cause);

    private void End(string description, Exception cause)
    {
        var health = new LogHealth(LogHealthStatus.Poisoned, description, cause);
        if (Interlocked.CompareExchange(ref _poison, health, null) is null)
            Tell(LogEventKind.Poisoned, health.Description, cause);
    }

    public void HousekeepingFailed(string job, string where, Exception cause) =>
        Tell(LogEventKind.HousekeepingFailed, $"{Work(job, where)} failed and is tried again: {cause.Message}", cause);

    public void HousekeepingRecovered(string job, string where) =>
        Tell(LogEventKind.HousekeepingRecovered, $"{Work(job, where)} succeeds again.", null);

    private static string Work(string job, string where) => where.Length == 0 ? $"The {job} of the log" : $"The {job} of {where}";

    private void Tell(LogEventKind kind, string message, Exception? cause) => options.OnEvent?.Invoke(new LogEvent(kind, message, cause));
}
