using System.ComponentModel;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Keyed state of one operator in one task. What has changed is written once for each commit; snapshots are written in
/// slices between commits and bound what a restart has to replay.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Store
{
    /// <summary>Names a store.</summary>
    /// <param name="name">Unique in its operator, and the same in the next version of the app.</param>
    protected Store(string name) => Name = name;

    /// <summary>Name of the store, unique in its operator.</summary>
    public string Name { get; }

    /// <summary>Number of entries.</summary>
    public abstract long Entries { get; }

    /// <summary>Memory that the entries and their index take, in bytes; without what values refer to.</summary>
    public abstract long SizeInBytes { get; }

    /// <summary>Memory of the entries that have changed since the last <see cref="WriteChanges"/>, in bytes: about what it will write.</summary>
    public abstract long ChangedBytes { get; }

    /// <summary>The shape of what is written. State of another shape must not be applied.</summary>
    public abstract string Layout { get; }

    /// <summary>Writes what has changed since the last call: each touched entry once, however often it changed, and removals.</summary>
    /// <param name="to">Where the blob goes; nothing is written if nothing has changed.</param>
    public abstract void WriteChanges(ByteBuffer to);

    /// <summary>Starts a walk over all entries.</summary>
    public abstract void BeginSnapshot();

    /// <summary>Writes the next entries of the walk. Slices may be written over several commits: entries that change meanwhile
    /// are in the changes, so slices and changes applied in the order of writing give the state.</summary>
    /// <param name="to">Where the blob goes.</param>
    /// <param name="maxBytes">The slice ends with the first entry that reaches this size, 1 or more.</param>
    /// <returns>True if the walk is complete.</returns>
    public abstract bool WriteSnapshotSlice(ByteBuffer to, int maxBytes);

    /// <summary>Makes room for a state that is being read back, so that it need not grow step by step.</summary>
    /// <param name="entries">Entries that the state has, as its snapshot says: not trusted.</param>
    /// <param name="arriving">Entries that are certain to come now.</param>
    public virtual void Reserve(long entries, long arriving)
    {
    }

    /// <summary>Applies one blob written by <see cref="WriteChanges"/> or <see cref="WriteSnapshotSlice"/>.</summary>
    /// <param name="changes">At the start of the blob; at its end afterwards.</param>
    /// <exception cref="RecordFormatException">The bytes are not such a blob.</exception>
    public abstract void Apply(ref StateReader changes);

    /// <summary>Forgets everything.</summary>
    public abstract void Clear();
}
