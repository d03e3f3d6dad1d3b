namespace Flowgen.Runtime;

/// <summary>Lets the workers look at their sources whenever something was committed.</summary>
internal sealed class LogWatch
{
    private readonly EngineRun _run;
    private readonly ILoop _loop;
    private Task? _next;

    public LogWatch(EngineRun run)
    {
        _run = run;
        _loop = run.Scheduler.CreateHelper($"flowgen {run.Graph.App.Name} watch", Step);
    }

    public void Start() => _loop.Start();

    private LoopStep Step()
    {
        if (_next is { IsCompleted: false }) return LoopStep.Idle;
        try
        {
            _next?.GetAwaiter().GetResult();
            long seen = _run.Log.CommitVersion;
            _run.WakeAll();
            _next = _run.Log.WaitForCommitAsync(seen, _run.Aborted).AsTask();
            if (!_next.IsCompleted) _next.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_loop.Wake);
            return LoopStep.Worked;
        }
        catch (OperationCanceledException) when (_run.Aborted.IsCancellationRequested)
        {
            // The run has ended.
        }
#pragma warning disable CA1031 // A log that cannot be waited for ends the run; its caller gets the reason.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _run.Fail(e);
        }

        _run.NoteWatchEnded();
        return LoopStep.Ended;
    }
}
