namespace Flowgen.Runtime.Tests.Engine;

/// <summary>Counts the results of another stage, three groups of keys, in the same windows: behind an exchange.</summary>
internal sealed class CountOfCounts : IStage<CountOfCounts>
{
    public static StageInfo Info { get; } = new("count-of-counts", "auction-counts by Auction % 3 > tumbling 10s > counts", IsStateful: true);

    public static void Describe(StageBuilder stage)
    {
        OperatorNode op = stage.Operator("count-of-counts", static _ => new Counter());
        stage.Input<AuctionCount, AuctionCountCodec, ByGroup>(op);
        stage.Output<AuctionCount, AuctionCountCodec>(op, 0, keyStays: true);
    }

    private readonly struct ByGroup : IPartitioner<AuctionCount>
    {
        public static int Hash(in AuctionCount record) => Int64Key.PartitionHash(record.Auction % 3);
    }

    private sealed class Counter : Operator, IInput<AuctionCount>
    {
        private readonly WindowStore<long, Int64Key, long, Unmanaged<long>> _windows = new("windows", CountOperator.Size);
        private readonly OutBuffer<AuctionCount> _counts = new();
        private Store[]? _stores;

        public override ReadOnlySpan<Store> Stores => _stores ??= [_windows];

        public override OutBuffer Output(int port) => _counts;

        public void Process(scoped in Batch<AuctionCount> batch)
        {
            foreach (ref readonly AuctionCount count in batch.Records)
            {
                long start = _windows.StartOf(count.Start);
                if (_windows.IsLate(start)) LateRecords++;
                else _windows.Get(count.Auction % 3, start, out _)++;
            }
        }

        public override void Advance(long watermark)
        {
            while (_windows.NextDue(watermark))
            {
                Window window = _windows.Due.Window;
                foreach (DueEntry<long, long> entry in _windows.Due) _counts.Add(new AuctionCount(entry.Key, window.StartMs, entry.Value), window.EndMs - 1);
            }
        }
    }
}
