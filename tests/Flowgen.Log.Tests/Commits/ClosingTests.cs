using Flowgen.Log.Tests.Support;

namespace Flowgen.Log.Tests.Commits;

/// <summary>What is on its way while the threads of a log end.</summary>
public sealed class ClosingTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FaultyFiles _files = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Who_has_submitted_just_before_the_end_is_told_what_became_of_the_commit_and_nothing_else()
    {
        var log = Open();
        log.Dispose();

        // What a thread still has to do that was interrupted between the submission and the wake-up.
        log.Pipeline.WriteWanted();
        log.Pipeline.CommitWanted();
        log.Pipeline.WriteBackWanted();
    }

    [Fact]
    public async Task A_commit_record_that_cannot_be_written_while_the_log_is_closed_leaves_nothing_and_the_log_is_closed_cleanly()
    {
        var log = Open();
        log.Append("t", 0, "before");
        using var isCommitting = new SemaphoreSlim(0);
        using var mayFail = new SemaphoreSlim(0);
        _files.BeforeWrite = path =>
        {
            if (!path.EndsWith(".commits", StringComparison.Ordinal))
                return;
            isCommitting.Release();
            mayFail.Wait();
            _files.BeforeWrite = _ => { };
            throw new IOException("No space left on device.", 28);
        };
        var failing = Submit(log, "failing");
        await isCommitting.WaitAsync();
        var behind = Submit(log, "behind");
        var closing = Task.Run(log.Dispose);
        while (IsOpen(log))
            await Task.Yield();
        mayFail.Release();
        await closing;

        await Assert.ThrowsAsync<DiskFullException>(() => failing);
        await Assert.ThrowsAsync<DiskFullException>(() => behind);
        using var again = Open();
        Assert.True(again.Recovery.WasClosedCleanly);
        Assert.Equal(["before"], again.ReadAll("t", 0));
    }

    private static bool IsOpen(FlowLog log)
    {
        try
        {
            log.BeginTransaction().Dispose();
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    private static Task Submit(FlowLog log, string value)
    {
        using var transaction = log.BeginTransaction();
        transaction.Append("t", 0, LogTestExtensions.Batch(value));
        return transaction.CommitAsync().AsTask();
    }

    private FlowLog Open()
    {
        var log = FlowLog.Open(_directory.Path, null, _files);
        log.EnsureTopic("t", new TopicSettings());
        return log;
    }
}
