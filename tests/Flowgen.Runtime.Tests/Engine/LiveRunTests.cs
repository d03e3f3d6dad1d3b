namespace Flowgen.Runtime.Tests.Engine;

public sealed class LiveRunTests
{
    private static readonly FlowEngineOptions Fast = new() { Workers = 2, CommitEvery = TimeSpan.FromMilliseconds(2) };

    [Fact]
    public async Task Records_that_come_while_it_runs_are_processed_and_committed()
    {
        TestApp app = new(new MemoryLog());
        await using FlowEngine engine = app.Engine(BoundedRunTests.Doubled, Fast);
        Task running = engine.RunAsync();
        List<Bid> bids = Bids.Make(1_000);

        foreach (Bid[] part in bids.Chunk(100))
        {
            await app.WriteBidsAsync(3, part);
            await engine.SettleAsync();
        }

        Assert.Equal(1_000, app.Read<Bid, BidCodec>("doubled").Count);
        await engine.StopAsync();
        await running;
    }

    [Fact]
    public async Task Stopping_commits_what_was_read()
    {
        MemoryLog log = new();
        TestApp app = new(log);
        await app.WriteBidsAsync(3, Bids.Make(10_000), batch: 10);
        await using FlowEngine engine = app.Engine(BoundedRunTests.Doubled, Fast with { CommitEvery = TimeSpan.FromHours(1) });
        Task running = engine.RunAsync();

        await engine.StopAsync();
        await running;

        long read = Enumerable.Range(0, 3).Sum(partition => log.GetCommitted(TestApp.Name, "bids", partition)?.Offset ?? 0);
        Assert.Equal(read, app.Read<Bid, BidCodec>("doubled").Count);
        Assert.Equal(read, engine.GetStatistics().Records);
    }

    [Fact]
    public async Task A_cancellation_stops_as_StopAsync_does()
    {
        MemoryLog log = new();
        TestApp app = new(log);
        await app.WriteBidsAsync(3, Bids.Make(10_000), batch: 10);
        using CancellationTokenSource stop = new();
        await using FlowEngine engine = app.Engine(BoundedRunTests.Doubled, Fast);
        Task running = engine.RunAsync(stop.Token);

        await stop.CancelAsync();
        await running;

        Assert.Equal(engine.GetStatistics().Records, app.Read<Bid, BidCodec>("doubled").Count);
    }

    [Fact]
    public async Task Disposing_without_a_stop_commits_nothing_more_and_ends_the_run()
    {
        MemoryLog log = new();
        TestApp app = new(log);
        await app.WriteBidsAsync(3, Bids.Make(1_000));
        FlowEngine engine = app.Engine(BoundedRunTests.Doubled, Fast with { CommitEvery = TimeSpan.FromHours(1) });
        Task running = engine.RunAsync();
        long commits = log.CommitVersion;

        await engine.DisposeAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => running);
        Assert.Equal(commits, log.CommitVersion);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => engine.RunAsync());
    }

    [Fact]
    public async Task A_second_run_at_the_same_time_is_refused()
    {
        await using FlowEngine engine = new TestApp(new MemoryLog()).Engine(BoundedRunTests.Doubled, Fast);
        Task running = engine.RunAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.RunToEndAsync());

        await engine.StopAsync();
        await running;
    }

    [Fact]
    public async Task The_same_app_runs_once_on_a_log()
    {
        MemoryLog log = new();
        await using FlowEngine first = new TestApp(log).Engine(BoundedRunTests.Doubled, Fast);
        await using FlowEngine second = new TestApp(log).Engine(BoundedRunTests.Doubled, Fast);
        Task running = first.RunAsync();

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => second.RunAsync());
        await first.StopAsync();
        await running;
        await second.RunToEndAsync();

        Assert.Contains("App 'test' runs already on this log", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_for_an_app_that_has_ended_fails_at_once()
    {
        await using FlowEngine engine = new TestApp(new MemoryLog()).Engine(BoundedRunTests.Doubled, Fast);
        await Assert.ThrowsAsync<InvalidOperationException>(engine.SettleAsync);
        await engine.RunToEndAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(engine.SettleAsync);
    }

    [Fact]
    public async Task Nothing_is_committed_while_nothing_happens()
    {
        MemoryLog log = new();
        TestApp app = new(log);
        ManualTime time = new();
        await app.WriteBidsAsync(3, Bids.Make(100));
        await using FlowEngine engine = app.Engine(BoundedRunTests.Doubled, Fast with { TimeProvider = time });
        Task running = engine.RunAsync();
        await engine.SettleAsync();
        long commits = log.CommitVersion;

        for (int i = 0; i < 50; i++) time.Advance(TimeSpan.FromSeconds(1));
        await engine.SettleAsync();

        Assert.Equal(commits, log.CommitVersion);
        await engine.StopAsync();
        await running;
    }

    [Fact]
    public async Task A_failing_step_stops_the_app_and_says_where_and_nothing_of_its_epoch_is_committed()
    {
        MemoryLog log = new();
        TestApp app = new(log);
        await app.WriteBidsAsync(3, [new Bid(4, 1, 1, 1), new Bid(4, 1, -5, 2)]);
        int partition = Enumerable.Range(0, 3).Single(p => log.GetOffsets("bids", p).Next > 0);

        StageFailedException failed = await Assert.ThrowsAsync<StageFailedException>(() => app.RunToEndAsync(BoundedRunTests.Doubled));

        Assert.Equal(("doubling", "Double", "bids", partition), (failed.Stage, failed.Step, failed.Topic, failed.Partition));
        Assert.Equal((0, 1), (failed.FirstOffset, failed.LastOffset));
        Assert.Contains($"Step 'Double' of stage 'doubling' failed on 'bids' partition {partition}, offset 0 to 1: A price is not negative.", failed.Message, StringComparison.Ordinal);
        Assert.IsType<FormatException>(failed.InnerException);
        Assert.Empty(app.Read<Bid, BidCodec>("doubled"));
        Assert.Null(log.GetCommitted(TestApp.Name, "bids", partition));
    }

    [Fact]
    public async Task A_step_that_fails_as_a_log_does_is_a_step_that_fails()
    {
        TestApp app = new(new MemoryLog());
        await app.WriteBidsAsync(3, [new Bid(4, 1, Doubling.FullDisk, 1)]);

        StageFailedException failed = await Assert.ThrowsAsync<StageFailedException>(() => app.RunToEndAsync(BoundedRunTests.Doubled));

        Assert.Equal(("doubling", "Double"), (failed.Stage, failed.Step));
        Assert.IsType<Flowgen.Log.DiskFullException>(failed.InnerException);
    }

    [Fact]
    public async Task Records_without_a_schema_are_refused_with_their_place()
    {
        MemoryLog log = new();
        log.EnsureTopic(new TopicDeclaration("bids", 3));
        Flowgen.Log.BatchBuilder raw = new();
        raw.Add(0, [], true, [1, 2, 3], false);
        using (IEngineTransaction step = log.BeginTransaction())
        {
            step.Append("bids", 1, raw);
            await step.CommitAsync();
        }

        RecordFormatException refused = await Assert.ThrowsAsync<RecordFormatException>(() => new TestApp(log).RunToEndAsync(BoundedRunTests.Doubled));

        Assert.StartsWith("The records at bids/1, offset 0 to 0 were written without a schema", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bounds_on_memory_slow_the_inputs_down_and_never_stop_them()
    {
        TestApp app = new(new MemoryLog());
        List<Bid> bids = Bids.Make(30_000);
        await app.WriteBidsAsync(3, bids, batch: 500);

        await app.RunToEndAsync(BoundedRunTests.TwoCounts, new FlowEngineOptions { Workers = 3, MaxInFlightBytes = 1, MaxEpochBytes = 1, MaxCommitsInFlight = 1 });

        Assert.Equal(Bids.CountBy(bids, bid => bid.Bidder), Bids.Sorted(app.Read<AuctionCount, AuctionCountCodec>("bidder-counts")));
    }

    [Fact]
    public async Task Settling_keeps_the_bound_of_an_epoch()
    {
        TestApp app = new(new MemoryLog());
        await app.WriteBidsAsync(3, Bids.Make(100_000), batch: 500);
        await using FlowEngine engine = app.Engine(BoundedRunTests.Doubled, Fast with { Workers = 1, MaxEpochBytes = 64 << 10, CommitEvery = TimeSpan.FromHours(1) });
        Task running = engine.RunAsync();

        await engine.SettleAsync();

        Assert.Equal(100_000, app.Read<Bid, BidCodec>("doubled").Count);
        Assert.InRange(engine.GetStatistics().Commits, 5, 1_000);
        await engine.StopAsync();
        await running;
    }

    [Fact]
    public async Task Statistics_tell_lag_watermark_late_records_and_state()
    {
        TestApp app = new(new MemoryLog());
        List<Bid> bids = [new(1, 1, 1, 100_000), new(1, 2, 1, 200_000), new(1, 3, 1, 50_000)];
        foreach (Bid bid in bids) await app.WriteBidsAsync(1, [bid]);
        await using FlowEngine engine = app.Engine(BoundedRunTests.TwoCounts, Fast with { Partitions = 1 });
        Task running = engine.RunAsync();
        await engine.SettleAsync();

        FlowEngineStatistics statistics = engine.GetStatistics();

        InputStatistics input = Assert.Single(statistics.Inputs);
        Assert.Equal(new InputStatistics("bids", 0, 3, 3, 0, 200_000, 0), input);
        OperatorStatistics counting = Assert.Single(statistics.Operators, op => op.Stage == "count-by-auction");
        Assert.Equal((200_000, 1, 1), (counting.Watermark, counting.LateRecords, counting.StateEntries));
        Assert.True(counting.StateBytes > 0);
        await engine.StopAsync();
        await running;
    }
}
