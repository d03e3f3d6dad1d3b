using Flowgen.Log;

namespace Flowgen.Runtime.Tests.Engine;

/// <summary>Records behind an exchange, on which a step throws.</summary>
public sealed class PoisonBehindExchangeTests
{
    private static readonly FlowEngineOptions Fast = new() { Workers = 2, CommitEvery = TimeSpan.FromMilliseconds(1), MaxEpochBytes = 20_000 };

    public static TheoryData<ErrorAction, int, int> Runs
    {
        get
        {
            TheoryData<ErrorAction, int, int> runs = [];
            foreach (ErrorAction action in (ErrorAction[])[ErrorAction.Skip, ErrorAction.DeadLetter])
            {
                foreach (int workers in (int[])[1, 3])
                {
                    foreach (int partitions in (int[])[1, 2]) runs.Add(action, workers, partitions);
                }
            }

            return runs;
        }
    }

    [Fact]
    public async Task They_stop_the_app_where_nothing_else_is_asked_for()
    {
        TestApp app = new(new MemoryLog());
        await app.WriteBidsAsync(3, Poisoned(200, 50));

        StageFailedException failed = await Assert.ThrowsAsync<StageFailedException>(() => app.RunToEndAsync(into => Describe(into, 2), Fast));

        Assert.Equal(("strict-totals", "Add", "strict-totals.bid"), (failed.Stage, failed.Step, failed.Topic));
        Assert.Empty(app.Read<AuctionCount, AuctionCountCodec>("strict-totals"));
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task They_are_found_and_left_out_there_alone_whoever_runs_the_tasks(ErrorAction action, int workers, int partitions)
    {
        MemoryLog log = new();
        TestApp app = new(log);
        List<Bid> bids = Poisoned(2_000, 250);
        bids[251] = bids[252] = bids[250]; // equal ones are left out each for itself
        await app.WriteBidsAsync(3, bids);

        await app.RunToEndAsync(into => Describe(into, partitions), Fast with { OnError = action, Workers = workers });

        AssertResults(app, bids);
        int bad = bids.Count(bid => bid.Price < 0);
        List<string> dead = action == ErrorAction.Skip ? [] : DeadLetters.Read(log, "strict-totals.dead");
        Assert.Equal(action == ErrorAction.Skip ? 0 : bad, dead.Count);
        Assert.All(dead, letter => Assert.Contains("flowgen.topic=strict-totals.bid,flowgen.partition=", letter, StringComparison.Ordinal));
        Assert.All(dead, letter => Assert.DoesNotContain("flowgen.offset", letter, StringComparison.Ordinal));
        Assert.All(dead, letter => Assert.Contains("flowgen.app=test,flowgen.stage=strict-totals,flowgen.step=Add,flowgen.error=System.FormatException,flowgen.message=A price is not negative.", letter, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Dead_letters_are_in_the_commit_that_passes_them_however_often_the_app_is_dropped(int seed)
    {
        Random random = new(seed);
        MemoryLog log = new();
        TestApp app = new(log);
        List<Bid> bids = Poisoned(3_000, 97);
        await app.WriteBidsAsync(3, bids, batch: 50);
        FlowEngineOptions options = Fast with { OnError = ErrorAction.DeadLetter, MaxEpochBytes = 4_000 };
        for (int life = 0; life < 10; life++)
        {
            int commits = random.Next(1, 8);
            HookedLog killed = new(log) { BeforeCommit = () => commits-- > 0 ? ValueTask.CompletedTask : throw new IOException("Killed.") };
            await using FlowEngine engine = new TestApp(killed).Engine(into => Describe(into, 2), options with { Workers = random.Next(1, 4) });
            if (await Record.ExceptionAsync(() => engine.RunToEndAsync()) is { } failed) Assert.IsType<IOException>(failed);
        }

        await app.RunToEndAsync(into => Describe(into, 2), options);

        AssertResults(app, bids);
        List<string> dead = [.. DeadLetters.Read(log, "strict-totals.dead").Select(letter => letter.Split('|')[1])];
        Assert.Equal(bids.Count(bid => bid.Price < 0), dead.Count);
        Assert.Equal(dead.Count, dead.Distinct().Count());
    }

    [Fact]
    public async Task A_disk_that_is_full_when_the_topic_of_dead_letters_is_created_is_waited_out_and_blamed_on_no_record()
    {
        MemoryLog memory = new();
        List<Bid> bids = Poisoned(500, 60);
        TestApp app = new(memory);
        await app.WriteBidsAsync(3, bids);
        int tries = 0;
        HookedLog full = new(memory)
        {
            BeforeEnsure = topic =>
            {
                if (topic == "strict-totals.dead" && ++tries <= 3) throw new DiskFullException("There is no room.");
            },
        };

        await new TestApp(full).RunToEndAsync(into => Describe(into, 2), Fast with { OnError = ErrorAction.DeadLetter, RetryEvery = TimeSpan.FromMilliseconds(1) });

        Assert.True(tries > 3);
        AssertResults(app, bids);
        Assert.Equal(bids.Count(bid => bid.Price < 0), DeadLetters.Read(memory, "strict-totals.dead").Count);
    }

    [Fact]
    public async Task A_log_that_takes_nothing_any_more_is_no_fault_of_a_step()
    {
        MemoryLog memory = new();
        await new TestApp(memory).WriteBidsAsync(3, Poisoned(200, 50));
        HookedLog poisoned = new(memory) { BeforeEnsure = topic => _ = topic.EndsWith(".dead", StringComparison.Ordinal) ? throw new LogPoisonedException("A sync has failed.") : topic };

        await Assert.ThrowsAsync<LogPoisonedException>(() => new TestApp(poisoned).RunToEndAsync(into => Describe(into, 2), Fast with { OnError = ErrorAction.DeadLetter }));
    }

    [Fact]
    public async Task Records_that_change_from_run_to_run_stop_the_app_in_the_end()
    {
        TestApp app = new(new MemoryLog());
        await app.WriteBidsAsync(3, Bids.Make(20));

        StageFailedException failed = await Assert.ThrowsAsync<StageFailedException>(() => app.RunToEndAsync(DescribeRestless, Fast with { OnError = ErrorAction.Skip, Workers = 1 }));

        Assert.Equal("strict-totals", failed.Stage);
    }

    /// <summary>What another stage makes of the same bids is all there; the totals are those of the good ones.</summary>
    private static void AssertResults(TestApp app, List<Bid> bids)
    {
        Assert.Equal(bids.Count, app.Read<AuctionCount, AuctionCountCodec>("auction-counts").Sum(count => count.Count));
        Assert.Equal(
            bids.Where(bid => bid.Price > 0).GroupBy(bid => bid.Bidder).SelectMany(bidder => Enumerable.Range(1, bidder.Count()).Select(count => (bidder.Key, (long)count))).Order(),
            app.Read<AuctionCount, AuctionCountCodec>("strict-totals").Select(total => (total.Auction, total.Count)).Order());
    }

    private static List<Bid> Poisoned(int count, int every)
    {
        List<Bid> bids = Bids.Make(count);
        for (int i = every; i < bids.Count; i += every) bids[i] = bids[i] with { Price = -i };
        return bids;
    }

    private static void Describe(AppBuilder app, int partitions)
    {
        TopicRef<Bid> bids = app.Topic<Bid, BidCodec>(new TopicDeclaration("bids", 3));
        TopicRef<AuctionCount> counts = app.Topic<AuctionCount, AuctionCountCodec>(new TopicDeclaration("auction-counts", 3));
        TopicRef<AuctionCount> totals = app.Topic<AuctionCount, AuctionCountCodec>(new TopicDeclaration("strict-totals", partitions));
        StageRef counting = app.Stage<CountByAuction>();
        StageRef strict = app.Stage<StrictTotals>();
        app.Read(bids, counting);
        app.Exchange(bids, strict, "strict-totals.bid", partitions);
        app.Write(counting, counts);
        app.Write(strict, totals);
    }

    private static void DescribeRestless(AppBuilder app)
    {
        TopicRef<Bid> bids = app.Topic<Bid, BidCodec>(new TopicDeclaration("bids", 3));
        StageRef restless = app.Stage<Restless>();
        StageRef strict = app.Stage<StrictTotals>();
        app.Read(bids, restless);
        app.Exchange<Bid>(restless, strict, "strict-totals.bid", 2);
    }
}
