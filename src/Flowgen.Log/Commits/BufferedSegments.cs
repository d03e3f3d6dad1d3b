using Flowgen.Log.Storage;

namespace Flowgen.Log.Commits;

/// <summary>Segments that hold commits without sync (<see cref="Durability.OsBuffered"/>), kept open until they are synced. Used by the committing thread only.</summary>
internal sealed class BufferedSegments
{
    private readonly HashSet<Segment> _segments = [];

    /// <summary>Files that are kept open.</summary>
    public int Count => _segments.Count;

    public void Keep(CommitRequest request)
    {
        foreach (var end in request.Ends)
        {
            if (_segments.Add(end.Segment))
                end.Segment.Acquire();
        }
    }

    public void Sync()
    {
        foreach (var segment in _segments)
            segment.Sync();
        Release();
    }

    public void Release()
    {
        foreach (var segment in _segments)
            segment.Release();
        _segments.Clear();
    }
}
