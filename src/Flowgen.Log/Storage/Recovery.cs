using Flowgen.Log.Commits;
using Flowgen.Log.Files;

namespace Flowgen.Log.Storage;

/// <summary>
/// Opens what a former process left. First everything is inspected, and a defect that no crash can explain throws before a byte is
/// changed. Then the journaled bytes of all commit files are written to their segments, tails are cut off, files that no commit names are
/// deleted, and the commit log starts a new file, because nobody knows whether the last record of the old one is on the disk or only in the
/// memory of the kernel. Until the new file is durable nothing is lost of the old ones, so that opening can be interrupted anywhere and begun again.
/// </summary>
internal sealed class Recovery(IFileSystem files, LogLayout layout, LogState state, CommitLog commits, WriteBack writeBack)
{
    private readonly List<Tail> _tails = [];
    private readonly List<string> _leftovers = [];
    private readonly List<string> _lost = []; // segments of commits that are lost
    private readonly List<string> _leftoverTopics = [];
    private readonly SortedSet<long> _commitFiles = [];
    private readonly Journal _journal = new();
    private CommitScan? _scan;
    private CleanMarker? _marker;
    private long _lostCommits;
    private ReadOnlyMemory<byte> _lastJournal;

    public RecoveryReport Run()
    {
        Inspect();
        SyncCreation();
        return Apply();
    }

    // The syncs at the end of its creation may have failed: what names the log must be durable before anything in it is.
    private void SyncCreation()
    {
        files.SyncDirectory(layout.Root);
        if (Path.GetDirectoryName(layout.Root) is { } parent)
            files.SyncDirectory(parent);
    }

    private void Inspect()
    {
        _marker = files.List(layout.Root).Any(e => e.Name == LogLayout.CleanName) ? CleanMarker.Read(files, layout) : null;
        InspectCommits();
        if (_marker is { } marker && marker != new CleanMarker(_scan!.FirstSequence, _scan.End + _scan.TornBytes, _scan.LastSequence))
            throw Defect($"the commit log ends at commit {_scan.LastSequence}, position {_scan.End}, of file {_scan.FirstSequence}, where the clean shutdown left commit {marker.Sequence}, position {marker.CommitEnd}, of file {marker.CommitFile}");
        state.Dropped.Clear(); // their files are found as leftovers, if they are still there
        if (_marker is null)
            InspectJournal();
        var topics = LinksIn(layout.Topics);
        foreach (var topic in state.Topics)
        {
            RefuseLink(topics, layout.Topics, topic.Description.Name);
            string directory = layout.Topic(topic.Description.Name);
            var partitions = LinksIn(directory);
            foreach (var partition in topic.Partitions)
            {
                RefuseLink(partitions, directory, Path.GetFileName(partition.Directory));
                Inspect(partition);
            }
        }

        _leftoverTopics.AddRange(files.List(layout.Topics).Where(e => e.Kind == FileKind.Directory && !state.TryGetTopic(e.Name, out _)).Select(e => e.Name));
    }

    private void InspectCommits()
    {
        foreach (var entry in files.List(layout.Commits))
        {
            if (LogLayout.NumberIn(entry.Name, LogLayout.CommitsSuffix) is { } number)
                _commitFiles.Add(number);
            else if (entry.Name.EndsWith(FileSystems.TemporarySuffix, StringComparison.Ordinal))
                _leftovers.Add(Path.Combine(layout.Commits, entry.Name));
        }

        if (_commitFiles.Count == 0)
            throw new LogCorruptionException($"'{layout.Commits}' holds no commit file. Nothing was changed; restore the log from a backup.");
        long newest = _commitFiles.Max;
        byte[] content = ReadCommitFile(newest);
        long last = FindLastWholeCommit(newest, content);
        _scan = CommitScan.ReadUpTo(layout.CommitFile(newest), content, newest, last, record =>
        {
            state.Apply(CommitFormat.Entries(record.Span), []);
            _lastJournal = CommitFormat.Journal(record);
            _journal.Add(_lastJournal);
        });
        state.Sequence = _scan.LastSequence;
        long durable = DurableMark.ReadSynced(files, layout);
        if (durable > _scan.LastSequence)
            throw Defect($"'{layout.CommitFile(_scan.FirstSequence)}' ends with commit {_scan.LastSequence} at position {_scan.End}, but '{layout.Durable}' says that commit {durable} was durable. If an older copy of the log was put here on purpose, delete that file");
    }

    private long FindLastWholeCommit(long newest, byte[] content)
    {
        var scan = CommitScan.Read(layout.CommitFile(newest), content, newest, _ => { });
        if (!scan.HasBufferedCommits || _marker is not null)
            return scan.LastSequence;
        long last = BufferedCommits.FindLast(files, layout, state.Options, newest, content, scan.LastSequence);
        _lostCommits = scan.LastSequence - last + scan.LostCommits;
        return last;
    }

    private byte[] ReadCommitFile(long number) => files.ReadAll(layout.CommitFile(number), CommitFormat.MaxFileBytes);

    // A former file holds the commits before the first of the file that follows it. If it goes on, that is the torn end from which an earlier recovery began anew.
    private void InspectJournal()
    {
        long next = _commitFiles.Max;
        long needed = _scan!.RepeatsFormer ? next - 2 : next - 1;
        foreach (long number in _commitFiles.Reverse().Skip(1))
        {
            var scan = CommitScan.Read(layout.CommitFile(number), ReadCommitFile(number), number, record =>
            {
                if (CommitFormat.Sequence(record.Span) < next)
                    _journal.Add(CommitFormat.Journal(record));
            });
            if (scan.LastSequence < needed)
                throw Defect($"'{layout.CommitFile(number)}' ends with commit {scan.LastSequence} at position {scan.End}, but the next file starts with commit {next}");
            next = number;
            needed = scan.RepeatsFormer ? next - 2 : next - 1;
        }

        _journal.Assign(state);
    }

    private void Inspect(Partition partition)
    {
        var committed = partition.Segments.ToDictionary(s => (s.BaseOffset, s.Generation));
        foreach (var entry in files.List(partition.Directory))
        {
            if (LogLayout.IndexIn(entry.Name) is { } indexed && !partition.Segments.Exists(s => (s.BaseOffset, s.Generation) == indexed))
                _leftovers.Add(Path.Combine(partition.Directory, entry.Name));
            if (LogLayout.SegmentIn(entry.Name) is not { } identity)
                continue;
            if (entry.Kind != FileKind.File)
                throw Defect($"'{Path.Combine(partition.Directory, entry.Name)}' is no file");
            if (committed.Remove(identity, out var segment))
                segment.Use(file => Inspect(partition, segment, file));
            else
                InspectLeftover(partition, identity.BaseOffset, identity.Generation, entry.Name);
        }

        if (committed.Count > 0)
            throw Defect($"'{committed.Values.First().Path}' is missing");
    }

    private void Inspect(Partition partition, Segment segment, IFile file)
    {
        long length = file.Length;
        bool isLast = ReferenceEquals(segment, partition.Segments[^1]);
        bool mayHaveTail = isLast || _lostCommits > 0 || _journal.Holds(segment); // a truncation before the last journaled bytes may be lost
        if (length < _journal.NeededLength(segment))
            throw Defect($"'{segment.Path}' ends at {length}, but is committed up to {segment.CommittedEnd}");
        if (length > segment.CommittedEnd && (!mayHaveTail || _marker is not null))
            throw Defect($"'{segment.Path}' ends at {length}, behind its committed end {segment.CommittedEnd}, although it was {(isLast ? "closed cleanly" : "followed by another segment")}");
        if (!_journal.HoldsStart(segment))
            CheckHeader(partition, segment, file);
        if (length > segment.CommittedEnd)
            _tails.Add(_lostCommits > 0 ? new Tail(segment, length, segment.CommittedEnd) : Tail.Inspect(segment, file));
    }

    private static void CheckHeader(Partition partition, Segment segment, IFile file)
    {
        Span<byte> header = stackalloc byte[SegmentHeader.Size];
        header.Clear();
        file.Read(0, header);
        SegmentHeader.Check(header, segment.Path, partition.TopicId, partition.Index, segment.BaseOffset);
    }

    // Segments before the first were dropped, segments behind the last were started by a commit that did not come about. In between, a segment
    // of another generation was compacted into the committed one, or is what an interrupted compaction has made of it.
    private void InspectLeftover(Partition partition, long baseOffset, int generation, string name)
    {
        string path = Path.Combine(partition.Directory, name);
        long firstOffset = partition.Segments.Count > 0 ? partition.Segments[0].BaseOffset : partition.NextOffset;
        bool isExplained = baseOffset < firstOffset || (baseOffset >= partition.NextOffset
            ? _marker is null
            : partition.Find(baseOffset)!.Generation > 0 || generation > 0);
        if (!isExplained)
            throw Defect($"'{path}' is a segment that no commit names");
        bool isLost = _lostCommits > 0 && baseOffset >= partition.NextOffset;
        (isLost ? _lost : _leftovers).Add(path);
    }

    private RecoveryReport Apply()
    {
        var partitions = state.Topics.SelectMany(t => t.Partitions).ToList();
        var tornFiles = new List<string>();
        foreach (var tail in _tails)
        {
            if (tail.Cut(files, _journal.Holds(tail.Segment)) is { } copy)
                tornFiles.Add(copy);
        }

        _journal.Replay(partitions, (partition, segment) => writeBack.Keep(partition, segment, _commitFiles.Min));
        if (_scan!.TornBytes > 0)
            tornFiles.Add(KeepTornCommit());
        tornFiles.AddRange(_lost.ConvertAll(path => TornFile.SetAside(files, path)));
        DeleteLeftovers();
        StartCommits();
        foreach (long former in _commitFiles.Where(number => number < commits.FirstSequence))
            commits.AddFormer(former);
        commits.DeleteFormer(Math.Min(writeBack.OldestFile, commits.FirstSequence));
        foreach (var partition in partitions)
            partition.Appender.Start();
        return new RecoveryReport(_marker is not null, _tails.Sum(t => t.TornBytes) + _scan.TornBytes, _tails.Sum(t => t.UncommittedBytes), tornFiles) { JournaledBytes = _journal.Bytes, LostCommits = _lostCommits };
    }

    // Durably: a leftover that came back after a clean shutdown would be a defect.
    private void DeleteLeftovers()
    {
        foreach (string path in _leftovers)
            files.Delete(path);
        foreach (string topic in _leftoverTopics)
            TopicFiles.Delete(files, layout, topic);
        foreach (string directory in _leftovers.Concat(_lost).Select(path => Path.GetDirectoryName(path)!).Distinct())
            files.SyncDirectory(directory);
    }

    private string KeepTornCommit()
    {
        string path = layout.CommitFile(_scan!.FirstSequence);
        using var file = files.Open(path, FileOpenMode.Existing);
        return TornFile.Copy(files, file, path, _scan.End, _scan.End + _scan.TornBytes);
    }

    private void StartCommits()
    {
        if (_marker is not null)
        {
            commits.Continue(_scan!.FirstSequence, _scan.End, _scan.CheckpointEnd, _scan.JournaledBytes);
            files.Delete(layout.Clean);
            files.SyncDirectory(layout.Root); // before the first write: the marker must not survive it
            return;
        }

        if (_scan!.HasBufferedCommits)
            SyncSegments();
        commits.BeginAnew(state, state.Options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds(), _lastJournal);
    }

    private void SyncSegments()
    {
        foreach (var segment in state.Topics.SelectMany(t => t.Partitions).SelectMany(p => p.Segments))
            segment.Use(_ => segment.Sync());
        using var commitFile = files.Open(layout.CommitFile(_scan!.FirstSequence), FileOpenMode.Existing);
        commitFile.Sync(); // as long as it is there, it reaches to the next one
    }

    private HashSet<string> LinksIn(string directory) =>
        [.. files.List(directory).Where(e => e.Kind != FileKind.Directory).Select(e => e.Name)];

    private void RefuseLink(HashSet<string> links, string directory, string name)
    {
        if (links.Contains(name))
            throw Defect($"'{Path.Combine(directory, name)}' is no directory");
    }

    private LogCorruptionException Defect(string what) =>
        new($"The log in '{layout.Root}' is damaged: {what}. Nothing was changed; restore the log from a backup, or let 'flow salvage' save what is whole.");
}
