using System.Threading.Channels;

namespace Flowgen.Runtime;

/// <summary>Commits closed epochs one after the other, while the next is processed.</summary>
internal sealed class CommitPipeline(EngineRun run)
{
    private readonly Channel<SealedEpoch> _epochs = Channel.CreateUnbounded<SealedEpoch>(new UnboundedChannelOptions { SingleReader = true });
    private long _commits;

    /// <summary>Commits of this run.</summary>
    public long Commits => Volatile.Read(ref _commits);

    public void Add(SealedEpoch epoch) => _epochs.Writer.TryWrite(epoch);

    /// <summary>No more epochs come.</summary>
    public void Complete() => _epochs.Writer.TryComplete();

    public async Task RunAsync()
    {
        await foreach (SealedEpoch epoch in _epochs.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            using (epoch.Transaction)
            {
                if (run.HasFailed) Abandon(epoch);
                else await CommitAsync(epoch).ConfigureAwait(false);
            }
        }
    }

    private async Task CommitAsync(SealedEpoch epoch)
    {
        try
        {
            if (epoch.Transaction is { } transaction)
            {
                await transaction.CommitAsync().ConfigureAwait(false);
                _commits++;
                run.Control.Committed();
            }

            foreach (NeededOffset needed in epoch.Needed) run.Log.DeleteRecordsBefore(needed.Topic, needed.Partition, needed.Offset);
            run.Progress?.Report(epoch.Records);
        }
#pragma warning disable CA1031 // A commit that fails, or whoever watches its progress, ends the run; its caller gets the reason.
        catch (Exception e)
#pragma warning restore CA1031
        {
            run.Fail(e);
            Abandon(epoch);
            return;
        }

        foreach (TaskCompletionSource waiting in epoch.Waiting) waiting.TrySetResult();
        if (epoch.Kind == EpochKind.EndOfTime && !run.HasEnded) run.Control.NextRound();
    }

    private void Abandon(SealedEpoch epoch)
    {
        foreach (TaskCompletionSource waiting in epoch.Waiting) waiting.TrySetException(run.Failure!);
    }
}
