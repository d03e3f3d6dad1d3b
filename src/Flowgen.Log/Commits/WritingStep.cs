using Flowgen.Log.Files;
using Flowgen.Log.Storage;

namespace Flowgen.Log.Commits;

/// <summary>
/// The first step: writes the batches of requests behind those that are written, and takes them back. An exception that it does not return
/// means that nobody knows what is written. Used by the writing thread only.
/// </summary>
internal sealed class WritingStep(IFileSystem files, LogState state, CommitRoom room, ChunkPool chunks, FlowLogOptions options)
{
    private readonly ProducerGuard _producers = new(state, options.ProducerIdExpiration);
    private readonly OpenAppenders _appenders = new(options.MaxOpenFiles);

    /// <summary>Writes the batches of a request.</summary>
    /// <returns>Why it cannot be written, nothing of it being left; null if it is.</returns>
    public FlowLogException? Write(CommitRequest request)
    {
        long now = options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        if (Refusal(request, now) is { } refusal)
            return refusal;
        var marks = request.Writes.ConvertAll(w => w.Partition.Appender.TakeMark());
        try
        {
            if (!room.TryPromise(request, options))
                return new DiskFullException("There is no room for a commit record. Nothing of the commit is left; make room and commit again, the log need not be opened anew.");
            request.Change?.Make();
            Write(request, now);
            _producers.Written(request);
            return null;
        }
        catch (IOException e)
        {
            for (int i = 0; i < marks.Count; i++)
                request.Writes[i].Partition.Appender.GoBack(files, marks[i]);
            request.Change?.TakeBack();
            return DiskSpace.Explain(e);
        }
    }

    /// <summary>Takes back all that is written and not committed.</summary>
    public void RollBack(List<CommitRequest> requests)
    {
        for (int i = requests.Count - 1; i >= 0; i--)
        {
            _producers.Undo(requests[i]);
            requests[i].Change?.TakeBack();
        }

        var written = requests.SelectMany(r => r.Ends).ToLookup(e => e.Partition, e => e.Segment);
        foreach (var partition in requests.SelectMany(r => r.Writes).Select(w => w.Partition).Distinct())
            partition.Appender.GoBackToCommitted(files, written[partition].Distinct());
    }

    private FlowLogException? Refusal(CommitRequest request, long now) =>
        request.DeletedPartition() is { } deleted ? Partition.Deleted(deleted.Topic) : _producers.Refusal(request, now);

    private void Write(CommitRequest request, long now)
    {
        foreach (var write in request.Writes)
        {
            var appender = write.Partition.Appender;
            _appenders.Used(appender);
            write.BaseOffset = appender.NextOffset;
            bool mayBeJournaled = options.Durability == Durability.Durable && write.Bytes < options.JournalBelowBytes;
            foreach (var chunk in write.Chunks)
                appender.Append(files, chunk.Array.AsMemory(0, chunk.Length), mayBeJournaled, now, options.SegmentBytes, request.Ends);
            if (!mayBeJournaled && !request.KeepsChunks)
                chunks.Return(write.Chunks);
        }
    }
}
