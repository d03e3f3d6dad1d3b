using Flowgen.Log;
using Microsoft.Extensions.Logging;

namespace Flowgen.Hosting;

/// <summary>What the host logs. The event ids are stable: others filter and alert by them.</summary>
internal static partial class Messages
{
    [LoggerMessage(1000, LogLevel.Information, "App '{App}' started on the log in '{Directory}'.")]
    public static partial void Started(ILogger logger, string app, string directory);

    [LoggerMessage(1001, LogLevel.Information, "App '{App}' stopped: {Records} records read, {Commits} commits in this run.")]
    public static partial void Stopped(ILogger logger, string app, long records, long commits);

    [LoggerMessage(1002, LogLevel.Critical, "App '{App}' stopped because stage '{Stage}' failed (step {Step}, {Topic}/{Partition}, offsets {FirstOffset} to {LastOffset}). Nothing of the epoch was committed.")]
    public static partial void StageFailed(ILogger logger, Exception failure, string app, string stage, string? step, string? topic, int partition, long firstOffset, long lastOffset);

    [LoggerMessage(1003, LogLevel.Critical, "App '{App}' stopped because it failed. Nothing of the open epoch was committed.")]
    public static partial void Failed(ILogger logger, Exception failure, string app);

    [LoggerMessage(1100, LogLevel.Warning, "{What}")]
    public static partial void TornTail(ILogger logger, string what);

    [LoggerMessage(1101, LogLevel.Error, "{What}")]
    public static partial void DiskFull(ILogger logger, Exception? cause, string what);

    [LoggerMessage(1102, LogLevel.Error, "{What}")]
    public static partial void WriteFailed(ILogger logger, Exception? cause, string what);

    [LoggerMessage(1103, LogLevel.Information, "{What}")]
    public static partial void WritesResumed(ILogger logger, string what);

    [LoggerMessage(1104, LogLevel.Critical, "{What}")]
    public static partial void Corruption(ILogger logger, Exception? cause, string what);

    [LoggerMessage(1105, LogLevel.Warning, "{What}")]
    public static partial void HousekeepingFailed(ILogger logger, Exception? cause, string what);

    [LoggerMessage(1106, LogLevel.Information, "{What}")]
    public static partial void HousekeepingRecovered(ILogger logger, string what);

    [LoggerMessage(1107, LogLevel.Critical, "{What}")]
    public static partial void Poisoned(ILogger logger, Exception? cause, string what);

    [LoggerMessage(1108, LogLevel.Error, "{What}")]
    public static partial void CommitsLost(ILogger logger, string what);

    /// <summary>Logs what the log reports of itself.</summary>
    public static void Write(ILogger logger, LogEvent told)
    {
        switch (told.Kind)
        {
            case LogEventKind.TornTail:
                TornTail(logger, told.Message);
                break;
            case LogEventKind.CommitsLost:
                CommitsLost(logger, told.Message);
                break;
            case LogEventKind.DiskFull:
                DiskFull(logger, told.Cause, told.Message);
                break;
            case LogEventKind.WriteFailed:
                WriteFailed(logger, told.Cause, told.Message);
                break;
            case LogEventKind.WritesResumed:
                WritesResumed(logger, told.Message);
                break;
            case LogEventKind.Corruption:
                Corruption(logger, told.Cause, told.Message);
                break;
            case LogEventKind.HousekeepingFailed:
                HousekeepingFailed(logger, told.Cause, told.Message);
                break;
            case LogEventKind.HousekeepingRecovered:
                HousekeepingRecovered(logger, told.Message);
                break;
            case LogEventKind.Poisoned:
                Poisoned(logger, told.Cause, told.Message);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(told), told.Kind, "An event without a message.");
        }
    }
}
