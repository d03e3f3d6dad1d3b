namespace Flowgen.Runtime.Tests.Engine;

/// <summary>A stage as the generator completes it: bids with twice the price.</summary>
internal sealed class Doubling : IStage<Doubling>
{
    public static StageInfo Info { get; } = new("doubling", "bids > Double > doubled", IsStateful: false);

    /// <summary>The price with which <see cref="Double"/> fails as a log does that has no room.</summary>
    public const long FullDisk = -77;

    public static Bid Double(in Bid bid) => bid.Price switch
    {
        FullDisk => throw new Flowgen.Log.DiskFullException("Another log has no room."),
        < 0 => throw new FormatException("A price is not negative."),
        _ => bid with { Price = bid.Price * 2 },
    };

    public static void Describe(StageBuilder stage)
    {
        OperatorNode op = stage.Operator("doubling", static _ => new Nested());
        stage.Input<Bid, BidCodec>(op);
        stage.Output<Bid, BidCodec>(op, 0, keyStays: true);
    }

    private sealed class Nested : Operator, IInput<Bid>
    {
        private readonly OutBuffer<Bid> _bids = new();

        public override OutBuffer Output(int port) => _bids;

        public void Process(scoped in Batch<Bid> batch)
        {
            foreach (ref readonly Bid bid in batch.Records)
            {
                if (bid.Price == 0) continue;
                _bids.Add(Double(in bid), bid.Time);
            }
        }
    }
}

/// <summary>Counts bids by auction, the key of their topic.</summary>
internal sealed class CountByAuction : IStage<CountByAuction>
{
    public static StageInfo Info { get; } = new("count-by-auction", "bids > tumbling 10s > auction-counts", IsStateful: true);

    public static void Describe(StageBuilder stage)
    {
        OperatorNode op = stage.Operator("count-by-auction", static _ => new CountOperator(byBidder: false));
        stage.Input<Bid, BidCodec, ByAuction>(op);
        stage.Output<AuctionCount, AuctionCountCodec>(op, 0, keyStays: true);
        stage.Output<Bid, BidCodec>(op, 1, keyStays: true);
    }
}

/// <summary>Counts bids by bidder: bids change their task.</summary>
internal sealed class CountByBidder : IStage<CountByBidder>
{
    public static StageInfo Info { get; } = new("count-by-bidder", "bids by Bidder > tumbling 10s > bidder-counts", IsStateful: true);

    public static void Describe(StageBuilder stage)
    {
        OperatorNode op = stage.Operator("count-by-bidder", static _ => new CountOperator(byBidder: true));
        stage.Input<Bid, BidCodec, ByBidder>(op);
        stage.Output<AuctionCount, AuctionCountCodec>(op, 0, keyStays: true);
        stage.Output<Bid, BidCodec>(op, 1, keyStays: false); // leads nowhere in the apps of these tests
    }
}

/// <summary>Totals by bidder, told when they changed.</summary>
internal sealed class Totals : IStage<Totals>
{
    public static StageInfo Info { get; } = new("totals", "bids by Bidder > totals", IsStateful: true);

    public static void Describe(StageBuilder stage)
    {
        OperatorNode op = stage.Operator("totals", static _ => new TotalOperator());
        stage.Input<Bid, BidCodec, ByBidder>(op);
        stage.Output<AuctionCount, AuctionCountCodec, long, Int64Key>(op, 0, keyStays: true);
    }
}

/// <summary>Totals by bidder; a step throws on a negative price, when it has changed its state already.</summary>
internal sealed class StrictTotals : IStage<StrictTotals>
{
    public static StageInfo Info { get; } = new("strict-totals", "bids by Bidder > Add > strict-totals", IsStateful: true);

    public static void Add(ref long total, in Bid bid)
    {
        total++;
        if (bid.Price < 0) throw new FormatException("A price is not negative.");
    }

    public static void Describe(StageBuilder stage)
    {
        OperatorNode op = stage.Operator("strict-totals", static _ => new Nested());
        stage.Input<Bid, BidCodec, ByBidder>(op);
        stage.Output<AuctionCount, AuctionCountCodec>(op, 0, keyStays: true);
    }

    private sealed class Nested : Operator, IInput<Bid>
    {
        private readonly KeyedStore<long, Int64Key, long, Unmanaged<long>> _totals = new("totals");
        private readonly OutBuffer<AuctionCount> _counts = new();
        private Store[]? _stores;

        public override ReadOnlySpan<Store> Stores => _stores ??= [_totals];

        public override OutBuffer Output(int port) => _counts;

        public void Process(scoped in Batch<Bid> batch)
        {
            foreach (ref readonly Bid bid in batch.Records)
            {
                ref long total = ref _totals.Get(bid.Bidder, out _);
                Add(ref total, in bid);
                _counts.Add(new AuctionCount(bid.Bidder, 0, total), bid.Time);
            }
        }
    }
}

/// <summary>Bids with a price that is another one in each run.</summary>
internal sealed class Restless : IStage<Restless>
{
    private static long _prices;

    public static StageInfo Info { get; } = new("restless", "bids > bids", IsStateful: false);

    public static void Describe(StageBuilder stage)
    {
        OperatorNode op = stage.Operator("restless", static _ => new Nested());
        stage.Input<Bid, BidCodec>(op);
        stage.Output<Bid, BidCodec>(op, 0, keyStays: true);
    }

    private sealed class Nested : Operator, IInput<Bid>
    {
        private readonly OutBuffer<Bid> _bids = new();

        public override OutBuffer Output(int port) => _bids;

        public void Process(scoped in Batch<Bid> batch)
        {
            foreach (ref readonly Bid bid in batch.Records) _bids.Add(bid with { Price = -Interlocked.Increment(ref _prices) }, bid.Time);
        }
    }
}

/// <summary>Bids with the price of a table.</summary>
internal sealed class Pricing : IStage<Pricing>
{
    public static StageInfo Info { get; } = new("pricing", "bids + table prices > priced", IsStateful: true);

    public static void Describe(StageBuilder stage)
    {
        OperatorNode op = stage.Operator("pricing", static _ => new PriceOperator());
        stage.Input<Bid, BidCodec, ByAuction>(op, topic: "bids");
        stage.Table<Bid, BidCodec>(op, topic: "prices");
        stage.Output<Bid, BidCodec>(op, 0, keyStays: true);
    }
}

/// <summary>Phrases cross an exchange inside the stage, as bytes.</summary>
internal sealed class Echo : IStage<Echo>
{
    public static StageInfo Info { get; } = new("echo", "phrases > echoes", IsStateful: false);

    public static void Describe(StageBuilder stage)
    {
        OperatorNode before = stage.Operator("echo.prepare", static _ => new EchoOperator());
        OperatorNode behind = stage.Operator("echo", static _ => new EchoOperator());
        stage.Input<Phrase, PhraseCodec>(before);
        stage.Exchange<Phrase, PhraseCodec, ByWords>(before, 0, behind, "echo.phrase");
        stage.Output<Phrase, PhraseCodec>(behind, 0, keyStays: true);
    }
}
