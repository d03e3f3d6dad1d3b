using System.Buffers.Binary;

namespace Flowgen.Log.Commits;

/// <summary>Reads a commit file from its beginning and finds where its valid records end. Changes nothing.</summary>
internal sealed class CommitScan
{
    private readonly string _path;
    private readonly byte[] _content;

    private CommitScan(string path, byte[] content, long firstSequence)
    {
        _path = path;
        _content = content;
        FirstSequence = firstSequence;
    }

    public long FirstSequence { get; }

    public long LastSequence { get; private set; }

    /// <summary>Where the checkpoint ends.</summary>
    public int CheckpointEnd { get; private set; }

    /// <summary>Where the valid records end.</summary>
    public int End { get; private set; }

    public int TornBytes => _content.Length - End;

    /// <summary>Whether a commit behind the checkpoint was acknowledged before its data were durable.</summary>
    public bool HasBufferedCommits { get; private set; }

    public delegate void ApplyEntries(ReadOnlySpan<byte> entries);

    /// <summary>Reads the records and applies each.</summary>
    /// <exception cref="LogCorruptionException">A record is damaged and it is not the torn last one.</exception>
    /// <exception cref="LogFormatException">The file is of a newer format.</exception>
    public static CommitScan Read(string path, byte[] content, long firstSequence, ApplyEntries apply)
    {
        var scan = new CommitScan(path, content, firstSequence);
        scan.CheckHeader();
        scan.ReadCheckpoint(apply);
        while (CommitFormat.ValidLength(content.AsSpan(scan.End)) is > 0 and var length)
            scan.ReadRecord(length, apply);
        scan.RefuseRecordsBehindTheEnd();
        return scan;
    }

    private void CheckHeader()
    {
        bool whole = _content.Length >= CommitFormat.FileHeaderSize && BinaryPrimitives.ReadUInt32LittleEndian(_content) == CommitFormat.FileMagic;
        if (!whole || CommitFormat.ExpectedCrc(_content) != CommitFormat.ActualCrc(_content.AsSpan(0, CommitFormat.FileHeaderSize)))
            throw Damaged(0, _content.AsSpan(0, Math.Min(_content.Length, CommitFormat.FileHeaderSize)));
        int version = BinaryPrimitives.ReadUInt16LittleEndian(_content.AsSpan(8));
        if (version > CommitFormat.Version)
            throw Newer(version);
        if (BinaryPrimitives.ReadInt64LittleEndian(_content.AsSpan(16)) != FirstSequence)
            throw new LogCorruptionException($"'{_path}' holds the commits of another file. Nothing was changed; put each file back where it belongs.");
        End = CommitFormat.FileHeaderSize;
        LastSequence = FirstSequence - 1;
    }

    // The file was made durable before it got its name: its checkpoint cannot be torn.
    private void ReadCheckpoint(ApplyEntries apply)
    {
        int length = CommitFormat.ValidLength(_content.AsSpan(End));
        if (length == 0 || (CommitFormat.Flags(_content.AsSpan(End)) & CommitFormat.CheckpointFlag) == 0)
            throw Damaged(End, _content.AsSpan(End));
        ReadRecord(length, apply);
        CheckpointEnd = End;
    }

    private void ReadRecord(int length, ApplyEntries apply)
    {
        var record = _content.AsSpan(End, length);
        int version = CommitFormat.VersionOf(record);
        if (version > CommitFormat.Version)
            throw Newer(version);
        if (CommitFormat.Sequence(record) != LastSequence + 1)
            throw new LogCorruptionException($"'{_path}' holds commit {CommitFormat.Sequence(record)} at position {End}, where commit {LastSequence + 1} is expected. Nothing was changed; restore the log from a backup.");
        HasBufferedCommits |= (CommitFormat.Flags(record) & CommitFormat.BufferedFlag) != 0;
        apply(CommitFormat.Entries(record));
        LastSequence++;
        End += length;
    }

    // Commits are made durable one after the other, so that a crash can damage the last one only.
    private void RefuseRecordsBehindTheEnd()
    {
        for (int at = End + BatchFormat.Alignment; at + CommitFormat.RecordHeaderSize <= _content.Length; at += BatchFormat.Alignment)
        {
            var bytes = _content.AsSpan(at);
            if (CommitFormat.ValidLength(bytes) > 0 && CommitFormat.Sequence(bytes) > LastSequence)
                throw Damaged(End, _content.AsSpan(End, at - End));
        }
    }

    private LogCorruptionException Damaged(int position, ReadOnlySpan<byte> bytes) =>
        new($"'{_path}' is damaged at position {position}: expected CRC {CommitFormat.ExpectedCrc(bytes):x8}, actual {CommitFormat.ActualCrc(bytes):x8}. Nothing was changed; restore the log from a backup.");

    private LogFormatException Newer(int version) =>
        new($"'{_path}' has commit format {version}; this program reads formats up to {CommitFormat.Version}. Nothing was changed; open the log with a newer Flowgen.");
}
