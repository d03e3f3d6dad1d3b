using Flowgen.Benchmarks.Nexmark;
using Flowgen.Log;

namespace Flowgen.Benchmarks.Loops;

/// <summary>q0 by hand.</summary>
public sealed class PassLoop : BidLoop
{
    /// <inheritdoc/>
    public override void Process(in RecordBatch bids, long watermark)
    {
        ReadOnlySpan<Bid> from = View(in bids);
        Span<PassedBid> to = Room<PassedBid>(from.Length);
        for (int i = 0; i < from.Length && i < to.Length; i++)
        {
            ref readonly Bid bid = ref from[i];
            to[i] = new PassedBid(bid.Auction, bid.Bidder, bid.Price, bid.Time);
        }

        Keep<PassedBid>(from.Length);
    }
}

/// <summary>q1 by hand.</summary>
public sealed class ConvertLoop : BidLoop
{
    /// <inheritdoc/>
    public override void Process(in RecordBatch bids, long watermark)
    {
        ReadOnlySpan<Bid> from = View(in bids);
        Span<EuroBid> to = Room<EuroBid>(from.Length);
        for (int i = 0; i < from.Length && i < to.Length; i++)
        {
            ref readonly Bid bid = ref from[i];
            to[i] = new EuroBid(bid.Auction, bid.Bidder, Exchange.ToEuros(bid.Price), bid.Time);
        }

        Keep<EuroBid>(from.Length);
    }
}

/// <summary>q2 by hand.</summary>
public sealed class WatchLoop : BidLoop
{
    /// <inheritdoc/>
    public override void Process(in RecordBatch bids, long watermark)
    {
        ReadOnlySpan<Bid> from = View(in bids);
        Span<WatchedBid> to = Room<WatchedBid>(from.Length);
        int count = 0;
        foreach (ref readonly Bid bid in from)
        {
            if (bid.Auction % 123 == 0)
                to[count++] = new WatchedBid(bid.Auction, bid.Price, bid.Time);
        }

        Keep<WatchedBid>(count);
    }
}
