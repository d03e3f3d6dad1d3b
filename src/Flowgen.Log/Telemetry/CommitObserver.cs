using Flowgen.Log.Commits;

namespace Flowgen.Log;

/// <summary>Measures what becomes of commits, and notes what goes wrong with them.</summary>
internal sealed class CommitObserver(LogMetrics metrics, LogMonitor monitor)
{
    public void Submitted(CommitRequest request) => request.StartedAt = metrics.Start();

    /// <summary>Called once, before whoever waits for the commit learns of it.</summary>
    public void Ended(CommitRequest request, Exception? failure)
    {
        metrics.Committed(request, failure);
        if (failure is LogWriteException failed)
            monitor.WriteFailed(failed);
        else if (failure is null && request.Writes.Count > 0)
            monitor.WriteSucceeded();
    }

    public void Poisoned(Exception cause) => monitor.Poisoned(cause);
}
