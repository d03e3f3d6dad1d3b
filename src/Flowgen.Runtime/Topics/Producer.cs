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

    /// <summary>Sends a record: encodes it at once, and commits it with those that are sent at about the same time. Waits where too many are on their way.</summary>
    /// <param name="record">The record.</param>
    /// <returns>Done when the record is visible and, as far as the log promises, durable.</returns>
    public abstract Task SendAsync(in TRecord record);

    /// <summary>Waits for everything that was sent.</summary>
    /// <returns>Done when it is committed.</returns>
    public abstract Task FlushAsync();

    /// <summary>Commits what was sent.</summary>
    /// <returns>Done when it is committed.</returns>
    public abstract ValueTask DisposeAsync();
}
