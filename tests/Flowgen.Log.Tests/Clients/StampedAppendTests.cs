using Flowgen.Log.Commits;
using Flowgen.Log.Storage;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Clients;

public sealed class StampedAppendTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private FlowLog _log;

    public StampedAppendTests()
    {
        _log = FlowLog.Open(_directory.Path);
        _log.CreateTopic("t", new TopicSettings(Partitions: 2));
    }

    public void Dispose()
    {
        _log.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_batch_that_comes_again_is_acknowledged_with_its_old_offset_and_not_appended()
    {
        long id = _log.AllocateProducerId();
        _log.Append("t", 0, "before");

        Assert.Equal(1, await Append(new ProducerStamp(id, 0, 0), "a", "b"));
        _log.Append("t", 0, "between");
        Assert.Equal(4, await Append(new ProducerStamp(id, 0, 2), "c"));
        Assert.Equal(1, await Append(new ProducerStamp(id, 0, 0), "a", "b"));
        Assert.Equal(4, await Append(new ProducerStamp(id, 0, 2), "c"));

        Assert.Equal(["before", "a", "b", "between", "c"], _log.ReadAll("t", 0));
    }

    [Fact]
    public async Task What_was_appended_is_known_after_a_clean_close_and_after_a_kill()
    {
        long id = _log.AllocateProducerId();
        await Append(new ProducerStamp(id, 0, 0), "a", "b");
        Reopen();
        Assert.Equal(0, await Append(new ProducerStamp(id, 0, 0), "a", "b"));
        Assert.Equal(2, await Append(new ProducerStamp(id, 0, 2), "c"));
        Reopen();
        Assert.Equal(2, await Append(new ProducerStamp(id, 0, 2), "c"));

        Assert.Equal(["a", "b", "c"], _log.ReadAll("t", 0));
    }

    [Fact]
    public async Task A_duplicate_in_the_middle_of_a_transaction_leaves_the_rest_of_it()
    {
        long id = _log.AllocateProducerId();
        await Append(new ProducerStamp(id, 0, 0), "a");
        using var transaction = _log.BeginTransaction();
        transaction.Append("t", 0, LogTestExtensions.Batch("plain"));
        transaction.Append("t", 0, LogTestExtensions.Batch("a"), new ProducerStamp(id, 0, 0));
        transaction.Append("t", 0, LogTestExtensions.Batch("b", "c"), new ProducerStamp(id, 0, 1));
        transaction.Append("t", 1, LogTestExtensions.Batch("other"), new ProducerStamp(id, 0, 0));
        transaction.SetOffset("g", "t", 0, 1);
        await transaction.CommitAsync();

        Assert.Equal(0, transaction.AppendedOffset("t", 0, new ProducerStamp(id, 0, 0)));
        Assert.Equal(2, transaction.AppendedOffset("t", 0, new ProducerStamp(id, 0, 1)));
        Assert.Equal(["a", "plain", "b", "c"], _log.ReadAll("t", 0));
        Assert.Equal(["other"], _log.ReadAll("t", 1));
        Assert.Equal(1, _log.GetCommitted("g", "t", 0)!.Value.Offset);
    }

    [Fact]
    public async Task A_gap_refuses_the_whole_transaction_and_leaves_nothing()
    {
        long id = _log.AllocateProducerId();
        await Append(new ProducerStamp(id, 0, 0), "a");
        using var transaction = _log.BeginTransaction();
        transaction.Append("t", 1, LogTestExtensions.Batch("other"));
        transaction.Append("t", 0, LogTestExtensions.Batch("c"), new ProducerStamp(id, 0, 2));

        var e = await Assert.ThrowsAsync<OutOfOrderSequenceException>(() => transaction.CommitAsync().AsTask());

        Assert.Contains("t-0 has the sequences 2 to 2; the next one must start at 1", e.Message, StringComparison.Ordinal);
        Assert.Empty(_log.ReadAll("t", 1));
        Assert.Equal(1, await Append(new ProducerStamp(id, 0, 1), "b"));
    }

    [Fact]
    public async Task A_producer_that_the_partition_does_not_know_has_to_start_with_0()
    {
        long id = _log.AllocateProducerId();
        await Assert.ThrowsAsync<OutOfOrderSequenceException>(() => Append(new ProducerStamp(id, 0, 5), "a"));
        Assert.Equal(0, await Append(new ProducerStamp(id, 0, 0), "a"));
    }

    [Fact]
    public async Task A_batch_that_was_cut_in_another_way_is_refused()
    {
        long id = _log.AllocateProducerId();
        await Append(new ProducerStamp(id, 0, 0), "a", "b");
        await Assert.ThrowsAsync<OutOfOrderSequenceException>(() => Append(new ProducerStamp(id, 0, 1), "b", "c"));
        Assert.Equal(1, await Append(new ProducerStamp(id, 0, 1), "b"));
    }

    [Fact]
    public async Task A_newer_epoch_starts_again_and_shuts_the_older_one_out()
    {
        long id = _log.AllocateProducerId();
        await Append(new ProducerStamp(id, 0, 0), "a", "b");
        Assert.Equal(2, await Append(new ProducerStamp(id, 1, 0), "c"));

        var e = await Assert.ThrowsAsync<ProducerFencedException>(() => Append(new ProducerStamp(id, 0, 2), "d"));
        Assert.Contains($"Producer {id} has epoch 0", e.Message, StringComparison.Ordinal);
        Reopen();
        await Assert.ThrowsAsync<ProducerFencedException>(() => Append(new ProducerStamp(id, 0, 0), "a", "b"));
        await Assert.ThrowsAsync<OutOfOrderSequenceException>(() => Append(new ProducerStamp(id, 2, 1), "d"));
    }

    [Fact]
    public void Sequences_go_on_with_0_behind_the_last_number()
    {
        var state = new ProducerState();
        state.Append(0, new SequenceRun(0, int.MaxValue - 2, 0), 1);
        Assert.Equal(int.MaxValue - 2, state.NextSequence);
        state.Append(0, new SequenceRun(int.MaxValue - 2, 10, int.MaxValue - 2), 1);

        Assert.Equal(7, state.NextSequence);
        Assert.Equal(int.MaxValue - 2, state.Find(int.MaxValue - 2, 10));
        Assert.Equal(int.MaxValue - 7, state.Find(int.MaxValue - 7, 3));
        Assert.Null(state.Find(6, 2));
        Assert.Equal(new ProducerStamp(1, 0, 1), new ProducerStamp(1, 0, int.MaxValue - 1).Next(3));
    }

    [Fact]
    public void Ids_are_never_given_twice_even_to_another_process()
    {
        var ids = new HashSet<long>();
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 1_500; i++)
                Assert.True(ids.Add(_log.AllocateProducerId()));
            Reopen();
        }
    }

    [Fact]
    public void Ids_are_not_given_again_after_a_kill()
    {
        var disk = new SimulatedFileSystem();
        long before = FlowLog.Open("/log", null, disk, CommitMode.Inline).AllocateProducerId();

        using var log = FlowLog.Open("/log", null, new AfterKill(disk), CommitMode.Inline);

        Assert.True(log.AllocateProducerId() > before);
    }

    [Fact]
    public async Task A_producer_that_was_idle_for_long_is_forgotten_when_others_come()
    {
        var time = new ManualTime();
        _log.Dispose();
        _log = FlowLog.Open(_directory.Path, new FlowLogOptions { TimeProvider = time });
        long idle = _log.AllocateProducerId();
        await Append(new ProducerStamp(idle, 0, 0), "a");
        time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        for (int i = 0; i < 200; i++)
            await Append(new ProducerStamp(_log.AllocateProducerId(), 0, 0), "b");

        await Assert.ThrowsAsync<OutOfOrderSequenceException>(() => Append(new ProducerStamp(idle, 0, 1), "c"));
        Assert.Equal(201, await Append(new ProducerStamp(idle, 1, 0), "c"));
    }

    [Fact]
    public void A_stamp_that_cannot_be_is_refused()
    {
        using var transaction = _log.BeginTransaction();
        var batch = LogTestExtensions.Batch("a");
        Assert.Throws<ArgumentOutOfRangeException>(() => transaction.Append("t", 0, batch, new ProducerStamp(-1, 0, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => transaction.Append("t", 0, batch, new ProducerStamp(0, -1, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => transaction.Append("t", 0, batch, new ProducerStamp(0, 0, -1)));
    }

    private async Task<long?> Append(ProducerStamp stamp, params string[] values)
    {
        using var transaction = _log.BeginTransaction();
        transaction.Append("t", 0, LogTestExtensions.Batch(values), stamp);
        await transaction.CommitAsync();
        return transaction.AppendedOffset("t", 0, stamp);
    }

    private void Reopen()
    {
        _log.Dispose();
        _log = FlowLog.Open(_directory.Path);
    }
}
