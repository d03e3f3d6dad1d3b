using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>The generated loop of a stage, one instance for each task. Called by one thread at a time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Operator
{
    /// <summary>Records that came after their window had closed for good and that no step took.</summary>
    public long LateRecords { get; protected set; }

    /// <summary>The keyed state that must survive a restart, always the same stores in the same order. Tables are not among them: they are read from their topics again.</summary>
    public virtual ReadOnlySpan<Store> Stores => default;

    /// <summary>Whether <see cref="EndEpoch"/> emits results of records that came before, so that event time behind the operator waits for them.</summary>
    public virtual bool HoldsResults => false;

    /// <summary>What the operator has emitted and the engine has not yet taken.</summary>
    /// <param name="port">The number of the output, as described with <see cref="StageBuilder"/>.</param>
    /// <returns>The buffer, the same object on every call.</returns>
    public abstract OutBuffer Output(int port);

    /// <summary>The watermark has moved: fires what is due, in event-time order.</summary>
    /// <param name="watermark">Unix milliseconds; never falls; <see cref="long.MaxValue"/> at the end of a bounded input.</param>
    public virtual void Advance(long watermark)
    {
    }

    /// <summary>A run of records has been processed: emits what is coalesced for each batch.</summary>
    public virtual void EndBatch()
    {
    }

    /// <summary>The epoch closes: emits what is coalesced for each commit.</summary>
    public virtual void EndEpoch()
    {
    }
}
