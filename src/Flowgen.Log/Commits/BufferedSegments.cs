using Flowgen.Log.Files;
using Flowgen.Log.Storage;

namespace Flowgen.Log.Commits;

/// <summary>Segments that hold commits without sync (<see cref="Durability.OsBuffered"/>), kept open until they are synced. Used by the committing thread only.</summary>
internal sealed class BufferedSegments
{
    private readonly Dictionary<Segment, IFile> _segments = [];

    public void Keep(CommitRequest request)
    {
        foreach (var end in request.Ends)
        {
            if (!_segments.ContainsKey(end.Segment))
                _segments.Add(end.Segment, end.Segment.Acquire());
        }
    }

    public void Sync()
    {
        foreach (var file in _segments.Values)
            file.Sync();
        Release();
    }

    public void Release()
    {
        foreach (var segment in _segments.Keys)
            segment.Release();
        _segments.Clear();
    }
}
