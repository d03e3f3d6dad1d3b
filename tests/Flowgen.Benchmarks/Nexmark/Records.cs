namespace Flowgen.Benchmarks.Nexmark;

/// <summary>A bid of the Nexmark auction house: 32 bytes, stored as they are.</summary>
[Topic("bids", Partitions = 2)]
public readonly record struct Bid([Key] long Auction, long Bidder, long Price, [EventTime(OutOfOrder = "1s")] long Time);

/// <summary>q0: the bid as it came.</summary>
[Topic("passed-bids", Partitions = 2)]
public readonly record struct PassedBid([Key] long Auction, long Bidder, long Price, [EventTime] long Time);

/// <summary>q1: the bid with its price in euros.</summary>
[Topic("euro-bids", Partitions = 2)]
public readonly record struct EuroBid([Key] long Auction, long Bidder, long Euros, [EventTime] long Time);

/// <summary>q2: the price bid for one of the watched auctions.</summary>
[Topic("watched-bids", Partitions = 2)]
public readonly record struct WatchedBid([Key] long Auction, long Price, [EventTime] long Time);

/// <summary>Bids for an auction within ten seconds.</summary>
[Topic("auction-counts", Partitions = 2)]
public readonly record struct AuctionCount([Key] long Auction, [EventTime] long From, long Bids);

/// <summary>q7: the highest bid within ten seconds.</summary>
[Topic("highest-bids")]
public readonly record struct HighestBid([Key] long Auction, long Bidder, long Price, [EventTime] long From);

/// <summary>q12: bids of a bidder within ten seconds.</summary>
[Topic("bidder-counts", Partitions = 2)]
public readonly record struct BidderCount([Key] long Bidder, [EventTime] long From, long Bids);
