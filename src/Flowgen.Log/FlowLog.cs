using Flowgen.Log.Cleaning;
using Flowgen.Log.Commits;
using Flowgen.Log.Files;
using Flowgen.Log.Storage;

namespace Flowgen.Log;

/// <summary>
/// A partitioned log in a directory: topics with partitions of records, which producers append to and consumers read by offset. One process
/// has it open; any number of threads of that process can use it.
/// </summary>
public sealed partial class FlowLog : IDisposable, IAsyncDisposable
{
    private readonly IFileSystem _files;
    private readonly LogLayout _layout;
    private readonly FlowLogOptions _options;
    private readonly IDisposable? _lock;
    private LogState _state; // another one takes its place in a log that is open to read only
    private readonly CommitLog _commits;
    private readonly CommitThreads? _threads;
    private readonly Lock _changingTopics = new();
    private int _disposed;

    private FlowLog(IFileSystem files, LogLayout layout, FlowLogOptions options, IDisposable directoryLock, CommitMode mode)
    {
        _files = files;
        _plainFiles = files;
        _layout = layout;
        _options = options;
        _lock = directoryLock;
        _state = new LogState(files, layout, options);
        _commits = new CommitLog(files, layout, options);
        Pipeline = new CommitPipeline(files, _state, _commits, options);
        Groups = new GroupCoordinator(this, Pipeline.Signal, options.TimeProvider);
        Housekeeper = new Housekeeper(options.TimeProvider, options.HousekeepingBytesPerSecond);
        _deletedTopics = new DeletedTopicsJob(this);
        _droppedSegments = new DroppedSegmentsJob(this);
        Monitor = new LogMonitor(options);
        Recovery = FormatFile.Check(files, layout) ? new Recovery(files, layout, _state, _commits, Pipeline.WriteBack).Run() : CreateNew();
        Pipeline.Mark = DurableMark.OpenOrCreate(files, layout);
        Pipeline.Mark.Write(_state.Sequence, isSynced: true);
        var indexWriter = new IndexWriter(files, _state, Housekeeper);
        Housekeeper.Register(indexWriter);
        _state.Indexes.WriteWanted = () => Housekeeper.Wake(indexWriter);
        Metrics = new LogMetrics(this, options.MeterFactory);
        StartMonitor();
        if (mode == CommitMode.Threads)
        {
            _threads = new CommitThreads(Pipeline);
            Pipeline.WriteBackWanted();
            Housekeeper.Start();
        }
        else
        {
            Pipeline.RunOnTheCallersThread(mode);
        }

        RegisterHousekeeping();
    }

    /// <summary>The directory.</summary>
    public string Path => _layout.Root;

    /// <summary>What was found and done when the log was opened.</summary>
    public RecoveryReport Recovery { get; }

    /// <summary>Rises with every commit; see <see cref="WaitForCommitAsync"/>.</summary>
    public long CommitVersion => Pipeline.Signal.Version;

    /// <summary>Work in the background, such as retention, that failed when it was last tried; empty when all is well.</summary>
    public IReadOnlyList<HousekeepingFailure> HousekeepingFailures => Housekeeper.Health.Current;

    internal CommitPipeline Pipeline { get; }

    internal Housekeeper Housekeeper { get; }

    internal GroupCoordinator Groups { get; }

    internal FlowLogOptions Options => _options;

    /// <summary>Opens the log in a directory, or creates one in an empty or new directory.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="options">How to open it.</param>
    /// <returns>The log; dispose of it to close it cleanly.</returns>
    /// <exception cref="LogLockedException">Somebody else has it open.</exception>
    /// <exception cref="LogFormatException">The directory holds something else, or a newer format.</exception>
    /// <exception cref="LogCorruptionException">The log is damaged; nothing was changed.</exception>
    /// <exception cref="DiskFullException">There is no room for what opening has to write.</exception>
    public static FlowLog Open(string path, FlowLogOptions? options = null) => Open(path, options, FileSystems.ForThisMachine);

    /// <summary>Opens the log on a file system of the caller's choice.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="options">How to open it.</param>
    /// <param name="files">The file system.</param>
    /// <returns>The log; dispose of it to close it cleanly.</returns>
    public static FlowLog Open(string path, FlowLogOptions? options, IFileSystem files) => Open(path, options, files, CommitMode.Threads);

    internal static FlowLog Open(string path, FlowLogOptions? options, IFileSystem files, CommitMode mode)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new FlowLogOptions();
        options.Validate();
        var layout = new LogLayout(System.IO.Path.GetFullPath(path));
        FormatFile.Check(files, layout); // before the lock file is touched: a foreign directory stays as it is
        IDisposable? directoryLock = null;
        try
        {
            files.CreateDirectory(layout.Root);
            directoryLock = files.TryLock(layout.Lock, out int? holder) ?? throw Locked(layout, holder);
            return new FlowLog(files, layout, options, directoryLock, mode);
        }
        catch (IOException e) when (DiskSpace.IsUsedUp(e))
        {
            directoryLock?.Dispose();
            throw new DiskFullException($"There is no room to open the log in '{layout.Root}': {e.Message} Nothing of it is lost; make room and open it again.", e);
        }
        catch
        {
            directoryLock?.Dispose();
            throw;
        }
    }

    /// <summary>Begins a transaction.</summary>
    /// <returns>The transaction.</returns>
    public LogTransaction BeginTransaction()
    {
        ThrowIfDisposed();
        ThrowIfReadOnly();
        return new LogTransaction(_state, Pipeline, _options);
    }

    /// <summary>Makes a consumer.</summary>
    /// <param name="options">Its group, and where it starts.</param>
    /// <returns>The consumer; dispose of it before the log.</returns>
    public Consumer CreateConsumer(ConsumerOptions? options = null)
    {
        ThrowIfDisposed();
        return new Consumer(this, options ?? new ConsumerOptions());
    }

    /// <summary>Waits for the next commit, without polling.</summary>
    /// <param name="afterVersion">What <see cref="CommitVersion"/> was before the caller looked for records and found none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when there has been a commit since.</returns>
    /// <exception cref="ObjectDisposedException">The log was closed.</exception>
    /// <exception cref="LogPoisonedException">Nothing can be committed any more.</exception>
    public ValueTask WaitForCommitAsync(long afterVersion, CancellationToken cancellationToken = default) =>
        new(Pipeline.Signal.WaitAsync(afterVersion, cancellationToken));

    /// <summary>Commits what was submitted and closes the log, with a marker that says so.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        try
        {
            Close();
        }
        finally
        {
            Pipeline.Signal.Fail(new ObjectDisposedException(nameof(FlowLog), "The log is closed."));
        }
    }

    /// <inheritdoc cref="Dispose"/>
    /// <returns>A task that ends when the log is closed.</returns>
    public ValueTask DisposeAsync() => new(Task.Run(Dispose));

    private static LogLockedException Locked(LogLayout layout, int? holder) => new(holder == Environment.ProcessId
        ? $"The log in '{layout.Root}' is open in this process already. Use that {nameof(FlowLog)}, which any number of apps, producers and consumers share, or dispose of it first."
        : $"The log in '{layout.Root}' is in use by {(holder is null ? "another process" : FormattableString.Invariant($"process {holder}"))}. Stop it, or use another directory.");

    private RecoveryReport CreateNew()
    {
        _files.CreateDirectory(_layout.Commits);
        _files.CreateDirectory(_layout.Topics);
        _files.SyncDirectory(_layout.Root);
        _commits.BeginAnew(_state, Now(), default);
        FormatFile.Write(_files, _layout);
        SyncParent();
        return new RecoveryReport(WasClosedCleanly: true, 0, 0, []);
    }

    private void SyncParent()
    {
        if (System.IO.Path.GetDirectoryName(_layout.Root) is { } parent)
            _files.SyncDirectory(parent);
    }

    private void Commit(CommitRequest request)
    {
        Pipeline.Submit(request);
        request.Done.GetAwaiter().GetResult();
    }

    private void Close()
    {
        Metrics.Dispose();
        Groups.Dispose();
        Housekeeper.Dispose();
        Pipeline.Close();
        if (IsReadOnly)
        {
            CloseReadOnly();
            return;
        }

        _threads?.Dispose();
        Pipeline.RollBackIfWanted();
        lock (_changingTopics) // who creates or deletes a topic works in the directory, which belongs to the next owner soon
            CloseFiles();
    }

    private void CloseFiles()
    {
        try
        {
            CloseCleanly();
        }
        finally
        {
            foreach (var partition in _state.Topics.SelectMany(t => t.Partitions))
                partition.Appender.Close();
            Pipeline.ReleaseFiles();
            _commits.Dispose();
            Pipeline.Mark!.Dispose();
            _lock!.Dispose();
        }
    }

    private void CloseCleanly()
    {
        if (Pipeline.IsPoisoned)
            return;
        Pipeline.SyncAll();
        _commits.Trim();
        try
        {
            new CleanMarker(_commits.FirstSequence, _commits.Position, _state.Sequence).Write(_files, _layout);
        }
        catch (FileNotWrittenException)
        {
            return; // without a marker the log is inspected when it is opened, as after a kill
        }
    }

    private long Now() => _options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed != 0, this);
}
