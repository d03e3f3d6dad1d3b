using Flowgen.Log.Files;

namespace Flowgen.Log.Storage;

/// <summary>
/// A file of batches of one partition. What is committed of it is guarded by the gate of the <see cref="LogState"/>; the file is open
/// while somebody uses it.
/// </summary>
internal sealed class Segment(IFileSystem files, string path, long baseOffset, int generation)
{
    private readonly Lock _gate = new();
    private readonly Lock _syncing = new();
    private int _indexFile; // an IndexFileState
    private IFile? _file;
    private int _users;
    private bool _syncFailed;
    private long _firstAppendedAt = -1;

    public string Path => path;

    public long BaseOffset { get; } = baseOffset;

    /// <summary>0 as it was written; higher where compaction has written it again.</summary>
    public int Generation => generation;

    /// <summary>Set when nothing will be appended any more, although it is the last segment. What compaction has written is never appended to.</summary>
    public volatile bool IsSealed = generation > 0;

    /// <summary>Where the committed bytes end in the file.</summary>
    public long CommittedEnd { get; set; }

    /// <summary>Offset behind the last committed record.</summary>
    public long NextOffset { get; set; } = baseOffset;

    /// <summary>Largest committed timestamp.</summary>
    public long MaxTimestamp { get; set; } = long.MinValue;

    /// <summary>Where the file of the index is, if there is one.</summary>
    public string IndexPath { get; } = string.Concat(path.AsSpan(0, path.Length - LogLayout.SegmentSuffix.Length), LogLayout.IndexSuffix);

    /// <summary>Guards the index and its file. Never taken by who holds the gate of the <see cref="LogState"/>.</summary>
    public Lock IndexGate { get; } = new();

    /// <summary>The index, while it is in memory.</summary>
    public SegmentIndex? Index { get; set; }

    public IndexFileState IndexFile
    {
        get => (IndexFileState)Volatile.Read(ref _indexFile);
        set => Volatile.Write(ref _indexFile, (int)value);
    }

    public bool IsDeleted { get; private set; }

    /// <summary>Believes in a file that nobody has looked at.</summary>
    /// <returns>False if somebody has, and knows better.</returns>
    public bool TrustIndexFile() =>
        (IndexFileState)Interlocked.CompareExchange(ref _indexFile, (int)IndexFileState.Written, (int)IndexFileState.Unknown) != IndexFileState.Distrusted;

    /// <summary>Deletes its files; who has the segment open can go on reading.</summary>
    public void Delete()
    {
        lock (IndexGate)
        {
            IsDeleted = true;
            files.Delete(IndexPath);
            files.Delete(path);
        }
    }

    /// <summary>The topic, where somebody else owns the file: a file of another topic in its place means that it was deleted.</summary>
    public int? BorrowedTopicId { get; init; }

    /// <summary>Opens the file, or shares it with who has it open; <see cref="Release"/> it afterwards.</summary>
    /// <exception cref="FileNotFoundException">It was deleted.</exception>
    public IFile Acquire(FileOpenMode mode = FileOpenMode.Existing)
    {
        lock (_gate)
        {
            _file ??= Open(mode);
            _users++;
            return _file;
        }
    }

    private IFile Open(FileOpenMode mode)
    {
        var file = files.Open(path, mode);
        try
        {
            if (BorrowedTopicId is { } topicId && SegmentHeader.IsOfAnotherTopic(file, topicId))
                throw new FileNotFoundException($"'{path}' was deleted, and is a segment of another topic by now.", path);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>When the first batch was appended, in Unix milliseconds. Reads the file once.</summary>
    public long FirstAppendedAt()
    {
        if (Interlocked.Read(ref _firstAppendedAt) < 0)
            Use(ReadFirstAppendedAt);
        return Interlocked.Read(ref _firstAppendedAt);
    }

    private void ReadFirstAppendedAt(IFile file)
    {
        Span<byte> header = stackalloc byte[BatchFormat.HeaderSize];
        int read = file.Read(SegmentHeader.Size, header);
        if (read < header.Length)
            throw new LogCorruptionException($"'{path}' ends at {SegmentHeader.Size + read}, inside its first batch. Nothing was changed; restore the file from a backup.");
        Interlocked.Exchange(ref _firstAppendedAt, BatchHeader.AppendedAt(header));
    }

    /// <summary>
    /// Makes what was written durable; whoever calls it has the file open. The system reports a failure once only, whoever asks for it: so nobody
    /// asks before the last answer is known, and after a failure everybody hears of it.
    /// </summary>
    public void Sync()
    {
        lock (_syncing)
        {
            if (_syncFailed)
                throw new LogPoisonedException($"'{path}' could not be made durable.");
            _syncFailed = true;
            _file!.Sync();
            _syncFailed = false;
        }
    }

    /// <summary>Opens the file for one use.</summary>
    public void Use(Action<IFile> use)
    {
        var file = Acquire();
        try
        {
            use(file);
        }
        finally
        {
            Release();
        }
    }

    public void Release()
    {
        lock (_gate)
        {
            if (--_users > 0)
                return;
            _file!.Dispose();
            _file = null;
        }
    }
}
