namespace Flowgen.Benchmarks.Nexmark;

/// <summary>
/// The bids of the Nexmark generator: of 50 events 46 are bids, 3 open an auction, 1 is a new person; half of the bids go to the hot auction, three of
/// four come from the hot bidder, the rest spread over the 100 newest auctions and 1,000 newest people; 10,000 events a second of event time.
/// The same seed gives the same bids.
/// </summary>
public sealed class BidGenerator(ulong seed)
{
    private const int EventsPerEpoch = 50;
    private const int BidsPerEpoch = 46;
    private const int AuctionsPerEpoch = 3;
    private const int EventsPerMillisecond = 10;
    private const int HotAuctionGroup = 100;
    private const int HotBidderGroup = 100;
    private const int AuctionsInFlight = 100;
    private const int ActivePeople = 1_000;
    private const int Lead = 10;
    private const int FirstId = 1_000;
    private const long FirstTime = 1_767_225_600_000; // 2026-01-01

    private ulong _state = seed;
    private int _made;

    /// <summary>Makes the next bids.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The bids in the order of their times.</returns>
    public Bid[] Generate(int count)
    {
        var bids = new Bid[count];
        for (int i = 0; i < count; i++)
            bids[i] = Next(_made++);
        return bids;
    }

    private Bid Next(int number)
    {
        long epoch = number / BidsPerEpoch;
        long eventNumber = epoch * EventsPerEpoch + (EventsPerEpoch - BidsPerEpoch) + number % BidsPerEpoch;
        long newestAuction = (epoch + 1) * AuctionsPerEpoch - 1;
        long newestPerson = epoch;

        long auction = Below(2) > 0
            ? newestAuction / HotAuctionGroup * HotAuctionGroup
            : Between(Math.Max(newestAuction - AuctionsInFlight, 0), newestAuction + Lead);
        long bidder = Below(4) > 0
            ? newestPerson / HotBidderGroup * HotBidderGroup + 1
            : Between(Math.Max(newestPerson - ActivePeople, 0), newestPerson + Lead);
        long price = (long)(Math.Pow(10, Below(6_000_000) / 1_000_000.0) * 100);
        return new Bid(FirstId + auction, FirstId + bidder, price, FirstTime + eventNumber / EventsPerMillisecond);
    }

    private long Between(long first, long last) => first + Below((int)(last - first + 1));

    private int Below(int bound) => (int)((NextBits() >> 33) * (ulong)bound >> 31);

    /// <summary>SplitMix64 of Steele, Lea and Flood (2014): the framework promises no sequence for a seed of <see cref="Random"/>.</summary>
    private ulong NextBits()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
