using System.ComponentModel;

namespace Flowgen;

/// <summary>Writes records of one type to their topic from outside an app. Records that are sent while a commit is on its way share the next one.
/// Thread-safe; comes from the host's services.</summary>
/// <typeparam name="TRecord">The record type.</typeparam>
public abstract class Producer<TRecord> : IAsyncDisposable
{
    /// <summary>Made by the host.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Producer()
    {
    }

    /// <summary>Name of the topic.</summary>
    public abstract string Topic { get; }

    /// <summary>Sends a record: encodes it at once, and commits it with those that are sent at about the same time. Where too many are on their way,
    /// it is copied and waits its turn, without blocking a thread: who sends without awaiting keeps all of them in memory.</summary>
    /// <param name="record">The record.</param>
    /// <returns>Done when the record is visible and, as far as the log promises, durable.</returns>
    public abstract Task SendAsync(in TRecord record);

    /// <summary>Waits for everything that was sent.</summary>
    /// <returns>Done when it is committed; it fails with the first failure since the last flush, also of records that nobody awaits.</returns>
    public abstract Task FlushAsync();

    /// <summary>Commits what was sent.</summary>
    /// <returns>Done when it is committed, or those who sent it know why it is not.</returns>
    public abstract ValueTask DisposeAsync();
}
