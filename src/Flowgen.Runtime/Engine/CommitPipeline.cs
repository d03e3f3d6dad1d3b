using System.Collections.Concurrent;

namespace Flowgen.Runtime;

/// <summary>Commits closed epochs one after the other, while the next is processed.</summary>
internal sealed class CommitPipeline
{
    private readonly EngineRun _run;
    private readonly ILoop _loop;
    private readonly ConcurrentQueue<SealedEpoch> _epochs = [];
    private readonly Dictionary<(string Topic, int Partition), long> _needed = [];
    private SealedEpoch? _committing;
    private Task _commit = Task.CompletedTask;
    private long _begunAt;
    private Exception? _failure;
    private bool _isComplete;
    private bool _dropsMore;
    private long _commits;

    public CommitPipeline(EngineRun run)
    {
        _run = run;
        _loop = run.Scheduler.CreateHelper($"flowgen {run.Graph.App.Name} commits", Step);
    }

    /// <summary>Commits of this run.</summary>
    public long Commits => Volatile.Read(ref _commits);

    /// <summary>Why nothing is committed any more: a commit has failed, or the engine was disposed of. A step that fails spoils its own epoch only, not those closed before.</summary>
    private Exception? Obstacle => _failure ?? _run.Failure as OperationCanceledException;

    public void Start() => _loop.Start();

    public void Add(SealedEpoch epoch)
    {
        _epochs.Enqueue(epoch);
        _loop.Wake();
    }

    /// <summary>No more epochs come.</summary>
    public void Complete()
    {
        Volatile.Write(ref _isComplete, true);
        _loop.Wake();
    }

    private LoopStep Step()
    {
        if (_committing is not null) return Finish(_committing);
        bool isComplete = Volatile.Read(ref _isComplete); // read before the queue: what came before is still committed
        if (_epochs.TryDequeue(out _committing))
        {
            Begin(_committing);
            return LoopStep.Worked;
        }

        if (!isComplete) return DropNext() ? LoopStep.Worked : LoopStep.Idle;
        _run.NoteCommitsEnded();
        return LoopStep.Ended;
    }

    private void Begin(SealedEpoch epoch)
    {
        try
        {
            _begunAt = _run.Time.GetTimestamp();
            if (Obstacle is { } obstacle) _commit = Task.FromException(obstacle);
            else _commit = epoch.Transaction?.CommitAsync().AsTask() ?? Task.CompletedTask;
            if (!_commit.IsCompleted) _commit.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_loop.Wake);
        }
#pragma warning disable CA1031 // A commit that cannot even begin has failed.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _commit = Task.FromException(e);
        }
    }

    private LoopStep Finish(SealedEpoch epoch)
    {
        if (!_commit.IsCompleted) return LoopStep.Idle;
        _committing = null;
        using (epoch.Transaction)
        {
            if (TryFinish(epoch)) Report(epoch);
            else Abandon(epoch);
        }

        return LoopStep.Worked;
    }

    private bool TryFinish(SealedEpoch epoch)
    {
        try
        {
            _commit.GetAwaiter().GetResult();
            if (epoch.Transaction is not null)
            {
                Volatile.Write(ref _commits, _commits + 1);
                _run.Control.Committed();
                _run.Metrics?.Committed(_run.Graph.App.Name, _run.Time.GetElapsedTime(_begunAt));
            }

            foreach (LeftOutRecord record in epoch.LeftOut) record.Lost?.Forget();
            _run.Metrics?.LeftOut(_run, epoch.LeftOut);
            foreach (NeededOffset needed in epoch.Needed) _needed[(needed.Topic, needed.Partition)] = needed.Offset;
            _dropsMore = true;
            DropNext();
            _run.Progress?.Report(epoch.Records);
            return true;
        }
#pragma warning disable CA1031 // A commit that fails, or whoever watches its progress, ends the run; its caller gets the reason.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _failure = e;
            _run.Fail(e);
            return false;
        }
    }

    /// <summary>
    /// Lets the log drop what is no longer needed of one changelog: a commit of its own, so one at a time, between those of epochs. What cannot be dropped costs
    /// only room, so it ends no run: it is tried again behind the next commit, and by the next run, which finds the same.
    /// </summary>
    private bool DropNext()
    {
        if (!_dropsMore || _needed.Count == 0) return false;
        ((string topic, int partition), long offset) = _needed.First();
        try
        {
            _run.Log.DeleteRecordsBefore(topic, partition, offset);
            return _needed.Remove((topic, partition));
        }
#pragma warning disable CA1031 // A log that cannot be written to says so to the next commit.
        catch (Exception)
#pragma warning restore CA1031
        {
            return _dropsMore = false;
        }
    }

    private void Report(SealedEpoch epoch)
    {
        foreach (TaskCompletionSource waiting in epoch.Waiting) waiting.TrySetResult();
        if (epoch.Kind == EpochKind.EndOfTime && !_run.HasEnded) _run.Control.NextRound();
    }

    private void Abandon(SealedEpoch epoch)
    {
        foreach (TaskCompletionSource waiting in epoch.Waiting) waiting.TrySetException(_run.Failure!);
    }
}
