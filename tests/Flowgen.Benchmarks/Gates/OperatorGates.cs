using Flowgen.Benchmarks.Loops;
using Flowgen.Benchmarks.Nexmark;
using Flowgen.Runtime;

namespace Flowgen.Benchmarks.Gates;

/// <summary>The queries whose generated operators are measured.</summary>
internal static class OperatorGates
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<IGate> All { get; } =
    [
        Gate<PassLoop, PassBids, PassedBid, PassedBidCodec>("q0"),
        Gate<ConvertLoop, ConvertBids, EuroBid, EuroBidCodec>("q1"),
        Gate<WatchLoop, WatchBids, WatchedBid, WatchedBidCodec>("q2"),
        Gate<CountByAuctionLoop, CountByAuction, AuctionCount, AuctionCountCodec>("tumbling-count"),
        Gate<HighestLoop, FindHighest, HighestBid, HighestBidCodec>("q7"),
        Gate<CountByBidderLoop, CountByBidder, BidderCount, BidderCountCodec>("q12"),
    ];

    private static OperatorGate Gate<TLoop, TStage, TResult, TCodec>(string name)
        where TLoop : Contender, new()
        where TStage : IStage<TStage>
        where TCodec : struct, IRecordCodec<TResult> =>
        new(name, TCodec.Layout!.Stride, () => new TLoop(), () => new GeneratedOperator<TStage, TResult, TCodec>());
}
