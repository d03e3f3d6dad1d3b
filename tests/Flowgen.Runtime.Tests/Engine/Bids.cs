namespace Flowgen.Runtime.Tests.Engine;

/// <summary>Made-up bids, always the same.</summary>
internal static class Bids
{
    /// <summary>Bids in the order of their times, 7 ms apart, by 40 bidders in 25 auctions.</summary>
    public static List<Bid> Make(int count, long firstTime = 1_000_000)
    {
        List<Bid> bids = [];
        for (int i = 0; i < count; i++)
        {
            int mixed = unchecked((i * 7919) + (i >> 3));
            bids.Add(new Bid(Math.Abs(mixed % 25), Math.Abs(mixed / 25 % 40), 1 + (i % 100), firstTime + (i * 7L)));
        }

        return bids;
    }

    public static List<AuctionCount> CountBy(IEnumerable<Bid> bids, Func<Bid, long> key) =>
        [.. bids.GroupBy(bid => (Key: key(bid), Start: bid.Time - (bid.Time % CountOperator.Size)))
            .Select(group => new AuctionCount(group.Key.Key, group.Key.Start, group.Count()))
            .OrderBy(count => count.Auction).ThenBy(count => count.Start)];

    public static List<AuctionCount> Sorted(IEnumerable<AuctionCount> counts) => [.. counts.OrderBy(count => count.Auction).ThenBy(count => count.Start)];
}
