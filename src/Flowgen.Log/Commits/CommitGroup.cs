using System.Runtime.InteropServices;
using Flowgen.Log.Storage;

namespace Flowgen.Log.Commits;

/// <summary>
/// The segments that one commit names, and how each is made durable: by a sync of its own, or, where the commit adds few bytes to it, by the
/// bytes in the commit record. So a small commit costs one sync, however many partitions it touches. Used by the committing thread only.
/// </summary>
internal sealed class CommitGroup(int journalBelowBytes)
{
    private const long MaxJournaledBytes = 32 << 20;

    private readonly Dictionary<Segment, long> _bytes = [];

    /// <summary>What goes into the commit record.</summary>
    public List<SegmentEnd> Journaled { get; } = [];

    public void Plan(List<CommitRequest> requests)
    {
        _bytes.Clear();
        Journaled.Clear();
        long total = 0;
        foreach (var request in requests)
        {
            foreach (var end in request.Ends)
            {
                total += end.Bytes.Length;
                bool isSynced = end.Bytes.IsEmpty || total > MaxJournaledBytes;
                CollectionsMarshal.GetValueRefOrAddDefault(_bytes, end.Segment, out _) += isSynced ? journalBelowBytes : end.Bytes.Length;
            }
        }

        foreach (var request in requests)
        {
            foreach (var end in request.Ends)
            {
                if (_bytes[end.Segment] < journalBelowBytes)
                    Journaled.Add(end);
            }
        }
    }

    /// <summary>Syncs the segments that are not journaled.</summary>
    public void Sync(WriteBack writeBack)
    {
        foreach (var (segment, bytes) in _bytes)
        {
            if (bytes < journalBelowBytes)
                continue;
            segment.Sync();
            writeBack.Forget(segment);
        }
    }
}
