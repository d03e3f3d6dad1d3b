using Flowgen.Log.Files;
using Flowgen.Log.Storage;

namespace Flowgen.Log.Commits;

/// <summary>
/// Reads the commit files of a log that another process may own, as far as they are durable, and follows it: new records are applied to the
/// state; where the owner has begun a new file, a new state begins with its checkpoint and takes the place of the former. Writes nothing.
/// </summary>
internal sealed class CommitFollower : IDisposable
{
    private const int MaxAttempts = 100;

    private readonly JournaledFileSystem _files;
    private readonly LogLayout _layout;
    private readonly FlowLogOptions _options;
    private readonly Action _catchUp;
    private readonly Lock _following = new();
    private readonly Lock _stateGate = new();
    private DurableMark? _mark;
    private CommitScan _scan;
    private IFile _file;

    /// <param name="files">The file system.</param>
    /// <param name="layout">Where the log lies.</param>
    /// <param name="options">How the log is opened.</param>
    /// <param name="catchUp">What a reader calls that misses a file: it has been deleted, and the state says so once it has caught up.</param>
    public CommitFollower(JournaledFileSystem files, LogLayout layout, FlowLogOptions options, Action catchUp)
    {
        _files = files;
        _layout = layout;
        _options = options;
        _catchUp = catchUp;
        _mark = DurableMark.TryOpen(files, layout);
        WasClosedCleanly = files.List(layout.Root).Any(e => e.Name == LogLayout.CleanName);
        var journal = new Journal();
        (State, _scan, _file) = ReadNewest(LastDurable() ?? long.MaxValue, journal);
        if (!WasClosedCleanly)
            ShowJournal(journal);
    }

    public bool WasClosedCleanly { get; }

    public LogState State { get; private set; }

    /// <summary>Applies what has become durable since.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool CatchUp()
    {
        lock (_following)
        {
            _mark ??= DurableMark.TryOpen(_files, _layout);
            if (_mark?.Read() is not { } durable || durable <= State.Sequence)
                return false;
            long former = State.Sequence;
            if (!ReadMore(durable))
                StartOver(durable);
            return State.Sequence > former;
        }
    }

    public void Dispose()
    {
        lock (_following)
        {
            _file.Dispose();
            _mark?.Dispose();
        }
    }

    // A clean shutdown says which commit was the last, and so does the mark, unless a loss of power has damaged it: it is never synced.
    // Where neither is there nobody has the log open, and what is whole in the commit file is what opening will find.
    private long? LastDurable()
    {
        long? marked = _mark?.Read();
        long? closed = WasClosedCleanly ? ReadCleanSequence() : null;
        return closed > (marked ?? 0) ? closed : marked;
    }

    private long? ReadCleanSequence()
    {
        try
        {
            return CleanMarker.Read(_files, _layout).Sequence;
        }
        catch (FileNotFoundException)
        {
            return null; // somebody is just opening the log
        }
    }

    // If the machine has stopped and nobody has opened the log since, the segments may lack what only the commit files hold.
    private void ShowJournal(Journal journal)
    {
        long next = _scan.FirstSequence;
        foreach (long number in Enumerable.Reverse(CommitFiles()).Where(number => number < _scan.FirstSequence))
        {
            long until = next;
            if (TryOpen(_layout.CommitFile(number), 0) is not { } file)
                break; // the owner needs it no more: it lives
            using (file)
                CommitScan.ReadUpTo(_layout.CommitFile(number), ReadFrom(file, 0), number, until - 1, record => journal.Add(CommitFormat.Journal(record)));
            next = number;
        }

        journal.Assign(State);
        _files.Journal = journal;
    }

    private bool ReadMore(long durable)
    {
        byte[] content = ReadFrom(_file, _scan.End);
        lock (_stateGate)
        {
            var state = State;
            _scan.ReadMore(content, durable, record => state.Apply(CommitFormat.Entries(record.Span), []));
            state.Sequence = _scan.LastSequence;
            state.Dropped.Clear(); // the owner deletes their files
        }

        return _scan.LastSequence >= durable;
    }

    private void StartOver(long durable)
    {
        var (state, scan, file) = ReadNewest(durable, new Journal());
        if (scan.FirstSequence == _scan.FirstSequence)
        {
            file.Dispose();
            return;
        }

        _file.Dispose();
        (_scan, _file) = (scan, file);
        _files.Journal = null; // an owner that goes on has written the segments
        lock (_stateGate)
        {
            State.Successor = state;
            State = state;
        }
    }

    private (LogState State, CommitScan Scan, IFile File) ReadNewest(long durable, Journal journal)
    {
        for (int attempt = 0; ; attempt++)
        {
            long newest = FindNewest();
            if (TryOpen(_layout.CommitFile(newest), attempt) is not { } file)
                continue;
            try
            {
                var state = new LogState(_files, _layout, _options, _stateGate) { CatchUp = _catchUp, IsBorrowed = true };
                var scan = CommitScan.ReadUpTo(_layout.CommitFile(newest), ReadFrom(file, 0), newest, durable, record =>
                {
                    state.Apply(CommitFormat.Entries(record.Span), []);
                    journal.Add(CommitFormat.Journal(record));
                });
                if (scan.LastSequence >= durable || newest == FindNewest() || attempt == MaxAttempts)
                {
                    state.Sequence = scan.LastSequence;
                    state.Dropped.Clear();
                    return (state, scan, file);
                }
            }
            catch
            {
                file.Dispose();
                throw;
            }

            file.Dispose(); // a newer file has come meanwhile
        }
    }

    private long FindNewest()
    {
        var numbers = CommitFiles();
        return numbers.Count > 0
            ? numbers[^1]
            : throw new LogCorruptionException($"'{_layout.Commits}' holds no commit file. Nothing was changed; restore the log from a backup.");
    }

    private List<long> CommitFiles() =>
        [.. _files.List(_layout.Commits).Select(e => LogLayout.NumberIn(e.Name, LogLayout.CommitsSuffix)).OfType<long>().Order()];

    // The owner deletes a commit file when it has a newer one.
    private IFile? TryOpen(string path, int attempt)
    {
        try
        {
            return _files.Open(path, FileOpenMode.ReadOnly);
        }
        catch (FileNotFoundException) when (attempt < MaxAttempts)
        {
            return null;
        }
    }

    private static byte[] ReadFrom(IFile file, long position)
    {
        long length = Math.Min(file.Length, CommitFormat.MaxFileBytes);
        var content = new byte[Math.Max(length - position, 0)];
        int read = file.Read(position, content);
        return read == content.Length ? content : content[..read];
    }
}
