namespace Flowgen.Runtime.Tests.Engine;

/// <summary>An operator that gives its results when the epoch closes holds event time back for those behind it until then.</summary>
public sealed class HeldResultsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Results_of_the_end_of_an_epoch_are_never_late_for_a_window_behind_it(bool throughExchange)
    {
        TestApp app = new(new MemoryLog());
        long size = CountOperator.Size;
        // The second bid moves time far beyond the window of the first, in the same batch and epoch.
        await app.WriteBidsAsync(1, [new Bid(1, 7, 5, 1_000), new Bid(1, 8, 5, 5 * size)]);

        await app.RunToEndAsync(a => HeldThenCounted(a, throughExchange), new FlowEngineOptions { CommitEvery = TimeSpan.FromHours(1) });

        Assert.Equal([new AuctionCount(1, 0, 1), new AuctionCount(1, 5 * size, 1)], app.Read<AuctionCount, AuctionCountCodec>("auction-counts").OrderBy(count => count.Start));
        Assert.Empty(app.Read<Bid, BidCodec>("late-bids"));
    }

    private static void HeldThenCounted(AppBuilder app, bool throughExchange)
    {
        TopicRef<Bid> bids = app.Topic<Bid, BidCodec>(new TopicDeclaration("bids", 1));
        TopicRef<AuctionCount> counts = app.Topic<AuctionCount, AuctionCountCodec>(new TopicDeclaration("auction-counts", 1));
        TopicRef<Bid> late = app.Topic<Bid, BidCodec>(new TopicDeclaration("late-bids", 1));
        StageRef held = app.Stage<Held>();
        StageRef counting = app.Stage<CountByAuction>();
        app.Read(bids, held);
        if (throughExchange) app.Exchange<Bid>(held, counting, "counting.bid", 2);
        else app.Direct<Bid>(held, counting);
        app.Write(counting, counts);
        app.Write(counting, late);
    }

    private sealed class Held : IStage<Held>
    {
        public static StageInfo Info { get; } = new("held", "bids > bids at the end of the epoch", IsStateful: false);

        public static void Describe(StageBuilder stage)
        {
            OperatorNode op = stage.Operator("held", static _ => new HeldOperator());
            stage.Input<Bid, BidCodec>(op);
            stage.Output<Bid, BidCodec>(op, 0, keyStays: true);
        }
    }

    private sealed class HeldOperator : Operator, IInput<Bid>
    {
        private readonly List<Bid> _held = [];
        private readonly OutBuffer<Bid> _bids = new();

        public override bool HoldsResults => true;

        public override OutBuffer Output(int port) => _bids;

        public void Process(scoped in Batch<Bid> batch) => _held.AddRange(batch.Records);

        public override void EndEpoch()
        {
            foreach (Bid bid in _held) _bids.Add(bid, bid.Time);
            _held.Clear();
        }
    }
}
