using Flowgen.Log.Storage;

namespace Flowgen.Log.Commits;

/// <summary>The second step: makes written requests durable and visible, as one commit with one record. Used by the committing thread only.</summary>
internal sealed class CommittingStep(LogState state, CommitLog commits, UnsyncedSegments unsynced, CommitSignal signal, FlowLogOptions options)
{
    private readonly CommitGroup _group = new(options.JournalBelowBytes);

    private bool IsDurable => options.Durability == Durability.Durable;

    /// <summary>Commits requests.</summary>
    /// <param name="requests">The requests, in the order in which they are written.</param>
    /// <param name="mark">Where readers in other processes learn of the commit.</param>
    /// <exception cref="LogWriteException">The commit record could not be written; nothing of it is left.</exception>
    public void Commit(List<CommitRequest> requests, DurableMark mark)
    {
        if (IsDurable)
        {
            _group.Plan(requests);
            _group.Sync(unsynced.Journaled);
        }

        var record = commits.BeginRecord();
        int start = record.Length;
        record.WriteEntries(requests);
        int entries = record.Length - start;
        if (IsDurable)
            WriteJournal(record);
        long sequence = state.Sequence + 1;
        commits.Append(record.Length - start - entries, sequence, options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds());
        KeepUnsynced(requests);
        mark.Write(sequence, IsDurable); // before anything is acknowledged, or deleted
        lock (state.Gate)
        {
            state.Apply(record.Written.Slice(start, entries), requests.SelectMany(r => r.Ends));
            state.Sequence = sequence;
        }

        signal.Publish();
    }

    private void WriteJournal(ByteBuffer to)
    {
        foreach (var end in _group.Journaled)
            to.WriteData(end.Partition, end.Segment, end.Start, end.Bytes.Span);
    }

    private void KeepUnsynced(List<CommitRequest> requests)
    {
        if (IsDurable)
            unsynced.KeepJournaled(_group.Journaled);
        else
            unsynced.KeepBuffered(requests);
    }
}
