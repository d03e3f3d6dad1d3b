using Flowgen.Log.Commits;
using Flowgen.Log.Files;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Clients;

/// <summary>A transactional id that nobody uses is forgotten after a time, and only then.</summary>
public sealed class TransactionalIdExpirationTests : IDisposable
{
    private const string Id = "id";

    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTime _time = new();
    private FlowLog _log;

    public TransactionalIdExpirationTests()
    {
        _log = Open();
        _log.CreateTopic("t", new TopicSettings());
    }

    private bool IsKnown => _log.State.Producers.Find(Id) is not null;

    public void Dispose()
    {
        _log.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Seven_days_after_its_last_use_an_id_belongs_to_nobody()
    {
        var first = Initialized();
        first.Dispose();
        Pass(TimeSpan.FromDays(6));
        var second = Initialized();
        second.Dispose();
        Assert.Equal(first.ProducerId, second.ProducerId);

        Pass(TimeSpan.FromDays(7.1));

        Assert.False(IsKnown);
        using var third = Initialized();
        Assert.NotEqual(first.ProducerId, third.ProducerId);
        Commit(third, "1");
        Assert.Equal(["1"], _log.ReadAll("t", 0));
    }

    [Fact]
    public void What_happened_before_a_restart_counts()
    {
        var former = Initialized();
        Commit(former, "1");
        former.Dispose();
        Reopen();
        Pass(TimeSpan.FromDays(6));
        Assert.True(IsKnown);
        Reopen();

        Pass(TimeSpan.FromDays(1.1));

        Assert.False(IsKnown);
        Reopen();
        Assert.False(IsKnown);
        using var next = Initialized();
        Assert.NotEqual(former.ProducerId, next.ProducerId);
    }

    [Fact]
    public void Each_commit_is_a_use()
    {
        var producer = Initialized();
        for (int day = 0; day < 30; day += 3)
        {
            Commit(producer, $"{day}");
            Pass(TimeSpan.FromDays(3));
        }

        producer.Dispose();
        Reopen();
        Pass(TimeSpan.FromDays(3));

        Assert.True(IsKnown);
        using var next = Initialized();
        Assert.Equal(producer.ProducerId, next.ProducerId);
    }

    [Fact]
    public void Who_still_holds_an_id_that_has_expired_goes_on_with_it()
    {
        using var producer = Initialized();
        Pass(TimeSpan.FromDays(8));
        Assert.False(IsKnown);

        Commit(producer, "1");

        Assert.Equal(["1"], _log.ReadAll("t", 0));
        Assert.True(IsKnown);
    }

    [Fact]
    public async Task Who_takes_an_id_that_has_expired_shuts_out_who_held_it()
    {
        using var older = Initialized();
        var zombie = await _log.TakeTransactionalIdAsync("other", older);
        Pass(TimeSpan.FromDays(8));

        using var newer = Initialized();
        await _log.TakeTransactionalIdAsync("other", newer);

        Assert.Throws<ProducerFencedException>(older.BeginTransaction);
        var request = new CommitRequest { Holder = zombie };
        request.Entries.WriteGroupOffset("g", 1, 0, new CommittedOffset(0, ""));
        _log.Pipeline.Submit(request);
        await Assert.ThrowsAsync<ProducerFencedException>(() => request.Done);
        Commit(newer, "1");
        Assert.Equal(["1"], _log.ReadAll("t", 0));
    }

    [Fact]
    public async Task A_crash_at_any_operation_leaves_the_id_with_its_holder_or_with_nobody_and_no_producer_id_comes_twice()
    {
        int operations = await CrashedAt(int.MaxValue);
        Assert.InRange(operations, 2, 20);

        for (int at = 0; at < operations; at++)
            await CrashedAt(at);
    }

    // The operations of the expiry.
    private static async Task<int> CrashedAt(int at)
    {
        var disk = new SimulatedFileSystem();
        var time = new ManualTime();
        var log = Open(disk, time);
        var holder = await log.TakeTransactionalIdAsync(Id, log.CreateProducer());
        time.Advance(TimeSpan.FromDays(8));
        int first = disk.Operations;
        disk.CrashAt = at == int.MaxValue ? at : first + at;
        log.Housekeeper.RunOnce();
        int operations = disk.Operations - first;

        using var again = Open(disk.Restart(Loss.Everything, seed: at), time);
        var known = again.State.Producers.Find(Id)?.As(Id);
        Assert.True(known is null || known == holder);
        again.Housekeeper.RunOnce();
        Assert.Null(again.State.Producers.Find(Id));
        var next = await again.TakeTransactionalIdAsync(Id, again.CreateProducer());
        Assert.True(next.IsNewerThan(holder), $"{next} follows {holder}");
        return operations;
    }

    private static FlowLog Open(SimulatedFileSystem disk, TimeProvider time) =>
        FlowLog.Open("/log", new FlowLogOptions { TimeProvider = time }, disk, CommitMode.Inline);

    private void Pass(TimeSpan time)
    {
        _time.Advance(time);
        _log.Housekeeper.RunOnce();
        Assert.Empty(_log.HousekeepingFailures);
    }

    // Producers are remembered for longer than ids, so that a producer that was idle does not take its id anew.
    private FlowLog Open() =>
        FlowLog.Open(_directory.Path, new FlowLogOptions { TimeProvider = _time, ProducerIdExpiration = TimeSpan.FromDays(100) }, FileSystems.ForThisMachine, CommitMode.Inline);

    private void Reopen()
    {
        _log.Dispose();
        _log = Open();
    }

    private Producer Initialized()
    {
        var producer = _log.CreateProducer(new ProducerOptions { TransactionalId = Id });
        producer.InitTransactions();
        return producer;
    }

    private static void Commit(Producer producer, string value)
    {
        producer.BeginTransaction();
        producer.Send("t", 0, value);
        producer.CommitTransaction();
    }
}
