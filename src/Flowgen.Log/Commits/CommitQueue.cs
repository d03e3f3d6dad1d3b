using System.Diagnostics.CodeAnalysis;

namespace Flowgen.Log.Commits;

/// <summary>
/// The requests between the steps of the pipeline, and whether anything can be committed at all. What a step has taken out belongs to it
/// alone. Thread-safe.
/// </summary>
internal sealed class CommitQueue
{
    private readonly Lock _gate = new();
    private readonly Queue<CommitRequest> _submitted = [];
    private List<CommitRequest> _written = [];
    private List<CommitRequest> _undone = []; // their commit record could not be written
    private LogWriteException? _undoneBy;
    private FlowLogException? _poison;
    private bool _isClosed;

    /// <summary>Why nothing can be committed any more; null as long as something can.</summary>
    public FlowLogException? Poison => Volatile.Read(ref _poison);

    /// <returns>False if the queue is poisoned.</returns>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public bool TrySubmit(CommitRequest request)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(FlowLog));
            if (_poison is not null)
                return false;
            _submitted.Enqueue(request);
            return true;
        }
    }

    /// <summary>From now on nothing can be submitted.</summary>
    public void Close()
    {
        lock (_gate)
            _isClosed = true;
    }

    public bool TryTakeSubmitted([NotNullWhen(true)] out CommitRequest? request)
    {
        lock (_gate)
            return _submitted.TryDequeue(out request);
    }

    /// <summary>Hands a written request on, to be committed; or to be undone, if one before it could not be.</summary>
    /// <returns>False if the queue is poisoned: the request is still the caller's.</returns>
    public bool TryHandOver(CommitRequest request)
    {
        lock (_gate)
        {
            if (_poison is not null)
                return false;
            (_undoneBy is null ? _written : _undone).Add(request);
            return true;
        }
    }

    /// <summary>Takes all that is written, in exchange for an empty list.</summary>
    public bool TryTakeWritten(ref List<CommitRequest> empty)
    {
        lock (_gate)
        {
            if (_written.Count == 0)
                return false;
            (_written, empty) = (empty, _written);
            return true;
        }
    }

    /// <summary>Takes back requests that cannot be committed. What was written since builds on their offsets, and goes, too.</summary>
    public void WantRollBack(List<CommitRequest> failed, LogWriteException cause)
    {
        lock (_gate)
        {
            _undone = [.. failed, .. _written];
            _undoneBy = cause;
            failed.Clear();
            _written.Clear();
        }
    }

    /// <summary>Takes what is to be undone, in the order in which it was written.</summary>
    public bool TryTakeUndone(out List<CommitRequest> undone, [NotNullWhen(true)] out LogWriteException? cause)
    {
        lock (_gate)
        {
            (undone, cause) = (_undone, _undoneBy);
            (_undone, _undoneBy) = ([], null);
        }

        return cause is not null;
    }

    /// <summary>Nothing can be committed any more.</summary>
    /// <returns>All that was on its way and in no step.</returns>
    public List<CommitRequest> PoisonBy(Exception cause)
    {
        lock (_gate)
        {
            _poison ??= cause as FlowLogException ?? new LogPoisonedException(cause.Message, cause);
            List<CommitRequest> dropped = [.. _submitted, .. _written, .. _undone];
            (_undone, _undoneBy) = ([], null);
            _submitted.Clear();
            _written.Clear();
            return dropped;
        }
    }
}
