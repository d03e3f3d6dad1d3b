namespace Flowgen.Benchmarks.Nexmark;

/// <summary>q0: every bid, unchanged: the cost of reading and writing.</summary>
[Stage]
[From<Bid>, To<PassedBid>]
public sealed partial class PassBids
{
    [Map]
    private static PassedBid Pass(in Bid bid) => new(bid.Auction, bid.Bidder, bid.Price, bid.Time);
}

/// <summary>q1: every bid, its price converted.</summary>
[Stage]
[From<Bid>, To<EuroBid>]
public sealed partial class ConvertBids
{
    [Map]
    private static EuroBid Convert(in Bid bid) => new(bid.Auction, bid.Bidder, Exchange.ToEuros(bid.Price), bid.Time);
}

/// <summary>q2: the bids for every 123rd auction.</summary>
[Stage]
[From<Bid>, To<WatchedBid>]
public sealed partial class WatchBids
{
    [Filter]
    private static bool IsWatched(in Bid bid) => bid.Auction % 123 == 0;

    [Map]
    private static WatchedBid Watch(in Bid bid) => new(bid.Auction, bid.Price, bid.Time);
}

/// <summary>How many bids an auction got in each ten seconds.</summary>
[Stage]
[From<Bid>, To<AuctionCount>]
[TumblingWindow("10s")]
public sealed partial class CountByAuction
{
    [Add]
    private static void Add(ref long bids, in Bid _) => bids++;

    [Emit]
    private static AuctionCount Emit(long key, Window window, long bids) => new(key, window.StartMs, bids);
}

/// <summary>q7: the highest bid of each ten seconds, over all auctions; of equal ones the first.</summary>
[Stage]
[From<Bid>, To<HighestBid>]
[TumblingWindow("10s")]
public sealed partial class FindHighest
{
    /// <summary>The highest bid so far.</summary>
    public struct Highest
    {
        /// <summary>For which auction.</summary>
        public long Auction;

        /// <summary>By whom.</summary>
        public long Bidder;

        /// <summary>How high; prices are positive.</summary>
        public long Price;
    }

    [KeyBy]
    private static int All(in Bid _) => 0;

    [Add]
    private static void Add(ref Highest highest, in Bid bid)
    {
        if (bid.Price > highest.Price) highest = new Highest { Auction = bid.Auction, Bidder = bid.Bidder, Price = bid.Price };
    }

    [Emit]
    private static HighestBid Emit(Window window, in Highest highest) => new(highest.Auction, highest.Bidder, highest.Price, window.StartMs);
}

/// <summary>q12: how many bids a bidder made in each ten seconds. Nexmark asks for windows over processing time, which have no repeatable result: these are over event time.</summary>
[Stage]
[From<Bid>, To<BidderCount>]
[TumblingWindow("10s")]
public sealed partial class CountByBidder
{
    [KeyBy]
    private static long ByBidder(in Bid bid) => bid.Bidder;

    [Add]
    private static void Add(ref long bids, in Bid _) => bids++;

    [Emit]
    private static BidderCount Emit(long key, Window window, long bids) => new(key, window.StartMs, bids);
}
