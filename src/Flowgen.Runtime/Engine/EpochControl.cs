namespace Flowgen.Runtime;

/// <summary>Decides when an epoch closes, and why. Asked by the timer, the workers, the commits and whoever waits; answers under one lock.</summary>
internal sealed class EpochControl(EngineRun run, int maxInFlight)
{
    private readonly Lock _gate = new();
    private readonly List<TaskCompletionSource> _settling = [];
    private int _requested;
    private int _round;
    private int _closedRound = -1;
    private int _inFlight;
    private bool _isClosing;
    private bool _isDue;
    private bool _isActive;
    private bool _stop;
    private Exception? _over;

    /// <summary>Number of the epoch that is asked to close; workers compare it with the last they closed.</summary>
    public int RequestedEpoch => Volatile.Read(ref _requested);

    /// <summary>Why it closes. Does not change while it does.</summary>
    public EpochKind Kind { get; private set; }

    /// <summary>The round of a bounded run: topics that the app itself writes are read a round later.</summary>
    public int Round => Volatile.Read(ref _round);

    /// <summary>Something was processed that a commit could say.</summary>
    public void NoteActivity()
    {
        if (!Volatile.Read(ref _isActive)) Volatile.Write(ref _isActive, true);
        if (run.IsEpochFull) Consider();
    }

    /// <summary>The commit interval has passed.</summary>
    public void Tick()
    {
        lock (_gate) _isDue = true;
        Consider();
    }

    /// <summary>Closes the last epoch and ends the run.</summary>
    public void Stop()
    {
        lock (_gate) _stop = true;
        Consider();
    }

    /// <summary>Closes an epoch after everything that is committed now has been read.</summary>
    /// <returns>Done when the epoch is committed.</returns>
    public Task SettleAsync()
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_over is not null) return Task.FromException(_over);
            _settling.Add(done);
        }

        Consider();
        return done.Task;
    }

    /// <summary>Asks the workers to close the epoch, if there is a reason and nothing against it.</summary>
    public void Consider()
    {
        lock (_gate)
        {
            if (_isClosing || run.HasEnded || Reason() is not { } reason) return;
            _isClosing = true;
            _isDue = false;
            Volatile.Write(ref _isActive, false);
            Kind = reason;
            Volatile.Write(ref _requested, _requested + 1);
        }

        run.WakeAll();
    }

    /// <summary>The epoch is closed and the next one has begun.</summary>
    /// <param name="hasContent">Whether there is something to commit.</param>
    /// <returns>Who waits for the commit.</returns>
    public TaskCompletionSource[] Sealed(bool hasContent)
    {
        lock (_gate)
        {
            _isClosing = false;
            if (hasContent) _inFlight++;
            if (Kind == EpochKind.EndOfTime) _closedRound = _round;
            if (Kind is not (EpochKind.Settle or EpochKind.Final)) return [];
            TaskCompletionSource[] waiting = [.. _settling];
            _settling.Clear();
            return waiting;
        }
    }

    /// <summary>An epoch is durable.</summary>
    public void Committed()
    {
        lock (_gate) _inFlight--;
        Consider();
    }

    /// <summary>Goes on with the topics that the rounds before have written.</summary>
    public void NextRound()
    {
        Volatile.Write(ref _round, _round + 1);
        run.WakeAll();
        Consider();
    }

    /// <summary>The run has ended: nobody closes an epoch any more.</summary>
    public void Abandon(Exception reason)
    {
        lock (_gate)
        {
            _over = reason;
            foreach (TaskCompletionSource waiting in _settling) waiting.TrySetException(reason);
            _settling.Clear();
        }
    }

    private EpochKind? Reason()
    {
        if (_stop) return EpochKind.Final;
        if (_settling.Count > 0) return EpochKind.Settle;
        if (_inFlight >= maxInFlight) return null;
        if (run.IsBounded && _closedRound != _round && run.AllAtEnd(_round)) return EpochKind.EndOfTime;
        if (run.IsEpochFull) return EpochKind.Periodic;
        return _isDue && (Volatile.Read(ref _isActive) || run.SomeSourceFallsIdle()) ? EpochKind.Periodic : null;
    }
}
