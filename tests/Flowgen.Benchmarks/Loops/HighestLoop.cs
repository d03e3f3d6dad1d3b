using Flowgen.Benchmarks.Nexmark;
using Flowgen.Log;

namespace Flowgen.Benchmarks.Loops;

/// <summary>q7 by hand.</summary>
public sealed class HighestLoop : WindowLoop<HighestLoop.Highest>
{
    /// <inheritdoc/>
    public override void Process(in RecordBatch bids, long watermark)
    {
        long start = Start;
        Highest pane = Pane;
        long highest = pane.Price;
        foreach (ref readonly Bid bid in View(in bids))
        {
            if ((ulong)(bid.Time - start) >= Size)
            {
                if (!Turn(bid.Time)) continue;
                (start, pane, highest) = (Start, Pane, Pane.Price);
            }

            if (bid.Price > highest)
            {
                highest = bid.Price;
                pane.Set(bid);
            }
        }

        Close(watermark);
    }

    private protected override void Emit(long start, Highest pane)
    {
        Room<HighestBid>(1)[0] = new HighestBid(pane.Auction, pane.Bidder, pane.Price, start);
        Keep<HighestBid>(1);
        pane.Set(default);
    }

    /// <summary>The highest bid of a window.</summary>
    public sealed class Highest
    {
        /// <summary>For which auction.</summary>
        public long Auction { get; private set; }

        /// <summary>By whom.</summary>
        public long Bidder { get; private set; }

        /// <summary>How high.</summary>
        public long Price { get; private set; }

        /// <summary>Keeps a bid.</summary>
        /// <param name="bid">The bid.</param>
        public void Set(in Bid bid) => (Auction, Bidder, Price) = (bid.Auction, bid.Bidder, bid.Price);
    }
}
