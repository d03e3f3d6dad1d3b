using System.Runtime.InteropServices;
using Flowgen.Log.Storage;

namespace Flowgen.Log.Commits;

/// <summary>
/// The segments whose newest bytes are durable in commit files only. They are kept open and synced in the background, whereupon the commit
/// files are no longer needed. Thread-safe.
/// </summary>
internal sealed class WriteBack
{
    private readonly Lock _running = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<Segment, Journaled> _segments = [];

    /// <summary>First sequence of the oldest commit file that is needed; <see cref="long.MaxValue"/> if none is.</summary>
    public long OldestFile
    {
        get
        {
            lock (_gate)
                return _segments.Count == 0 ? long.MaxValue : _segments.Values.Min(j => j.OldestFile);
        }
    }

    /// <summary>Files that are kept open.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _segments.Count;
        }
    }

    /// <summary>Notes that bytes of a segment are in a commit file.</summary>
    public void Keep(Partition partition, Segment segment, long commitFile)
    {
        lock (_gate)
            Note(partition, segment, commitFile);
    }

    /// <summary>Notes that bytes of segments are in a commit file.</summary>
    public void Keep(List<SegmentEnd> ends, long commitFile)
    {
        lock (_gate)
        {
            foreach (var end in ends)
                Note(end.Partition, end.Segment, commitFile);
        }
    }

    /// <summary>The segment was synced, or is gone.</summary>
    public void Forget(Segment segment)
    {
        lock (_gate)
        {
            if (_segments.Remove(segment))
                segment.Release();
        }
    }

    /// <summary>Closes the files of deleted topics, so that their room is free.</summary>
    public void ForgetDeleted()
    {
        lock (_gate)
        {
            foreach (var segment in _segments.Where(s => s.Value.Partition.IsDeleted).Select(s => s.Key).ToList())
                Forget(segment);
        }
    }

    /// <summary>Closes the files of a log that is not closed cleanly.</summary>
    public void Release()
    {
        lock (_gate)
        {
            foreach (var segment in _segments.Keys)
                segment.Release();
            _segments.Clear();
        }
    }

    /// <summary>Syncs the segments that need a commit file older than one.</summary>
    public void Run(long beforeFile)
    {
        lock (_running)
        {
            Segment[] due;
            lock (_gate)
                due = [.. _segments.Where(s => s.Value.OldestFile < beforeFile).Select(s => s.Key)];
            foreach (var segment in due)
                Sync(segment);
        }
    }

    private void Note(Partition partition, Segment segment, long commitFile)
    {
        ref var journaled = ref CollectionsMarshal.GetValueRefOrAddDefault(_segments, segment, out bool isKnown);
        if (!isKnown)
        {
            segment.Acquire();
            journaled = new Journaled(partition, commitFile);
        }

        journaled!.SinceSync ??= commitFile;
    }

    private void Sync(Segment segment)
    {
        Journaled? journaled;
        lock (_gate)
        {
            if (!_segments.TryGetValue(segment, out journaled))
                return;
            segment.Acquire(); // it may be forgotten meanwhile
            journaled.SinceSync = null;
        }

        try
        {
            segment.Sync();
            Synced(segment, journaled);
        }
        finally
        {
            segment.Release();
        }
    }

    private void Synced(Segment segment, Journaled journaled)
    {
        lock (_gate)
        {
            if (!_segments.TryGetValue(segment, out var current) || !ReferenceEquals(current, journaled))
                return;
            if (journaled.SinceSync is { } file)
                journaled.OldestFile = file;
            else
                Forget(segment);
        }
    }

    private sealed class Journaled(Partition partition, long oldestFile)
    {
        public Partition Partition => partition;

        public long OldestFile { get; set; } = oldestFile;

        /// <summary>The file that journaled bytes first since the last sync of the segment began.</summary>
        public long? SinceSync { get; set; } = oldestFile;
    }
}
