using Flowgen.Log.Files;
using Flowgen.Log.Maintenance;
using Flowgen.Log.Storage;

namespace Flowgen.Log;

/// <content>Checking, saving and repairing logs.</content>
public sealed partial class FlowLog
{
    private const int MaxBackupAttempts = 10;

    private readonly IFileSystem _plainFiles;

    /// <summary>
    /// Reads everything that a log holds and checks every checksum and invariant. Takes no lock and changes nothing: the owner may write
    /// meanwhile.
    /// </summary>
    /// <param name="path">The directory.</param>
    /// <param name="progress">Told how far it has come, every few MiB.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was found; at most 10,000 defects, and as many other findings.</returns>
    /// <exception cref="LogFormatException">The directory holds no log, or a newer format.</exception>
    public static VerifyReport Verify(string path, IProgress<LogProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Verify(path, FileSystems.ForThisMachine, progress, cancellationToken);

    internal static VerifyReport Verify(string path, IFileSystem files, IProgress<LogProgress>? progress = null, CancellationToken cancellationToken = default) =>
        new LogVerifier(files, new LogLayout(System.IO.Path.GetFullPath(path)), progress, cancellationToken).Run();

    /// <summary>
    /// Copies the log as it is at one commit to a new directory, while everything goes on. Segments that do not change any more are linked
    /// where the file system can do it, so that they take no room; the rest is copied. Everything is durable when it ends. If it fails the
    /// directory is no log, and can be deleted.
    /// </summary>
    /// <param name="directory">A new or empty directory, outside the log.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What the backup holds.</returns>
    /// <exception cref="FlowLogException">The directory is not empty, or lies inside the log.</exception>
    public Task<BackupReport> BackupAsync(string directory, IProgress<LogProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        var target = EmptyTarget(directory, _plainFiles, Path);
        return Task.Run(() => Backup(target, progress, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Copies a log, such as a backup, to a new directory. It is verified first, and copied only if it is whole. Nothing is linked: the copy
    /// lives on its own.
    /// </summary>
    /// <param name="backup">The log to copy; nobody may write to it meanwhile.</param>
    /// <param name="directory">A new or empty directory.</param>
    /// <param name="progress">Told how far it has come: first with the check, then with the copy.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was copied.</returns>
    /// <exception cref="LogCorruptionException">The backup is damaged; nothing was copied.</exception>
    /// <exception cref="FlowLogException">The directory is not empty.</exception>
    public static BackupReport Restore(string backup, string directory, IProgress<LogProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Restore(backup, directory, FileSystems.ForThisMachine, progress, cancellationToken);

    internal static BackupReport Restore(string backup, string directory, IFileSystem files, IProgress<LogProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var source = LayoutOfLog(backup, files);
        var target = EmptyTarget(directory, files, source.Root);
        var report = new LogVerifier(files, source, progress, cancellationToken).Run();
        if (report.Findings.FirstOrDefault(f => f.IsDefect) is { } defect)
            throw new LogCorruptionException($"The backup in '{source.Root}' is damaged, and nothing was restored: {defect.Path}: {defect.Message} Use another backup, or 'flow salvage' to take what is whole.");
        var inspection = new LogInspection(files, source, _ => { });
        inspection.Run();
        return new LogBackup(files, target, TimeProvider.System, progress, cancellationToken) { MayLink = false }.Run(inspection.State);
    }

    /// <summary>
    /// Copies what is whole of a damaged log to a new directory, which is a log then. The damaged log stays as it is. The offsets of lost
    /// records stay empty, so that every other record keeps its offset.
    /// </summary>
    /// <param name="path">The damaged log; nobody may write to it meanwhile.</param>
    /// <param name="directory">A new or empty directory.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was kept, and which offsets are lost.</returns>
    /// <exception cref="LogCorruptionException">No commit file can be read: see <see cref="SalvageFromSegments(string, string, IProgress{LogProgress}?, CancellationToken)"/>.</exception>
    /// <exception cref="FlowLogException">The directory is not empty.</exception>
    public static SalvageReport Salvage(string path, string directory, IProgress<LogProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Salvage(path, directory, FileSystems.ForThisMachine, progress, cancellationToken);

    internal static SalvageReport Salvage(string path, string directory, IFileSystem files, IProgress<LogProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var source = new LogLayout(System.IO.Path.GetFullPath(path));
        if (files.List(source.Commits).Count == 0)
            throw new LogFormatException($"There is no log in '{source.Root}': it has no commit files. Name the directory of a log; if the commit files are lost, 'flow salvage --from-segments' ({nameof(SalvageFromSegments)}) takes what is in the segments.");
        return new LogSalvage(files, source, EmptyTarget(directory, files, source.Root), TimeProvider.System, progress, cancellationToken).Run();
    }

    /// <summary>
    /// Copies what is whole in the segments of a log, whose commit files are lost, to a new directory, which is a log then. Every batch with a
    /// right CRC whose offsets continue is taken for committed, also one that never was: <see cref="SalvageReport.Uncertain"/> names the
    /// partitions. Settings of topics but their partitions and whether they are compacted, schemas, committed offsets of groups and transactional
    /// ids stood in the commit files only and are lost. The damaged log stays as it is.
    /// </summary>
    /// <param name="path">The damaged log; nobody may write to it meanwhile.</param>
    /// <param name="directory">A new or empty directory.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was kept, and which offsets are lost.</returns>
    /// <exception cref="FlowLogException">There are no topics, or the directory is not empty.</exception>
    public static SalvageReport SalvageFromSegments(string path, string directory, IProgress<LogProgress>? progress = null, CancellationToken cancellationToken = default) =>
        SalvageFromSegments(path, directory, FileSystems.ForThisMachine, progress, cancellationToken);

    internal static SalvageReport SalvageFromSegments(string path, string directory, IFileSystem files, IProgress<LogProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var source = new LogLayout(System.IO.Path.GetFullPath(path));
        if (files.List(source.Topics).Count == 0)
            throw new LogFormatException($"There is no log in '{source.Root}': it has no topics. Name the directory of a log.");
        return new LogSalvage(files, source, EmptyTarget(directory, files, source.Root), TimeProvider.System, progress, cancellationToken) { FromSegments = true }.Run();
    }

    private BackupReport Backup(LogLayout target, IProgress<LogProgress>? progress, CancellationToken cancellationToken)
    {
        var backup = new LogBackup(_plainFiles, target, _options.TimeProvider, progress, cancellationToken) { OwnSegment = extent => IsReadOnly ? null : FindSegment(extent) };
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return backup.Run(CopyState());
            }
            catch (IOException e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                backup.Clear(); // retention or compaction has deleted a segment meanwhile
                if (attempt == MaxBackupAttempts)
                    throw new FlowLogException($"The log in '{Path}' deletes its segments faster than they can be copied: {e.Message} Take the backup on the same file system, where segments are linked, or keep records longer.", e);
                if (IsReadOnly)
                    Follow();
            }
        }
    }

    private Segment? FindSegment(SegmentExtent copy)
    {
        lock (_state.Gate)
        {
            bool isThere = _state.TryGetTopic(copy.Partition.Topic, out var topic) && topic.Id == copy.Partition.TopicId;
            return isThere ? topic!.Partitions[copy.Partition.Index].Segments.Find(s => s.Path == copy.Segment.Path) : null;
        }
    }

    // The state at one commit, which does not change any more.
    private LogState CopyState()
    {
        var checkpoint = new ByteBuffer(4096);
        var copy = new LogState(_files, _layout, _options) { IsBorrowed = true };
        var state = _state;
        lock (state.Gate)
        {
            state.WriteCheckpoint(checkpoint);
            copy.Sequence = state.Sequence;
        }

        copy.Apply(checkpoint.Written, []);
        return copy;
    }

    private static LogLayout EmptyTarget(string directory, IFileSystem files, string log)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var target = new LogLayout(System.IO.Path.GetFullPath(directory));
        string inside = System.IO.Path.TrimEndingDirectorySeparator(target.Root) + System.IO.Path.DirectorySeparatorChar;
        if (inside.StartsWith(System.IO.Path.TrimEndingDirectorySeparator(log) + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new FlowLogException($"'{target.Root}' lies inside the log '{log}'. Name a directory outside, best on another disk.");
        if (files.List(target.Root).Count > 0)
            throw new FlowLogException($"'{target.Root}' is not empty. Name a new or an empty directory.");
        return target;
    }

    private static LogLayout LayoutOfLog(string path, IFileSystem files)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var layout = new LogLayout(System.IO.Path.GetFullPath(path));
        return FormatFile.Check(files, layout)
            ? layout
            : throw new LogFormatException($"There is no log in '{layout.Root}'. Name the directory of a log, or create one with FlowLog.Open.");
    }
}
