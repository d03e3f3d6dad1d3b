namespace Flowgen.Runtime.Tests.Engine;

public sealed class EventTimeTests
{
    private static readonly long Size = CountOperator.Size;

    [Fact]
    public async Task A_window_closes_when_the_newest_event_minus_the_allowed_disorder_passes_its_end()
    {
        await using Session session = new(outOfOrder: 5_000);

        await session.WriteAsync(Bid(auction: 1, time: 1_000), Bid(auction: 1, time: Size + 4_999));
        Assert.Empty(session.Counts);
        await session.WriteAsync(Bid(auction: 1, time: Size + 5_000));

        Assert.Equal([new AuctionCount(1, 0, 1)], session.Counts);
    }

    [Fact]
    public async Task An_event_within_the_disorder_counts_and_a_later_one_is_late()
    {
        await using Session session = new(outOfOrder: 5_000);
        await session.WriteAsync(Bid(auction: 1, time: Size + 4_999));
        await session.WriteAsync(Bid(auction: 1, time: 1));
        await session.WriteAsync(Bid(auction: 1, time: Size + 5_000));

        await session.WriteAsync(Bid(auction: 1, time: 2));

        Assert.Equal([new AuctionCount(1, 0, 1)], session.Counts);
        Assert.Equal(1, session.Engine.GetStatistics().Operators.Sum(op => op.LateRecords));
    }

    [Fact]
    public async Task Behind_an_exchange_the_slowest_partition_holds_the_watermark_until_it_is_idle()
    {
        await using Session session = new(partitions: 2, byBidder: true, idle: 30_000);
        (long fast, long slow) = session.AuctionsInDifferentPartitions();
        await session.WriteAsync(Bid(fast, bidder: 7, time: 1_000), Bid(slow, bidder: 7, time: 2_000));
        await session.WriteAsync(Bid(fast, bidder: 7, time: 5 * Size));
        Assert.Empty(session.Counts);

        session.Time.Advance(TimeSpan.FromSeconds(29));
        await session.WriteAsync(Bid(fast, bidder: 7, time: (5 * Size) + 1));
        Assert.Empty(session.Counts);
        session.Time.Advance(TimeSpan.FromSeconds(2));
        await session.WriteAsync(Bid(fast, bidder: 7, time: (5 * Size) + 2));

        Assert.Equal([new AuctionCount(7, 0, 2)], session.Counts);
    }

    [Fact]
    public async Task A_partition_that_wakes_up_holds_the_watermark_again_and_never_moves_it_back()
    {
        await using Session session = new(partitions: 2, byBidder: true, idle: 30_000);
        (long fast, long slow) = session.AuctionsInDifferentPartitions();
        await session.WriteAsync(Bid(slow, bidder: 7, time: 1_000));
        session.Time.Advance(TimeSpan.FromSeconds(31));
        await session.WriteAsync(Bid(fast, bidder: 7, time: 3 * Size));
        Assert.Equal([new AuctionCount(7, 0, 1)], session.Counts);

        await session.WriteAsync(Bid(slow, bidder: 7, time: 2_000), Bid(slow, bidder: 7, time: (3 * Size) + 1));
        await session.WriteAsync(Bid(fast, bidder: 7, time: 9 * Size));

        Assert.Equal([new AuctionCount(7, 0, 1)], session.Counts);
        OperatorStatistics counting = session.Engine.GetStatistics().Operators.First(op => op.LateRecords > 0);
        Assert.Equal((1, (3 * Size) + 1), (counting.LateRecords, counting.Watermark));
    }

    [Fact]
    public async Task A_partition_without_any_record_holds_the_watermark_until_it_is_idle()
    {
        await using Session session = new(partitions: 2, byBidder: true, idle: 30_000);
        (long fast, _) = session.AuctionsInDifferentPartitions();
        await session.WriteAsync(Bid(fast, bidder: 7, time: 1_000));
        await session.WriteAsync(Bid(fast, bidder: 7, time: 2 * Size));
        Assert.Empty(session.Counts);

        session.Time.Advance(TimeSpan.FromSeconds(31));
        await session.WriteAsync(Bid(fast, bidder: 7, time: (2 * Size) + 1));

        Assert.Equal([new AuctionCount(7, 0, 1)], session.Counts);
    }

    [Fact]
    public async Task Results_that_fill_many_batches_of_an_exchange_are_never_late_behind_it()
    {
        const int auctions = 30_000;
        TestApp app = new(new MemoryLog());
        await app.WriteBidsAsync(2, [.. Enumerable.Range(0, auctions).Select(auction => Bid(auction, time: 1))], batch: 5_000);
        await app.WriteBidsAsync(2, [.. Enumerable.Range(0, 100).Select(auction => Bid(auction, time: 5 * Size))]);

        await app.RunToEndAsync(Describe, new FlowEngineOptions { Workers = 2, Partitions = 2 });

        List<AuctionCount> counts = Bids.Sorted(app.Read<AuctionCount, AuctionCountCodec>("counts"));
        Assert.Equal(auctions, counts.Where(count => count.Start == 0).Sum(count => count.Count));
        Assert.Equal(3, counts.Count(count => count.Start == 0));

        static void Describe(AppBuilder app)
        {
            TopicRef<Bid> bids = app.Topic<Bid, BidCodec>(new TopicDeclaration("bids", 2));
            TopicRef<AuctionCount> counts = app.Topic<AuctionCount, AuctionCountCodec>(new TopicDeclaration("counts", 2));
            StageRef byAuction = app.Stage<CountByAuction>();
            StageRef ofCounts = app.Stage<CountOfCounts>();
            app.Read(bids, byAuction);
            app.Exchange<AuctionCount>(byAuction, ofCounts, "count-of-counts.auction-count");
            app.Write(ofCounts, counts);
        }
    }

    private static Bid Bid(long auction, long time, long bidder = 1) => new(auction, bidder, 1, time);

    /// <summary>A running app that counts bids, by auction or through an exchange by bidder, on a clock that stands still.</summary>
    private sealed class Session : IAsyncDisposable
    {
        private readonly TestApp _app;
        private readonly int _partitions;
        private readonly Task _running;

        public Session(int partitions = 1, bool byBidder = false, long outOfOrder = 0, long idle = 30_000)
        {
            _partitions = partitions;
            _app = new TestApp(new MemoryLog(Time));
            Engine = _app.Engine(Describe, new FlowEngineOptions { Workers = 2, TimeProvider = Time });
            _running = Engine.RunAsync();

            void Describe(AppBuilder app)
            {
                TopicRef<Bid> bids = app.Topic<Bid, BidCodec>(new TopicDeclaration("bids", partitions));
                TopicRef<AuctionCount> counts = app.Topic<AuctionCount, AuctionCountCodec>(new TopicDeclaration("counts", 1));
                StageRef stage = byBidder ? app.Stage<CountByBidder>() : app.Stage<CountByAuction>();
                if (byBidder) app.Exchange(bids, stage, "count.bid", partitions: 0, outOfOrder, idle);
                else app.Read(bids, stage, outOfOrder, idle);
                app.Write(stage, counts);
            }
        }

        public ManualTime Time { get; } = new();

        public FlowEngine Engine { get; }

        public List<AuctionCount> Counts => _app.Read<AuctionCount, AuctionCountCodec>("counts");

        public (long First, long Second) AuctionsInDifferentPartitions()
        {
            int first = Log.Murmur2.ToPartition(Int64Key.PartitionHash(0), _partitions);
            return (0, Enumerable.Range(1, 100).First(auction => Log.Murmur2.ToPartition(Int64Key.PartitionHash(auction), _partitions) != first));
        }

        /// <summary>Writes bids, each in a batch of its own, and waits until they are processed.</summary>
        public async Task WriteAsync(params Bid[] bids)
        {
            await _app.WriteBidsAsync(_partitions, bids, batch: 1);
            await Engine.SettleAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await Engine.StopAsync();
            await _running;
            await Engine.DisposeAsync();
        }
    }
}
