using Flowgen.Log.Commits;

namespace Flowgen.Log;

/// <content>Ids of producers.</content>
public sealed partial class FlowLog
{
    private const int IdsAtOnce = 1_000; // so that a commit is needed for one producer in a thousand

    private readonly Lock _takingIds = new();
    private long _nextProducerId;
    private long _takenProducerIds;

    /// <summary>An id for a producer that stamps its batches itself (<see cref="ProducerStamp"/>). No other producer of the log ever gets it.</summary>
    /// <returns>The id.</returns>
    /// <exception cref="LogWriteException">There is no room to write down that it is taken.</exception>
    public long AllocateProducerId()
    {
        ThrowIfDisposed();
        lock (_takingIds)
        {
            if (_nextProducerId == _takenProducerIds)
                TakeProducerIds();
            return _nextProducerId++;
        }
    }

    private void TakeProducerIds()
    {
        long first;
        lock (_state.Gate)
            first = _state.Producers.NextProducerId;
        var request = new CommitRequest();
        request.Entries.WriteProducerIds(first + IdsAtOnce);
        Commit(request);
        (_nextProducerId, _takenProducerIds) = (first, first + IdsAtOnce);
    }
}
