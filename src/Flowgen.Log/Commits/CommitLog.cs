using Flowgen.Log.Files;
using Flowgen.Log.Storage;

namespace Flowgen.Log.Commits;

/// <summary>
/// The files of commit records: the only atomic point of the log. A new one, which starts with a checkpoint, follows when the last has
/// grown, so that opening stays fast; the former stays as long as it alone holds bytes of segments. Records are written by the committing
/// thread only; former files are deleted by any.
/// </summary>
internal sealed class CommitLog : IDisposable
{
    private const int MinRotateBytes = 4 << 20;
    private const int OverdueFactor = 4;
    private const int MaxFileParts = 16; // of which entries take one before the next file is due, and four before it is overdue
    private const int KeptCapacity = 16 << 20;

    private readonly IFileSystem _files;
    private readonly LogLayout _layout;
    private readonly FlowLogOptions _options;
    private readonly Lock _gate = new();
    private readonly Queue<long> _former = [];
    private ByteBuffer _buffer = new(4096);
    private IFile? _file;
    private long _checkpointEnd;
    private long _journaled;
    private long _putOffUntil;

    public CommitLog(IFileSystem files, LogLayout layout, FlowLogOptions options)
    {
        _files = files;
        _layout = layout;
        _options = options;
        Room = new CommitRoom(options.CommitReserveBytes);
    }

    public CommitRoom Room { get; }

    /// <summary>Sequence of the first record of the newest file, which is also its name.</summary>
    public long FirstSequence { get; private set; }

    /// <summary>Where the next record goes.</summary>
    public long Position { get; private set; }

    /// <summary>A file is as long as a few checkpoints, or the journal it may hold: opening reads as much as it has to, and a new file costs little for each commit.</summary>
    public bool IsDueToRotate => IsDue(1);

    /// <summary>The file had no room for the last record.</summary>
    public bool IsFull { get; private set; }

    /// <summary>The file has grown so far that the next one cannot wait for the former to be released.</summary>
    public bool IsOverdue => IsDue(OverdueFactor);

    public bool HasFormer
    {
        get
        {
            lock (_gate)
                return _former.Count > 0;
        }
    }

    private bool IsSynced => _options.Durability == Durability.Durable;

    /// <summary>Goes on with an existing file, after recovery has read it.</summary>
    public void Continue(long firstSequence, long position, long checkpointEnd, long journaled)
    {
        _file = _files.Open(_layout.CommitFile(firstSequence), FileOpenMode.Existing);
        FirstSequence = firstSequence;
        Position = position;
        _checkpointEnd = checkpointEnd;
        _journaled = journaled;
        _putOffUntil = 0;
        IsFull = false;
        Room.Use(_file, position, position);
        Room.Fill();
    }

    /// <summary>Starts a record: what is written to the buffer becomes its entries, then its journal.</summary>
    public ByteBuffer BeginRecord()
    {
        if (_buffer.Array.Length > KeptCapacity)
            _buffer = new ByteBuffer(4096);
        _buffer.Clear();
        CommitFormat.BeginRecord(_buffer);
        return _buffer;
    }

    /// <summary>Appends the record that was begun and makes it durable.</summary>
    /// <exception cref="LogWriteException">It could not be written; nothing of it is left.</exception>
    /// <param name="journal">Bytes at its end that are journaled batches.</param>
    /// <param name="sequence">Its number.</param>
    /// <param name="time">Unix milliseconds.</param>
    public void Append(int journal, long sequence, long time)
    {
        CommitFormat.EndRecord(_buffer, 0, journal, IsSynced ? (ushort)0 : CommitFormat.BufferedFlag, sequence, time);
        IsFull = Position + _buffer.Length > _options.MaxCommitFileBytes;
        ThrowIfTooLarge(Position + _buffer.Length);
        Write();
        if (IsSynced)
            _file!.Sync();
        Position += _buffer.Length;
        Room.MoveTo(Position);
        _journaled += journal;
    }

    public void Sync() => _file!.Sync();

    /// <summary>Gives back room that the file does not need, when the log is closed, but for what is kept for a full disk: it may be full when the log is opened.</summary>
    public void Trim()
    {
        _file!.Truncate(Position);
        _file.Sync();
        Room.Shrink();
        Room.Fill();
    }

    /// <summary>Writes the whole state to a new file, to which the next records go.</summary>
    /// <returns>False if the new file could not be written, for lack of room or of handles, for instance: it is put off, the former one goes on.</returns>
    public bool TryRotate(LogState state, long time)
    {
        try
        {
            Begin(state, time, repeated: null, Room.Wanted);
            return true;
        }
        catch (Exception e) when (e is FileNotWrittenException or LogWriteException)
        {
            _putOffUntil = Position + (_options.CommitReserveBytes / 4);
            return false;
        }
    }

    /// <summary>Writes the whole state to a new file, to which the next records go, and no others: nobody knows how much of the former file is on the disk.</summary>
    /// <param name="state">The state.</param>
    /// <param name="time">Unix milliseconds.</param>
    /// <param name="repeated">The journal of the last record of the former file.</param>
    public void BeginAnew(LogState state, long time, ReadOnlyMemory<byte> repeated) => Begin(state, time, repeated, room: 0);

    // It is a commit of its own, so that no other file has its name or its number.
    private void Begin(LogState state, long time, ReadOnlyMemory<byte>? repeated, long room)
    {
        long sequence = state.Sequence + 1;
        long last = sequence;
        lock (state.Gate)
            state.ForgetIdleProducers(time);
        var content = new ByteBuffer(4096);
        CommitFormat.WriteFileHeader(content, sequence);
        int start = CommitFormat.BeginRecord(content);
        state.WriteCheckpoint(content);
        CommitFormat.EndRecord(content, start, 0, CommitFormat.CheckpointFlag, sequence, time);
        int checkpointEnd = content.Length;
        if (repeated is { } journal)
        {
            start = CommitFormat.BeginRecord(content);
            content.Write(journal.Span);
            CommitFormat.EndRecord(content, start, journal.Length, CommitFormat.RepeatFlag, ++last, time);
        }

        ThrowIfTooLarge(content.Length);
        _files.WriteDurably(_layout.Commits, LogLayout.NumberedName(sequence, LogLayout.CommitsSuffix), content.Written, room);

        var former = _file;
        if (former is not null)
            AddFormer(FirstSequence);
        state.Sequence = last;
        Continue(sequence, content.Length, checkpointEnd, repeated?.Length ?? 0);
        former?.Dispose(); // not before: until then the writing thread allocates room in it
    }

    /// <summary>Notes a file that recovery found, to be deleted in its turn.</summary>
    public void AddFormer(long firstSequence)
    {
        lock (_gate)
            _former.Enqueue(firstSequence);
    }

    /// <summary>Deletes former files that are not needed: the oldest first and durably, so that a crash never leaves one without those that follow it.</summary>
    public void DeleteFormer(long oldestNeeded)
    {
        lock (_gate)
        {
            while (_former.TryPeek(out long first) && first < oldestNeeded)
            {
                if (!TryDelete(_layout.CommitFile(first)))
                    return;
                _former.Dequeue();
            }
        }
    }

    // What cannot be deleted is in nobody's way; it is tried again with the next file.
    private bool TryDelete(string path)
    {
        try
        {
            _files.Delete(path);
        }
        catch (IOException)
        {
            return false;
        }

        try
        {
            _files.SyncDirectory(_layout.Commits);
            return true;
        }
        catch (SyncNotStartedException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    // A part of the record that came back after a crash would be a commit that nobody was told of, and that may be tried again: it goes durably.
    private void Write()
    {
        try
        {
            _file!.Write(Position, _buffer.Written);
        }
        catch (IOException e)
        {
            _file!.Truncate(Position);
            _file.Sync();
            Room.Shrink();
            throw DiskSpace.Explain(e);
        }
    }

    // It could never be opened again.
    private void ThrowIfTooLarge(long bytes)
    {
        if (bytes > _options.MaxCommitFileBytes)
            throw new LogWriteException($"A commit file would get {bytes} bytes; '{_layout.Commits}' holds files of at most {_options.MaxCommitFileBytes}. Nothing of the commit is left. Commit less at once; if that does not help, make room on the disk for a new commit file, or delete topics, groups or schemas, which each of them holds.");
    }

    private bool IsDue(int factor)
    {
        if (IsFull)
            return true;
        if (Position < _putOffUntil)
            return false;
        long entries = Position - _checkpointEnd - _journaled;
        long mostEntries = Math.Min(Math.Max(MinRotateBytes, 3 * _checkpointEnd), _options.MaxCommitFileBytes / MaxFileParts);
        return entries >= factor * mostEntries || _journaled >= factor * Math.Min(_options.JournalFileBytes, _options.MaxCommitFileBytes / MaxFileParts);
    }
}
