using Flowgen.Log.Cleaning;
using Flowgen.Log.Commits;
using Flowgen.Log.Files;
using Flowgen.Log.Storage;

namespace Flowgen.Log;

/// <content>Reading a log that another process owns.</content>
public sealed partial class FlowLog
{
    // How far what a reader sees may be behind. Looking for news costs one read of 16 bytes.
    private static readonly TimeSpan FollowInterval = TimeSpan.FromMilliseconds(20);

    private readonly CommitFollower? _follower;
    private readonly ITimer? _following;
    private readonly Lock _catchingUp = new();

    private FlowLog(IFileSystem files, LogLayout layout, FlowLogOptions options)
    {
        var journaled = new JournaledFileSystem(files);
        _plainFiles = files;
        _files = journaled;
        _layout = layout;
        _options = options;
        _follower = new CommitFollower(journaled, layout, options, Follow);
        _state = _follower.State;
        _commits = new CommitLog(_files, layout, options);
        Pipeline = new CommitPipeline(_files, _state, _commits, options);
        Groups = new GroupCoordinator(this, Pipeline.Signal, options.TimeProvider);
        Housekeeper = new Housekeeper(options.TimeProvider); // has no jobs
        _deletedTopics = new DeletedTopicsJob(this);
        _droppedSegments = new DroppedSegmentsJob(this);
        Monitor = new LogMonitor(options);
        Recovery = new RecoveryReport(_follower.WasClosedCleanly, 0, 0, []);
        Metrics = new LogMetrics(this, options.MeterFactory);
        StartMonitor();
        _following = options.TimeProvider.CreateTimer(_ => FollowOrFail(), null, FollowInterval, FollowInterval);
    }

    /// <summary>Whether the log was opened with <see cref="OpenReadOnly(string, FlowLogOptions?)"/>.</summary>
    public bool IsReadOnly => _follower is not null;

    /// <summary>
    /// Opens a log to read it, also while another process has it open: it takes no lock and changes nothing. It shows what is committed and
    /// durable, and follows the owner by looking for new commits 50 times a second; <see cref="WaitForCommitAsync"/> waits for them. What
    /// would change the log throws a <see cref="LogReadOnlyException"/>.
    /// </summary>
    /// <param name="path">The directory.</param>
    /// <param name="options">The clock, <see cref="FlowLogOptions.MaxBatchBytes"/>, <see cref="FlowLogOptions.MeterFactory"/> and <see cref="FlowLogOptions.OnEvent"/> are used, nothing else.</param>
    /// <returns>The log.</returns>
    /// <exception cref="LogFormatException">The directory holds no log, or a newer format.</exception>
    /// <exception cref="LogCorruptionException">The log is damaged.</exception>
    public static FlowLog OpenReadOnly(string path, FlowLogOptions? options = null) => OpenReadOnly(path, options, FileSystems.ForThisMachine);

    /// <summary>Opens a log to read it, on a file system of the caller's choice.</summary>
    /// <inheritdoc cref="OpenReadOnly(string, FlowLogOptions?)"/>
    /// <param name="path">The directory.</param>
    /// <param name="options">The clock, <see cref="FlowLogOptions.MaxBatchBytes"/>, <see cref="FlowLogOptions.MeterFactory"/> and <see cref="FlowLogOptions.OnEvent"/> are used, nothing else.</param>
    /// <param name="files">The file system.</param>
    public static FlowLog OpenReadOnly(string path, FlowLogOptions? options, IFileSystem files)
    {
        options ??= new FlowLogOptions();
        options.Validate();
        return new FlowLog(files, LayoutOfLog(path, files), options);
    }

    /// <summary>Makes what has become durable since visible. A timer does it; tests and readers that miss a deleted file do, too.</summary>
    internal void Follow()
    {
        lock (_catchingUp) // so that the state never goes back
        {
            if (!_follower!.CatchUp())
                return;
            _state = _follower.State;
            _state.Monitor = Monitor;
        }

        Pipeline.Signal.Publish();
    }

    private void FollowOrFail()
    {
        try
        {
            Follow();
        }
        catch (Exception e) when (e is IOException or FlowLogException or ObjectDisposedException)
        {
            _following?.Dispose();
            Pipeline.Signal.Fail(e);
            if (_disposed == 0)
                Monitor.StoppedFollowing(e);
        }
    }

    private void CloseReadOnly()
    {
        _following!.Dispose();
        Housekeeper.Dispose();
        _follower!.Dispose();
    }

    private void ThrowIfReadOnly()
    {
        if (IsReadOnly)
            throw new LogReadOnlyException($"The log in '{Path}' is open to read only; nothing can be changed. Open it with FlowLog.Open.");
    }
}
