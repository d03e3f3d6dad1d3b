using Flowgen.Log;

namespace Flowgen.Runtime.Tests.Engine;

public sealed class RestartTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Stopping_and_starting_at_any_commit_gives_the_results_of_one_run(int seed)
    {
        Random random = new(seed);
        MemoryLog log = new();
        TestApp app = new(log);
        List<Bid> bids = Bids.Make(8_000);
        int written = 0;
        while (written < bids.Count)
        {
            int count = Math.Min(random.Next(50, 900), bids.Count - written);
            await app.WriteBidsAsync(3, bids.GetRange(written, count), batch: random.Next(10, 200));
            written += count;
            await RunAndLeaveAsync(app, random);
        }

        await app.RunToEndAsync(BoundedRunTests.TwoCounts);

        Assert.Equal(Bids.CountBy(bids, bid => bid.Auction), Bids.Sorted(app.Read<AuctionCount, AuctionCountCodec>("auction-counts")));
        Assert.Equal(Bids.CountBy(bids, bid => bid.Bidder), Bids.Sorted(app.Read<AuctionCount, AuctionCountCodec>("bidder-counts")));
    }

    [Fact]
    public async Task State_and_event_time_come_back_after_the_log_was_closed()
    {
        using LogDirectory directory = new();
        List<Bid> bids = Bids.Make(3_000);
        await new TestApp(new EmbeddedLog(directory.Log)).WriteBidsAsync(3, bids);
        await SettleAsync(new TestApp(new EmbeddedLog(directory.Log)));
        directory.Reopen();
        TestApp app = new(new EmbeddedLog(directory.Log));
        Bid late = new(1, 1, 1, bids[0].Time);
        await app.WriteBidsAsync(3, [late]);

        await app.RunToEndAsync(BoundedRunTests.TwoCounts);

        Assert.Equal(Bids.CountBy(bids, bid => bid.Auction), Bids.Sorted(app.Read<AuctionCount, AuctionCountCodec>("auction-counts")));
        Assert.Equal([late], app.Read<Bid, BidCodec>("late-bids"));
    }

    [Fact]
    public async Task Totals_go_on_after_a_restart_and_are_told_once_for_each_commit()
    {
        TestApp app = new(new MemoryLog());
        List<Bid> bids = Bids.Make(2_000);
        foreach (Bid[] part in bids.Chunk(250))
        {
            await app.WriteBidsAsync(2, part);
            await app.RunToEndAsync(BoundedRunTests.Totalled);
        }

        foreach (IGrouping<long, AuctionCount> told in app.Read<AuctionCount, AuctionCountCodec>("totals").GroupBy(count => count.Auction))
        {
            Assert.Equal(bids.Count(bid => bid.Bidder == told.Key), told.Last().Count);
            Assert.Equal(told.Select(count => count.Count).Order().Distinct(), told.Select(count => count.Count));
        }
    }

    [Fact]
    public async Task Snapshots_bound_what_a_restart_reads_and_lose_nothing()
    {
        const int bidders = 80_000;
        const int runs = 12;
        MemoryLog log = new();
        TestApp app = new(log);
        for (int run = 0; run < runs; run++)
        {
            await app.WriteBidsAsync(1, [.. Enumerable.Range(0, bidders).Select(bidder => new Bid(0, bidder, 1, run))], batch: 5_000);
            await app.RunToEndAsync(BoundedRunTests.Totalled, new FlowEngineOptions { Partitions = 1 });
        }

        Dictionary<long, long> last = app.Read<AuctionCount, AuctionCountCodec>("totals").GroupBy(count => count.Auction).ToDictionary(told => told.Key, told => told.Last().Count);
        Assert.Equal(bidders, last.Count);
        Assert.All(last.Values, count => Assert.Equal(runs, count));
        Assert.True(log.GetOffsets("__test.totals.changelog", 0).First > 0, "No snapshot has let old changes go.");
    }

    [Fact]
    public async Task Old_changes_that_cannot_be_dropped_stop_nothing_and_are_dropped_later()
    {
        const string changelog = "__test.totals.changelog";
        MemoryLog memory = new();
        TestApp app = new(memory);
        FlowEngineOptions options = new() { SnapshotAfterBytes = 0 };
        int refused = 0;
        HookedLog log = new(memory)
        {
            BeforeDelete = () =>
            {
                refused++;
                throw new LogWriteException("The disk does not take it.");
            },
        };
        for (int run = 0; run < 20; run++)
        {
            await app.WriteBidsAsync(3, [.. Enumerable.Range(0, 200).Select(bidder => new Bid(0, bidder, 1, 0))]);
            await new TestApp(log).RunToEndAsync(BoundedRunTests.Totalled, options);
        }

        Assert.True(refused > 0, "No snapshot has let old changes go.");
        Assert.Equal(0, memory.GetOffsets(changelog, 0).First);
        await app.WriteBidsAsync(3, Bids.Make(1));
        await app.RunToEndAsync(BoundedRunTests.Totalled, options);
        Assert.True(memory.GetOffsets(changelog, 0).First > 0, "The next run has not dropped them.");
    }

    [Fact]
    public async Task Without_the_offsets_of_the_app_its_old_state_is_not_used()
    {
        using LogDirectory directory = new();
        List<Bid> bids = Bids.Make(3_000);
        TestApp app = new(new EmbeddedLog(directory.Log));
        await app.WriteBidsAsync(3, bids);
        await app.RunToEndAsync(BoundedRunTests.Totalled);
        directory.Log.DeleteGroup(TestApp.Name);

        for (int run = 0; run < 2; run++)
        {
            await app.RunToEndAsync(BoundedRunTests.Totalled);
            foreach (IGrouping<long, AuctionCount> told in app.Read<AuctionCount, AuctionCountCodec>("totals").GroupBy(count => count.Auction))
                Assert.Equal(bids.Count(bid => bid.Bidder == told.Key), told.Last().Count);
        }
    }

    [Fact]
    public async Task State_is_kept_on_a_log_that_takes_small_records_only()
    {
        using LogDirectory directory = new(new FlowLogOptions { Durability = Durability.OsBuffered, MaxRecordBytes = 1_000, MaxBatchBytes = 2 << 20 });
        TestApp app = new(new EmbeddedLog(directory.Log));
        const int bidders = 20_000;
        for (int run = 0; run < 3; run++)
        {
            await app.WriteBidsAsync(3, [.. Enumerable.Range(0, bidders).Select(bidder => new Bid(0, bidder, 1, run))], batch: 5_000);
            await app.RunToEndAsync(BoundedRunTests.Totalled);
        }

        Assert.Equal(bidders, app.Read<AuctionCount, AuctionCountCodec>("totals").Count(total => total.Count == 3));
    }

    [Fact]
    public void A_log_that_takes_small_batches_only_is_refused()
    {
        using LogDirectory directory = new(new FlowLogOptions { Durability = Durability.OsBuffered, MaxRecordBytes = 1_000, MaxBatchBytes = 100_000 });

        FlowTopologyException refused = Assert.Throws<FlowTopologyException>(() => new TestApp(new EmbeddedLog(directory.Log)).Engine(BoundedRunTests.Doubled));

        Assert.Contains("FlowLogOptions.MaxBatchBytes of at least 1049576", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Partitions_cannot_be_added_to_a_topic_while_an_app_runs_on_it()
    {
        using LogDirectory directory = new();
        TestApp app = new(new EmbeddedLog(directory.Log));
        await app.WriteBidsAsync(3, Bids.Make(100));
        await using FlowEngine engine = app.Engine(BoundedRunTests.Doubled);
        Task running = engine.RunAsync();
        await engine.SettleAsync();
        TopicSettings more = directory.Log.DescribeTopic("bids").Settings with { Partitions = 5 };

        FlowLogException refused = Assert.Throws<FlowLogException>(() => directory.Log.AlterTopic("bids", more));
        await engine.StopAsync();
        await running;
        directory.Log.AlterTopic("bids", more);
        FlowTopologyException outdated = await Assert.ThrowsAsync<FlowTopologyException>(() => engine.RunAsync());
        await app.WriteBidsAsync(5, Bids.Make(100));
        await app.RunToEndAsync(BoundedRunTests.Doubled);

        Assert.Contains("'bids' cannot have more partitions while app 'test' runs", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'bids' had 3 partitions when the engine of app 'test' was made, and has 5 now", outdated.Message, StringComparison.Ordinal);
        Assert.Equal(200, app.Read<Bid, BidCodec>("doubled").Count);
    }

    [Fact]
    public async Task State_of_another_shape_is_refused_with_both_shapes_in_the_message()
    {
        MemoryLog log = new();
        TestApp app = new(log);
        await app.WriteBidsAsync(1, Bids.Make(100));
        await app.RunToEndAsync(BoundedRunTests.Totalled);
        CommittedPosition position = log.GetCommitted(TestApp.Name, "__test.totals.changelog", 0)!.Value;
        using (IEngineTransaction change = log.BeginTransaction())
        {
            change.SetOffset(TestApp.Name, "__test.totals.changelog", 0, position with { Metadata = "totals: keyed Int64Key Old{Sum:f64}" });
            await change.CommitAsync();
        }

        StateLayoutException refused = await Assert.ThrowsAsync<StateLayoutException>(() => app.RunToEndAsync(BoundedRunTests.Totalled));

        Assert.Contains("Old{Sum:f64}", refused.Message, StringComparison.Ordinal);
        Assert.Contains(position.Metadata, refused.Message, StringComparison.Ordinal);
        Assert.Contains("'totals'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task State_that_cannot_be_read_is_named_and_blamed_on_no_stage()
    {
        MemoryLog log = new();
        TestApp app = new(log);
        await app.WriteBidsAsync(3, Bids.Make(2_000));
        await app.RunToEndAsync(BoundedRunTests.TwoCounts);
        BatchBuilder damaged = new();
        damaged.StartVariable(schemaId: 0);
        damaged.Add(0, [(byte)ChangelogKind.Changes, 0], keyIsNull: false, [1, 2, 3], valueIsNull: false);
        string topic = "__test.count-by-bidder.changelog";
        long offset = log.GetOffsets(topic, 1).Next;
        using (IEngineTransaction change = log.BeginTransaction())
        {
            change.Append(topic, 1, damaged);
            await change.CommitAsync();
        }

        RecordFormatException failed = await Assert.ThrowsAsync<RecordFormatException>(() => app.RunToEndAsync(BoundedRunTests.TwoCounts, new FlowEngineOptions { Workers = 1 }));

        Assert.StartsWith($"'{topic}' partition 1, offset {offset} cannot be restored", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_number_of_partitions_is_refused_where_there_is_state()
    {
        MemoryLog log = new();
        log.EnsureTopic(new TopicDeclaration("__test.count-by-auction.changelog", 2));
        TestApp app = new(log);

        FlowTopologyException refused = await Assert.ThrowsAsync<FlowTopologyException>(() => app.RunToEndAsync(BoundedRunTests.TwoCounts));

        Assert.StartsWith("FLOW1209: 'count-by-auction' had 2 partitions and now has 3", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Runs to the first commit or not so far, then stops cleanly or is dropped in the middle of an epoch.</summary>
    private static async Task RunAndLeaveAsync(TestApp app, Random random)
    {
        await using FlowEngine engine = app.Engine(BoundedRunTests.TwoCounts, new FlowEngineOptions { Workers = 1 + random.Next(3), CommitEvery = TimeSpan.FromMilliseconds(1) });
        long before = app.Log.CommitVersion;
        Task running = engine.RunAsync();
        if (random.Next(2) == 0) await app.Log.WaitForCommitAsync(before, CancellationToken.None);
        if (random.Next(2) == 0)
        {
            await engine.StopAsync();
            await running;
        }
    }

    private static async Task SettleAsync(TestApp app)
    {
        await using FlowEngine engine = app.Engine(BoundedRunTests.TwoCounts);
        Task running = engine.RunAsync();
        await engine.SettleAsync();
        await engine.StopAsync();
        await running;
    }
}
