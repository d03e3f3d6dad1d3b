using System.Buffers;
using Flowgen.Log.Commits;
using Flowgen.Log.Files;
using Flowgen.Log.Storage;

namespace Flowgen.Log.Maintenance;

/// <summary>
/// Copies a log as it is at one commit, while its owner goes on: a state of its own, read from a checkpoint, says which segments belong to it
/// and how far. Sealed segments do not change any more and are linked where that is possible; of others the committed bytes are copied.
/// The commit file comes before the format file, which makes the directory a log: a backup that was interrupted is none.
/// </summary>
internal sealed class LogBackup(IFileSystem files, LogLayout target, TimeProvider time, IProgress<LogProgress>? progress, CancellationToken cancellationToken)
{
    private const int CopyBytes = 1 << 20;

    private long _done;
    private long _total;

    /// <summary>Whether segments can be linked: nobody but the owner deletes them, and nobody writes into them.</summary>
    public bool MayLink { get; init; } = true;

    /// <summary>Finds the segment of the owner that a copied state names, if it is the owner who makes the backup and still has it.</summary>
    public Func<SegmentExtent, Segment?> OwnSegment { get; init; } = _ => null;

    /// <summary>Copies what a state says. The directory is empty, or holds what an attempt before has copied.</summary>
    /// <exception cref="FileNotFoundException">The owner has deleted a segment meanwhile: try again with a newer state.</exception>
    public BackupReport Run(LogState state)
    {
        var extents = state.Topics.SelectMany(t => t.Partitions).SelectMany(p => p.Segments.Select(s => SegmentExtent.Of(p, s))).ToList();
        _total = extents.Sum(e => e.End);
        _done = 0;
        CreateDirectories(state);
        var linked = extents.Where(TryLink).ToHashSet(); // at once, before retention takes them away
        foreach (var extent in extents)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (linked.Contains(extent))
                Sync(extent);
            else
                extent.Segment.Use(file => Copy(file, extent, PathOf(extent)));
        }

        Complete(state);
        progress?.Report(new LogProgress(_total, _total, target.Root));
        return new BackupReport(state.Sequence, extents.Count, _total, linked.Sum(e => e.End));
    }

    /// <summary>Deletes everything in the directory, after an attempt that came to nothing.</summary>
    public void Clear()
    {
        foreach (var topic in files.List(target.Topics))
            TopicFiles.Delete(files, target, topic.Name);
        foreach (var commit in files.List(target.Commits))
            files.Delete(Path.Combine(target.Commits, commit.Name));
    }

    /// <summary>Creates the directories of the topics of a state.</summary>
    public void CreateDirectories(LogState state)
    {
        files.CreateDirectory(target.Root);
        files.CreateDirectory(target.Commits);
        files.CreateDirectory(target.Topics);
        foreach (var topic in state.Topics)
        {
            files.CreateDirectory(target.Topic(topic.Description.Name));
            foreach (var partition in topic.Partitions)
                files.CreateDirectory(target.Partition(topic.Description.Name, partition.Index));
        }
    }

    /// <summary>Makes the directory a log that holds a state, whose segments are there and durable.</summary>
    public void Complete(LogState state)
    {
        SyncDirectories(state);
        WriteCommits(state);
        FormatFile.Write(files, target);
        if (Path.GetDirectoryName(target.Root) is { } parent)
            files.SyncDirectory(parent);
    }

    private string PathOf(in SegmentExtent extent) =>
        Path.Combine(target.Partition(extent.Partition.Topic, extent.Partition.Index), Path.GetFileName(extent.Segment.Path));

    private bool TryLink(SegmentExtent extent)
    {
        if (!MayLink || !extent.IsSealed)
            return false;
        var file = extent.Segment.Acquire();
        try
        {
            bool isWhole = file is not JournaledFile && file.Length == extent.End;
            return isWhole && files.TryCreateLink(extent.Segment.Path, PathOf(extent));
        }
        finally
        {
            extent.Segment.Release();
        }
    }

    // The owner may not have synced it yet, because its commit file holds the bytes, too. The system may tell of a failure only once: so the
    // owner has to hear of it, or it takes the segment for durable when it syncs it itself.
    private void Sync(in SegmentExtent extent)
    {
        string path = PathOf(extent);
        if (OwnSegment(extent) is { } own)
        {
            own.Use(_ => own.Sync());
        }
        else
        {
            using var link = files.Open(path, FileOpenMode.Existing);
            if (SegmentHeader.IsOfAnotherTopic(link, extent.Partition.TopicId))
                throw new FileNotFoundException($"'{extent.Segment.Path}' was deleted while it was linked.", extent.Segment.Path);
            link.Sync();
        }

        Progress(extent.End, path);
    }

    private void Copy(IFile file, SegmentExtent extent, string path)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(CopyBytes);
        using var copy = files.Open(path, FileOpenMode.Create);
        for (long position = 0; position < extent.End;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = file.Read(position, buffer.AsSpan(0, (int)Math.Min(CopyBytes, extent.End - position)));
            if (count == 0)
                throw new LogCorruptionException($"'{extent.Segment.Path}' ends at {position}, but is committed up to {extent.End}. Run 'flow verify'.");
            copy.Write(position, buffer.AsSpan(0, count));
            position += count;
            Progress(count, path);
        }

        copy.Sync();
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private void SyncDirectories(LogState state)
    {
        foreach (var topic in state.Topics)
        {
            foreach (var partition in topic.Partitions)
                files.SyncDirectory(target.Partition(topic.Description.Name, partition.Index));
            files.SyncDirectory(target.Topic(topic.Description.Name));
        }

        files.SyncDirectory(target.Topics);
        files.SyncDirectory(target.Root);
    }

    private void WriteCommits(LogState state)
    {
        var content = new ByteBuffer(4096);
        CommitFormat.WriteFileHeader(content, state.Sequence);
        int start = CommitFormat.BeginRecord(content);
        state.WriteCheckpoint(content);
        CommitFormat.EndRecord(content, start, 0, CommitFormat.CheckpointFlag, state.Sequence, time.GetUtcNow().ToUnixTimeMilliseconds());
        files.WriteDurably(target.Commits, LogLayout.NumberedName(state.Sequence, LogLayout.CommitsSuffix), content.Written);
        new CleanMarker(state.Sequence, content.Length, state.Sequence).Write(files, target);
    }

    private void Progress(long bytes, string path)
    {
        _done += bytes;
        progress?.Report(new LogProgress(_done, _total, path));
    }
}
