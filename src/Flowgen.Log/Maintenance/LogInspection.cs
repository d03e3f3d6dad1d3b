using Flowgen.Log.Commits;
using Flowgen.Log.Files;
using Flowgen.Log.Storage;

namespace Flowgen.Log.Maintenance;

/// <summary>
/// Reads what the commit files say, as opening the log would, but goes on as far as it can: what is wrong is reported. Changes nothing, and
/// the owner may be writing all the while.
/// </summary>
internal sealed class LogInspection
{
    private const int MaxAttempts = 100;

    // Whoever wrote the log may have allowed larger batches than is usual.
    internal static readonly FlowLogOptions Anything = new() { MaxBatchBytes = 1 << 30 };

    private readonly ReadOnlyFileSystem _plain;
    private readonly JournaledFileSystem _files;
    private readonly LogLayout _layout;
    private readonly Action<LogFinding> _report;
    private Journal _journal = new();
    private CommitScan? _scan; // of the newest commit file, if it is whole

    public LogInspection(IFileSystem files, LogLayout layout, Action<LogFinding> report)
    {
        _plain = new ReadOnlyFileSystem(files);
        _files = new JournaledFileSystem(files);
        _layout = layout;
        _report = report;
        State = new LogState(_files, layout, Anything) { IsBorrowed = true };
    }

    /// <summary>What is committed, as far as the commit files could be read. Its segments show the journaled bytes, too.</summary>
    public LogState State { get; private set; }

    /// <summary>Sequence of the last commit that was applied; 0 if there is none.</summary>
    public long LastCommit { get; private set; }

    /// <summary>Whether the last owner has closed the log, and nobody has opened it since.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Whether the commit files hold bytes of a segment.</summary>
    public bool IsJournaled(Segment segment) => _journal.Holds(segment);

    public void Run()
    {
        IsClosed = _plain.List(_layout.Root).Any(e => e.Name == LogLayout.CleanName);
        long? durable;
        using (var mark = DurableMark.TryOpen(_plain, _layout))
            durable = IsClosed ? null : mark?.Read();
        if (ReadNewest(durable) is not { } newest)
            return;
        ReadFormer(newest);
        if (IsClosed && CheckMarker())
            return; // everything is in the segments, and opening will not look into the journal
        IsClosed = false;

        Guard("commit-entries", _layout.Commits, () => _journal.Assign(State));
        _files.Journal = _journal;
    }

    // The number of the newest commit file; null if there is none.
    private long? ReadNewest(long? durable)
    {
        for (int attempt = 0; ; attempt++)
        {
            var numbers = CommitFiles();
            if (numbers.Count == 0)
            {
                _report(new LogFinding(true, "commit-file", _layout.Commits, null, "There is no commit file."));
                return null;
            }

            long newest = numbers[^1];
            if (TryRead(_layout.CommitFile(newest)) is not { } content)
                continue; // the owner has a newer one by now
            bool isNewest = attempt == MaxAttempts || CommitFiles()[^1] == newest;
            if (Read(newest, content, reports: isNewest) && (LastCommit >= (durable ?? 0) || isNewest))
            {
                ReportLost();
                return newest;
            }

            if (isNewest)
                return newest;
        }
    }

    private bool Read(long number, byte[] content, bool reports)
    {
        State = new LogState(_files, _layout, Anything) { IsBorrowed = true };
        _journal = new Journal();
        _scan = null;
        string path = _layout.CommitFile(number);
        try
        {
            _scan = CommitScan.Read(path, content, number, record =>
            {
                State.Apply(CommitFormat.Entries(record.Span), []);
                _journal.Add(CommitFormat.Journal(record));
                State.Sequence = LastCommit = CommitFormat.Sequence(record.Span);
            });
            return true;
        }
        catch (FlowLogException e)
        {
            if (reports)
                _report(new LogFinding(true, "commit-file", path, null, e.Message));
            return false;
        }
    }

    private void ReportLost()
    {
        long durable = DurableMark.ReadSynced(_plain, _layout);
        if (durable > LastCommit)
            _report(new LogFinding(true, "commit-lost", _layout.CommitFile(_scan!.FirstSequence), _scan.End, $"The commit log ends with commit {LastCommit}, but commit {durable} was durable."));
    }

    private void ReadFormer(long newest)
    {
        long next = newest;
        foreach (long number in Enumerable.Reverse(CommitFiles()).Where(number => number < newest))
        {
            long until = next;
            string path = _layout.CommitFile(number);
            if (TryRead(path) is not { } content)
                return; // the owner needs it no more
            Guard("commit-file", path, () =>
            {
                var scan = CommitScan.Read(path, content, number, record =>
                {
                    if (CommitFormat.Sequence(record.Span) < until)
                        _journal.Add(CommitFormat.Journal(record));
                });
                if (scan.LastSequence < until - 1)
                    throw new LogCorruptionException($"'{path}' ends with commit {scan.LastSequence} at position {scan.End}, but the next file starts with commit {until}.");
            });
            next = number;
        }
    }

    // False if somebody has opened the log meanwhile, who deletes the marker.
    private bool CheckMarker()
    {
        try
        {
            Guard("clean-marker", _layout.Clean, () => Check(CleanMarker.Read(_plain, _layout)));
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    private void Check(CleanMarker marker)
    {
        if (_scan is not null && marker != new CleanMarker(_scan.FirstSequence, _scan.End + _scan.TornBytes, _scan.LastSequence))
            throw new LogCorruptionException($"The commit log ends at commit {_scan.LastSequence}, position {_scan.End}, of file {_scan.FirstSequence}, where the clean shutdown left commit {marker.Sequence}, position {marker.CommitEnd}, of file {marker.CommitFile}.");
    }

    private List<long> CommitFiles() =>
        [.. _plain.List(_layout.Commits).Select(e => LogLayout.NumberIn(e.Name, LogLayout.CommitsSuffix)).OfType<long>().Order()];

    private byte[]? TryRead(string path)
    {
        try
        {
            return _plain.ReadAll(path, CommitFormat.MaxFileBytes);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private void Guard(string check, string path, Action read)
    {
        try
        {
            read();
        }
        catch (FlowLogException e)
        {
            _report(new LogFinding(true, check, path, null, e.Message));
        }
    }
}
