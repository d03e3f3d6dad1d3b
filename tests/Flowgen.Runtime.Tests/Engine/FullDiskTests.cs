using Flowgen.Log;

namespace Flowgen.Runtime.Tests.Engine;

public sealed class FullDiskTests
{
    private static readonly FlowEngineOptions Fast = new() { CommitEvery = TimeSpan.FromMilliseconds(1), RetryEvery = TimeSpan.FromMilliseconds(1), MaxEpochBytes = 20_000 };

    [Fact]
    public async Task Commits_that_find_no_room_are_tried_again_and_nothing_is_lost_or_doubled()
    {
        MemoryLog memory = new();
        TestApp app = new(memory);
        List<Bid> bids = Bids.Make(6_000);
        await app.WriteBidsAsync(3, bids);
        int commits = 0;
        HookedLog full = new(memory) { BeforeCommit = () => ++commits % 3 == 0 ? ValueTask.CompletedTask : throw new DiskFullException("There is no room.") };

        await new TestApp(full).RunToEndAsync(BoundedRunTests.TwoCounts, Fast);

        Assert.True(commits >= 3);
        Assert.Equal(Bids.CountBy(bids, bid => bid.Auction), Bids.Sorted(app.Read<AuctionCount, AuctionCountCodec>("auction-counts")));
        Assert.Equal(Bids.CountBy(bids, bid => bid.Bidder), Bids.Sorted(app.Read<AuctionCount, AuctionCountCodec>("bidder-counts")));
    }

    [Fact]
    public async Task While_the_disk_is_full_the_app_says_so_and_goes_on_by_itself_when_there_is_room()
    {
        MemoryLog memory = new();
        TestApp app = new(memory);
        TaskCompletionSource triedTwice = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int tries = 0;
        bool isFull = true;
        HookedLog log = new(memory)
        {
            BeforeCommit = () =>
            {
                if (++tries == 2) triedTwice.SetResult();
                return Volatile.Read(ref isFull) ? throw new DiskFullException("There is no room.") : ValueTask.CompletedTask;
            },
        };
        await using FlowEngine engine = new TestApp(log).Engine(BoundedRunTests.Doubled, Fast);
        Assert.Null(engine.WaitsFor);
        await app.WriteBidsAsync(3, Bids.Make(500));
        Task running = engine.RunAsync();
        await triedTwice.Task;
        Assert.IsType<DiskFullException>(engine.WaitsFor);
        Task settled = engine.SettleAsync();

        Volatile.Write(ref isFull, false);
        await settled;

        Assert.Null(engine.WaitsFor);
        Assert.Equal(500, app.Read<Bid, BidCodec>("doubled").Count);
        await engine.StopAsync();
        await running;
    }

    [Fact]
    public async Task Stopping_while_the_disk_is_full_ends_with_the_reason_and_commits_nothing()
    {
        MemoryLog memory = new();
        TestApp app = new(memory);
        await app.WriteBidsAsync(3, Bids.Make(500));
        TaskCompletionSource tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
        HookedLog full = new(memory)
        {
            BeforeCommit = () =>
            {
                tried.TrySetResult();
                throw new DiskFullException("There is no room.");
            },
        };
        await using FlowEngine engine = new TestApp(full).Engine(BoundedRunTests.Doubled, Fast with { RetryEvery = TimeSpan.FromHours(1) });
        Task running = engine.RunAsync();
        await tried.Task;

        await engine.StopAsync();

        await Assert.ThrowsAsync<DiskFullException>(() => running);
        Assert.Empty(app.Read<Bid, BidCodec>("doubled"));
    }

    [Fact]
    public async Task A_poisoned_log_stops_the_app_with_what_the_log_says()
    {
        MemoryLog memory = new();
        await new TestApp(memory).WriteBidsAsync(3, Bids.Make(50));
        int commits = 0;
        HookedLog poisoned = new(memory)
        {
            BeforeCommit = () =>
            {
                commits++;
                throw new LogPoisonedException("A sync has failed.");
            },
        };

        LogPoisonedException failed = await Assert.ThrowsAsync<LogPoisonedException>(() => new TestApp(poisoned).RunToEndAsync(BoundedRunTests.Doubled));

        Assert.Contains("A sync has failed.", failed.Message, StringComparison.Ordinal);
        Assert.Equal(1, commits);
    }

    [Fact]
    public async Task A_topic_that_is_deleted_while_the_app_writes_to_it_stops_the_app_and_is_named()
    {
        using LogDirectory directory = new();
        TestApp app = new(new EmbeddedLog(directory.Log));
        await app.WriteBidsAsync(3, Bids.Make(50));
        await using FlowEngine engine = app.Engine(BoundedRunTests.Doubled);
        directory.Log.DeleteTopic("doubled");

        Exception failed = await Assert.ThrowsAnyAsync<FlowLogException>(() => engine.RunToEndAsync());

        Assert.Contains("doubled", failed.Message, StringComparison.Ordinal);
    }
}
