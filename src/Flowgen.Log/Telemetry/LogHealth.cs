namespace Flowgen.Log;

/// <summary>How a log is now.</summary>
/// <param name="Status">The worst of what is wrong.</param>
/// <param name="Description">What is wrong, and what to do; empty if nothing is.</param>
/// <param name="Cause">What was thrown, if it was an exception.</param>
public sealed record LogHealth(LogHealthStatus Status, string Description, Exception? Cause)
{
    /// <summary>All is well.</summary>
    public static LogHealth Healthy { get; } = new(LogHealthStatus.Healthy, "", null);
}
