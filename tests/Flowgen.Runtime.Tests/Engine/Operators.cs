namespace Flowgen.Runtime.Tests.Engine;

/// <summary>Counts bids by a key in tumbling windows of 10 s; late ones go to the second output.</summary>
internal sealed class CountOperator(bool byBidder) : Operator, IInput<Bid>
{
    public const long Size = 10_000;

    private readonly WindowStore<long, Int64Key, long, Unmanaged<long>> _windows = new("windows", Size);
    private readonly OutBuffer<AuctionCount> _counts = new();
    private readonly OutBuffer<Bid> _late = new();
    private Store[]? _stores;

    public override ReadOnlySpan<Store> Stores => _stores ??= [_windows];

    public override OutBuffer Output(int port) => port == 0 ? _counts : _late;

    public void Process(scoped in Batch<Bid> batch)
    {
        foreach (ref readonly Bid bid in batch.Records)
        {
            long start = _windows.StartOf(bid.Time);
            if (_windows.IsLate(start))
            {
                LateRecords++;
                _late.Add(in bid, bid.Time);
                continue;
            }

            _windows.Get(byBidder ? bid.Bidder : bid.Auction, start, out _)++;
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

/// <summary>Counts bids by bidder over all time and tells each changed count once for each commit; a bid without price removes the bidder.</summary>
internal sealed class TotalOperator : Operator, IInput<Bid>
{
    private readonly KeyedStore<long, Int64Key, long, Unmanaged<long>> _totals = new("totals");
    private readonly KeyedOutBuffer<AuctionCount, long> _counts = new();
    private Store[]? _stores;

    public override ReadOnlySpan<Store> Stores => _stores ??= [_totals];

    public override OutBuffer Output(int port) => _counts;

    public void Process(scoped in Batch<Bid> batch)
    {
        foreach (ref readonly Bid bid in batch.Records)
        {
            if (bid.Price > 0) _totals.Get(bid.Bidder, out _)++;
            else if (_totals.Remove(bid.Bidder)) _counts.AddTombstone(bid.Bidder, bid.Time);
        }
    }

    public override void EndEpoch()
    {
        foreach (TouchedEntry<long, long> entry in _totals.Touched) _counts.Add(new AuctionCount(entry.Key, 0, entry.Value), 0);
    }
}

/// <summary>Gives each bid the price that a table has for its auction; bids of unknown auctions are dropped.</summary>
internal sealed class PriceOperator : Operator, IInput<Bid>, ITableInput<Bid>
{
    private readonly Dictionary<long, long> _prices = [];
    private readonly OutBuffer<Bid> _bids = new();

    public override OutBuffer Output(int port) => _bids;

    public void Process(scoped in Batch<Bid> batch)
    {
        foreach (ref readonly Bid bid in batch.Records)
        {
            if (_prices.TryGetValue(bid.Auction, out long price)) _bids.Add(bid with { Price = price }, bid.Time);
        }
    }

    public void Update(scoped in Batch<Bid> rows)
    {
        foreach (ref readonly Bid row in rows.Records) _prices[row.Auction] = row.Price < 0 ? throw new FormatException("A price is not negative.") : row.Price;
    }

    public void Remove(ReadOnlySpan<byte> keyBytes) => _prices.Remove(Int64Key.ReadKey(keyBytes));
}

/// <summary>Hands on what comes in, with what the origin says of each record.</summary>
internal sealed class EchoOperator : Operator, IInput<Phrase>
{
    private readonly OutBuffer<Phrase> _phrases = new();

    public override OutBuffer Output(int port) => _phrases;

    public void Process(scoped in Batch<Phrase> batch)
    {
        for (int i = 0; i < batch.Records.Length; i++) _phrases.Add(in batch.Records[i], batch.Times[i]);
    }
}
