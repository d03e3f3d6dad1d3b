using Flowgen.Log;
using Flowgen.Log.Commits;
using Flowgen.Runtime;

namespace Flowgen.Simulation.Tests.Apps;

/// <summary>The embedded log as the simulated engine sees it: its threads are loops of the scheduler, and who waits for it is told by <see cref="Tell"/>,
/// on the thread of the simulation. Here the bugs of an engine are planted.</summary>
internal sealed class SteppedLog : IEngineLog
{
    private readonly FlowLog _log;
    private readonly EmbeddedLog _inner;
    private readonly BuggyEngine _engine;
    private readonly Action _wakeWriter;
    private long _toldVersion;
    private readonly Action _wakeCommitter;
    private readonly List<(Task Commit, TaskCompletionSource Told)> _commits = [];
    private readonly List<(long After, TaskCompletionSource Told)> _waiting = [];

    public SteppedLog(FlowLog log, SimulatedScheduler scheduler, EngineBug bug, Random random, int longestDiskStep)
    {
        _log = log;
        _inner = new EmbeddedLog(log);
        _engine = new BuggyEngine(_inner, bug, random);
        SimulatedLoop writer = scheduler.Add("log writer", () => Step(log.Pipeline.WriteNext), longestDiskStep);
        SimulatedLoop committer = scheduler.Add("log committer", () => Step(log.Pipeline.CommitNext), longestDiskStep);
        scheduler.Add("log housekeeper", KeepHouse, longestStep: 1_000_000).Start();
        _wakeWriter = writer.Wake;
        _wakeCommitter = committer.Wake;
        StepByStep();
    }

    public long CommitVersion => _inner.CommitVersion;

    /// <summary>Called when there is something new.</summary>
    public Action Committed { get; set; } = () => { };

    public int EnsureTopic(TopicDeclaration topic) => AtOnce(() => _inner.EnsureTopic(topic));

    public int RegisterSchema(string topic, ReadOnlySpan<byte> schema)
    {
        byte[] bytes = schema.ToArray();
        return AtOnce(() => _inner.RegisterSchema(topic, bytes));
    }

    public byte[] GetSchema(string topic, int schemaId) => _inner.GetSchema(topic, schemaId);

    public OffsetRange GetOffsets(string topic, int partition) => _inner.GetOffsets(topic, partition);

    public CommittedPosition? GetCommitted(string group, string topic, int partition) => _inner.GetCommitted(group, topic, partition);

    public IEngineReader OpenReader(string topic, int partition, long offset) => _engine.OpenReader(topic, partition, offset);

    public IEngineTransaction BeginTransaction() => new Transaction(this, _engine.BeginTransaction());

    public void DeleteRecordsBefore(string topic, int partition, long offset) => AtOnce(() =>
    {
        _inner.DeleteRecordsBefore(topic, partition, _engine.DropsTooMuch ? long.MaxValue : offset);
        return 0;
    });

    public ValueTask WaitForCommitAsync(long afterVersion, CancellationToken cancellationToken)
    {
        if (CommitVersion > afterVersion) return default;
        TaskCompletionSource told = new();
        cancellationToken.Register(() => told.TrySetCanceled(cancellationToken));
        _waiting.Add((afterVersion, told));
        return new ValueTask(told.Task);
    }

    /// <summary>What the log does without its threads: creates a topic, say, and waits for it.</summary>
    public T AtOnce<T>(Func<T> work)
    {
        _log.Pipeline.RunOnTheCallersThread(CommitMode.Inline);
        try
        {
            return work();
        }
        finally
        {
            StepByStep();
        }
    }

    /// <summary>Tells those who wait that their commit is done, and that there is something new.</summary>
    public void Tell()
    {
        if (CommitVersion != _toldVersion) Committed();
        _toldVersion = CommitVersion;
        for (int i = 0; i < _commits.Count;)
        {
            (Task commit, TaskCompletionSource told) = _commits[i];
            if (!commit.IsCompleted)
            {
                i++;
                continue;
            }

            _commits.RemoveAt(i);
            if (commit.Exception is { } failure) told.TrySetException(failure.InnerException!);
            else told.TrySetResult();
        }

        TaskCompletionSource[] due = [.. _waiting.Where(waiting => CommitVersion > waiting.After).Select(waiting => waiting.Told)];
        _waiting.RemoveAll(waiting => CommitVersion > waiting.After);
        foreach (TaskCompletionSource told in due) told.TrySetResult();
    }

    /// <summary>Tells on the thread of the simulation when a commit is done.</summary>
    public Task Told(Task commit)
    {
        TaskCompletionSource told = new();
        _commits.Add((commit, told));
        return told.Task;
    }

    /// <summary>Retention, compaction and the like, and the write-back of what the journal holds; now and then.</summary>
    private LoopStep KeepHouse() => AtOnce(() =>
    {
        while (_log.Pipeline.WriteBackNext()) { }
        _log.Housekeeper.RunOnce();
        return LoopStep.Worked;
    });

    private static LoopStep Step(Func<bool> step) => step() ? LoopStep.Worked : LoopStep.Idle;

    private void StepByStep()
    {
        _log.Pipeline.RunOnTheCallersThread(CommitMode.Manual);
        _log.Pipeline.WriteWanted = _wakeWriter;
        _log.Pipeline.CommitWanted = _wakeCommitter;
        _wakeWriter();
        _wakeCommitter();
    }

    private sealed class Transaction(SteppedLog log, IEngineTransaction inner) : IEngineTransaction
    {
        public void Append(string topic, int partition, BatchBuilder batch) => inner.Append(topic, partition, batch);

        public void SetOffset(string group, string topic, int partition, CommittedPosition position) => inner.SetOffset(group, topic, partition, position);

        public ValueTask CommitAsync() => new(log.Told(inner.CommitAsync().AsTask()));

        public void Dispose() => inner.Dispose();
    }
}
