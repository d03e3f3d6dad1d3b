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
}
