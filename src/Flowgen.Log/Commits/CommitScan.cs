using System.Buffers.Binary;

namespace Flowgen.Log.Commits;

/// <summary>Reads a commit file from its beginning and finds where its valid records end. Changes nothing.</summary>
internal sealed class CommitScan
{
    private readonly string _path;
    private byte[] _content;
    private int _start; // of the content in the file

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

    public int TornBytes => Rest.Length;

    /// <summary>Whether a commit behind the checkpoint was acknowledged before its data were durable.</summary>
    public bool HasBufferedCommits { get; private set; }

    /// <summary>Commits behind the end that were acknowledged before they were durable, and are lost because one before them is.</summary>
    public int LostCommits { get; private set; }

    /// <summary>Whether recovery began the file, which then holds what the last record of the former file held.</summary>
    public bool RepeatsFormer { get; private set; }

    /// <summary>Bytes of batches in the records.</summary>
    public long JournaledBytes { get; private set; }

    public delegate void ApplyRecord(ReadOnlyMemory<byte> record);

    /// <summary>Reads the records and applies each.</summary>
    /// <exception cref="LogCorruptionException">A record is damaged and it is not the torn last one.</exception>
    /// <exception cref="LogFormatException">The file is of a newer format.</exception>
    public static CommitScan Read(string path, byte[] content, long firstSequence, ApplyRecord apply)
    {
        var scan = new CommitScan(path, content, firstSequence);
        scan.CheckHeader();
        scan.ReadCheckpoint(apply);
        scan.ReadRecords(long.MaxValue, apply);
        scan.RefuseRecordsBehindTheEnd();
        return scan;
    }

    /// <summary>Reads the checkpoint and the records up to a commit. What lies behind is not looked at: somebody may be writing it.</summary>
    /// <inheritdoc cref="Read"/>
    public static CommitScan ReadUpTo(string path, byte[] content, long firstSequence, long lastSequence, ApplyRecord apply)
    {
        var scan = new CommitScan(path, content, firstSequence);
        scan.CheckHeader();
        scan.ReadCheckpoint(apply);
        scan.ReadRecords(lastSequence, apply);
        return scan;
    }

    /// <summary>Goes on with what was written behind the end since.</summary>
    /// <param name="content">The file from <see cref="End"/> on.</param>
    /// <param name="lastSequence">The commit to read up to.</param>
    /// <param name="apply">What to do with each record.</param>
    public void ReadMore(byte[] content, long lastSequence, ApplyRecord apply)
    {
        _content = content;
        _start = End;
        ReadRecords(lastSequence, apply);
    }

    private ReadOnlySpan<byte> Rest => _content.AsSpan(End - _start);

    private void ReadRecords(long lastSequence, ApplyRecord apply)
    {
        while (LastSequence < lastSequence && CommitFormat.ValidLength(Rest) is > 0 and var length)
            ReadRecord(length, apply);
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
    private void ReadCheckpoint(ApplyRecord apply)
    {
        int length = CommitFormat.ValidLength(Rest);
        if (length == 0 || (CommitFormat.Flags(Rest) & CommitFormat.CheckpointFlag) == 0)
            throw Damaged(End, Rest);
        ReadRecord(length, apply);
        CheckpointEnd = End;
    }

    private void ReadRecord(int length, ApplyRecord apply)
    {
        var memory = _content.AsMemory(End - _start, length);
        var record = memory.Span;
        int version = CommitFormat.VersionOf(record);
        if (version > CommitFormat.Version)
            throw Newer(version);
        if (CommitFormat.Sequence(record) != LastSequence + 1)
            throw new LogCorruptionException($"'{_path}' holds commit {CommitFormat.Sequence(record)} at position {End}, where commit {LastSequence + 1} is expected. Nothing was changed; restore the log from a backup.");
        HasBufferedCommits |= (CommitFormat.Flags(record) & CommitFormat.BufferedFlag) != 0;
        RepeatsFormer |= (CommitFormat.Flags(record) & CommitFormat.RepeatFlag) != 0;
        apply(memory);
        JournaledBytes += CommitFormat.Journal(memory).Length;
        LastSequence++;
        End += length;
    }

    // Commits are made durable one after the other, so that a crash can damage the last one only. Of those that are not synced any can be lost.
    private void RefuseRecordsBehindTheEnd()
    {
        for (int at = End + BatchFormat.Alignment; at + CommitFormat.RecordHeaderSize <= _content.Length; at += BatchFormat.Alignment)
        {
            var bytes = _content.AsSpan(at);
            if (CommitFormat.ValidLength(bytes) == 0 || CommitFormat.Sequence(bytes) <= LastSequence)
                continue;
            if ((CommitFormat.Flags(bytes) & CommitFormat.BufferedFlag) != 0)
                LostCommits++;
            else
                throw Damaged(End, _content.AsSpan(End, at - End));
        }
    }

    private LogCorruptionException Damaged(int position, ReadOnlySpan<byte> bytes) =>
        new($"'{_path}' is damaged at position {position}: expected CRC {CommitFormat.ExpectedCrc(bytes):x8}, actual {CommitFormat.ActualCrc(bytes):x8}. Nothing was changed; restore the log from a backup.");

    private LogFormatException Newer(int version) =>
        new($"'{_path}' has commit format {version}; this program reads formats up to {CommitFormat.Version}. Nothing was changed; open the log with a newer Flowgen.");
}
