using Flowgen.Benchmarks.Nexmark;
using Flowgen.Log;

namespace Flowgen.Benchmarks.Loops;

/// <summary>The tumbling count for each auction by hand.</summary>
public sealed class CountByAuctionLoop : WindowLoop<CountTable>
{
    /// <inheritdoc/>
    public override void Process(in RecordBatch bids, long watermark)
    {
        long start = Start;
        CountTable pane = Pane;
        CountTable.Slot[] slots = pane.Array;
        foreach (ref readonly Bid bid in View(in bids))
        {
            if ((ulong)(bid.Time - start) >= Size)
            {
                if (!Turn(bid.Time)) continue;
                (start, pane, slots) = (Start, Pane, Pane.Array);
            }

            long key = bid.Auction;
            ref CountTable.Slot slot = ref slots[(int)key & (slots.Length - 1)];
            if (slot.Key == key && slot.Count != 0)
            {
                slot.Count++;
            }
            else
            {
                pane.AddSlowly(key);
                slots = pane.Array;
            }
        }

        Close(watermark);
    }

    private protected override void Emit(long start, CountTable pane)
    {
        Span<AuctionCount> to = Room<AuctionCount>(pane.Used);
        int count = 0;
        foreach (ref readonly CountTable.Slot slot in pane.Slots)
        {
            if (slot.Count != 0) to[count++] = new AuctionCount(slot.Key, start, slot.Count);
        }

        Keep<AuctionCount>(count);
        pane.Clear();
    }
}

/// <summary>q12 by hand.</summary>
public sealed class CountByBidderLoop : WindowLoop<CountTable>
{
    /// <inheritdoc/>
    public override void Process(in RecordBatch bids, long watermark)
    {
        long start = Start;
        CountTable pane = Pane;
        CountTable.Slot[] slots = pane.Array;
        foreach (ref readonly Bid bid in View(in bids))
        {
            if ((ulong)(bid.Time - start) >= Size)
            {
                if (!Turn(bid.Time)) continue;
                (start, pane, slots) = (Start, Pane, Pane.Array);
            }

            long key = bid.Bidder;
            ref CountTable.Slot slot = ref slots[(int)key & (slots.Length - 1)];
            if (slot.Key == key && slot.Count != 0)
            {
                slot.Count++;
            }
            else
            {
                pane.AddSlowly(key);
                slots = pane.Array;
            }
        }

        Close(watermark);
    }

    private protected override void Emit(long start, CountTable pane)
    {
        Span<BidderCount> to = Room<BidderCount>(pane.Used);
        int count = 0;
        foreach (ref readonly CountTable.Slot slot in pane.Slots)
        {
            if (slot.Count != 0) to[count++] = new BidderCount(slot.Key, start, slot.Count);
        }

        Keep<BidderCount>(count);
        pane.Clear();
    }
}
