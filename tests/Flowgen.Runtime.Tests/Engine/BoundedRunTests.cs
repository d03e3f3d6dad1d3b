namespace Flowgen.Runtime.Tests.Engine;

public sealed class BoundedRunTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    [InlineData(6, 4)]
    public async Task Counts_by_the_topics_key_and_by_another_equal_a_plain_computation(int partitions, int workers)
    {
        TestApp app = new(new MemoryLog());
        List<Bid> bids = Bids.Make(20_000);
        await app.WriteBidsAsync(partitions, bids);

        await app.RunToEndAsync(TwoCounts, new FlowEngineOptions { Workers = workers, Partitions = partitions });

        Assert.Equal(Bids.CountBy(bids, bid => bid.Auction), Bids.Sorted(app.Read<AuctionCount, AuctionCountCodec>("auction-counts")));
        Assert.Equal(Bids.CountBy(bids, bid => bid.Bidder), Bids.Sorted(app.Read<AuctionCount, AuctionCountCodec>("bidder-counts")));
    }

    [Fact]
    public async Task A_map_keeps_the_order_of_each_partition()
    {
        TestApp app = new(new MemoryLog());
        List<Bid> bids = Bids.Make(5_000);
        await app.WriteBidsAsync(2, bids);

        await app.RunToEndAsync(Doubled, new FlowEngineOptions { Partitions = 2 });

        List<Bid> expected = [.. app.Read<Bid, BidCodec>("bids").Select(bid => bid with { Price = bid.Price * 2 })];
        Assert.Equal(expected, app.Read<Bid, BidCodec>("doubled"));
    }

    [Fact]
    public async Task Running_again_finds_nothing_to_do_and_commits_nothing()
    {
        MemoryLog log = new();
        TestApp app = new(log);
        await app.WriteBidsAsync(3, Bids.Make(1_000));
        await app.RunToEndAsync(TwoCounts);
        List<AuctionCount> first = app.Read<AuctionCount, AuctionCountCodec>("auction-counts");
        long commits = log.CommitVersion;

        await app.RunToEndAsync(TwoCounts);

        Assert.Equal(commits, log.CommitVersion);
        Assert.Equal(first, app.Read<AuctionCount, AuctionCountCodec>("auction-counts"));
    }

    [Fact]
    public async Task The_end_of_time_is_no_watermark_so_later_input_goes_on()
    {
        TestApp app = new(new MemoryLog());
        List<Bid> first = Bids.Make(1_000);
        List<Bid> later = Bids.Make(1_000, firstTime: 2_000_000);
        await app.WriteBidsAsync(2, first);
        await app.RunToEndAsync(TwoCounts);
        await app.WriteBidsAsync(2, later);

        await app.RunToEndAsync(TwoCounts);

        Assert.Equal(Bids.CountBy(first.Concat(later), bid => bid.Bidder), Bids.Sorted(app.Read<AuctionCount, AuctionCountCodec>("bidder-counts")));
        Assert.Empty(app.Read<Bid, BidCodec>("late-bids"));
    }

    [Fact]
    public async Task A_topic_that_the_app_writes_itself_ends_after_its_writers()
    {
        TestApp app = new(new MemoryLog());
        List<Bid> bids = Bids.Make(3_000);
        await app.WriteBidsAsync(3, bids);

        await app.RunToEndAsync(DoubledThenCounted);

        Assert.Equal(Bids.CountBy(bids, bid => bid.Auction), Bids.Sorted(app.Read<AuctionCount, AuctionCountCodec>("auction-counts")));
    }

    [Fact]
    public async Task State_behind_an_exchange_inside_one_worker_bounds_the_epoch()
    {
        TestApp app = new(new MemoryLog());
        await app.WriteBidsAsync(1, [.. Enumerable.Range(0, 20_000).Select(bidder => new Bid(0, bidder, 1, 0))]);
        await using FlowEngine engine = app.Engine(Totalled, new FlowEngineOptions { Workers = 1, CommitEvery = TimeSpan.FromHours(1), MaxEpochBytes = 50_000 });

        await engine.RunToEndAsync();

        Assert.InRange(engine.GetStatistics().Commits, 3, int.MaxValue);
    }

    [Fact]
    public async Task Progress_tells_how_many_records_were_read()
    {
        TestApp app = new(new MemoryLog());
        await app.WriteBidsAsync(2, Bids.Make(1_000));
        Progress progress = new();
        await using FlowEngine engine = app.Engine(TwoCounts);

        await engine.RunToEndAsync(progress);

        Assert.Equal(1_000, progress.Last);
    }

    [Fact]
    public async Task Tombstones_reach_the_topic_between_the_records_around_them()
    {
        TestApp app = new(new MemoryLog());
        Bid one = new(1, 7, 5, 1_000);
        await app.WriteBidsAsync(1, [one, one with { Bidder = 8 }]);
        await app.RunToEndAsync(Totalled);
        await app.WriteBidsAsync(1, [one with { Price = 0 }, one with { Bidder = 8 }]);

        await app.RunToEndAsync(Totalled);

        List<Stored<AuctionCount>> stored = app.ReadStored<AuctionCount, AuctionCountCodec>("totals");
        Assert.Equal([(7, 1, false), (8, 1, false), (0, 0, true), (8, 2, false)], stored.Select(row => (row.Record.Auction, row.Record.Count, row.IsTombstone)));
        Assert.Equal("0000000000000007", stored[2].Key);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Text_and_headers_and_times_survive_an_exchange(int partitions)
    {
        TestApp app = new(new MemoryLog());
        List<Phrase> phrases = [.. Enumerable.Range(0, 5_000).Select(i => new Phrase(Text.FromUtf8(System.Text.Encoding.UTF8.GetBytes($"phrase {i} ü")), i % 2 == 0 ? $"trace-{i}" : null))];
        await app.WriteAsync<Phrase, PhraseCodec>("phrases", partitions, phrases, batch: 700, time: 77);

        await app.RunToEndAsync(builder => Echoed(builder, partitions));

        List<Stored<Phrase>> echoes = app.ReadStored<Phrase, PhraseCodec>("echoes");
        Assert.All(echoes, echo => Assert.Equal(77, echo.Timestamp));
        Assert.Equal(phrases.Select(Words).Order(StringComparer.Ordinal), echoes.Select(echo => Words(echo.Record)).Order(StringComparer.Ordinal));
    }

    internal static void TwoCounts(AppBuilder app)
    {
        TopicRef<Bid> bids = app.Topic<Bid, BidCodec>(new TopicDeclaration("bids", 3));
        TopicRef<AuctionCount> auctions = app.Topic<AuctionCount, AuctionCountCodec>(new TopicDeclaration("auction-counts", 3));
        TopicRef<AuctionCount> bidders = app.Topic<AuctionCount, AuctionCountCodec>(new TopicDeclaration("bidder-counts", 2));
        TopicRef<Bid> late = app.Topic<Bid, BidCodec>(new TopicDeclaration("late-bids", 1));
        StageRef byAuction = app.Stage<CountByAuction>();
        StageRef byBidder = app.Stage<CountByBidder>();
        app.Read(bids, byAuction);
        app.Exchange(bids, byBidder, "count-by-bidder.bid");
        app.Write(byAuction, auctions);
        app.Write(byAuction, late);
        app.Write(byBidder, bidders);
    }

    internal static void Doubled(AppBuilder app)
    {
        TopicRef<Bid> bids = app.Topic<Bid, BidCodec>(new TopicDeclaration("bids", 3));
        TopicRef<Bid> doubled = app.Topic<Bid, BidCodec>(new TopicDeclaration("doubled", 3));
        StageRef doubling = app.Stage<Doubling>();
        app.Read(bids, doubling);
        app.Write(doubling, doubled);
    }

    private static void DoubledThenCounted(AppBuilder app)
    {
        Doubled(app);
        TopicRef<Bid> doubled = (TopicRef<Bid>)app.Topics[1];
        TopicRef<AuctionCount> counts = app.Topic<AuctionCount, AuctionCountCodec>(new TopicDeclaration("auction-counts", 3));
        StageRef counting = app.Stage<CountByAuction>();
        app.Read(doubled, counting);
        app.Write(counting, counts);
    }

    internal static void Totalled(AppBuilder app)
    {
        TopicRef<Bid> bids = app.Topic<Bid, BidCodec>(new TopicDeclaration("bids", 3));
        TopicRef<AuctionCount> totals = app.Topic<AuctionCount, AuctionCountCodec>(new TopicDeclaration("totals", 1, Cleanup.Compact));
        StageRef stage = app.Stage<Totals>();
        app.Exchange(bids, stage, "totals.bid");
        app.Write(stage, totals);
    }

    internal static void Echoed(AppBuilder app, int partitions)
    {
        TopicRef<Phrase> phrases = app.Topic<Phrase, PhraseCodec>(new TopicDeclaration("phrases", partitions));
        TopicRef<Phrase> echoes = app.Topic<Phrase, PhraseCodec>(new TopicDeclaration("echoes", partitions));
        StageRef echo = app.Stage<Echo>();
        app.Read(phrases, echo);
        app.Write(echo, echoes);
    }

    private static string Words(Phrase phrase) => $"{phrase.Words} {phrase.Trace}";

    private sealed class Progress : IProgress<long>
    {
        public long Last { get; private set; }

        public void Report(long value) => Last = value;
    }
}
