using Flowgen.Log;

namespace Flowgen.Runtime.Tests.Engine;

/// <summary>Rows of a table that cannot be decoded or kept.</summary>
public sealed class PoisonRowTests
{
    public static TheoryData<ErrorAction> Leaving => [ErrorAction.Skip, ErrorAction.DeadLetter];

    [Fact]
    public async Task They_stop_the_app_where_nothing_else_is_asked_for()
    {
        MemoryLog log = new();
        TestApp app = new(log);
        await WritePricesAsync(app);
        await AppendBadRowsAsync(log);

        await Assert.ThrowsAsync<RecordFormatException>(() => app.RunToEndAsync(Priced));
    }

    [Theory]
    [MemberData(nameof(Leaving))]
    public async Task They_are_left_out_and_the_rows_before_them_stay(ErrorAction action)
    {
        MemoryLog log = new();
        TestApp app = new(log);
        await WritePricesAsync(app);
        await AppendBadRowsAsync(log);
        await app.WriteBidsAsync(1, [new Bid(1, 9, 0, 1), new Bid(2, 9, 0, 2), new Bid(3, 9, 0, 3)]);

        await app.RunToEndAsync(Priced, new FlowEngineOptions { OnError = action });

        Assert.Equal([(1, 11), (2, 20), (3, 30)], app.Read<Bid, BidCodec>("priced").Select(bid => (bid.Auction, bid.Price)));
        if (action == ErrorAction.Skip) return;
        List<string> dead = DeadLetters.Read(log, "pricing.dead");
        Assert.Equal(["key|010203", "(null)|04", "short|"], dead.Take(3).Select(letter => string.Join('|', letter.Split('|')[..2])));
        Assert.Equal(4, dead.Count);
        Assert.Contains("flowgen.topic=prices,flowgen.partition=0,flowgen.offset=5,flowgen.app=test,flowgen.stage=pricing,flowgen.error=Flowgen.Runtime.RecordFormatException", dead[1], StringComparison.Ordinal);
        Assert.Contains("flowgen.offset=8,flowgen.app=test,flowgen.stage=pricing,flowgen.error=System.FormatException,flowgen.message=A price is not negative.", dead[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_is_told_of_once_however_often_the_table_is_read()
    {
        MemoryLog log = new();
        TestApp app = new(log);
        await WritePricesAsync(app);
        await AppendBadRowsAsync(log);
        FlowEngineOptions options = new() { OnError = ErrorAction.DeadLetter };
        HookedLog killed = new(log) { BeforeCommit = () => throw new IOException("Killed.") };
        await Assert.ThrowsAsync<IOException>(() => new TestApp(killed).RunToEndAsync(Priced, options));
        Assert.False(log.GetCommitted(TestApp.Name, "prices", 0).HasValue);

        await app.RunToEndAsync(Priced, options);
        await app.RunToEndAsync(Priced, options);
        Assert.Equal(4, DeadLetters.Read(log, "pricing.dead").Count);
        Assert.Equal(10, log.GetCommitted(TestApp.Name, "prices", 0)!.Value.Offset);

        await AppendBadRowsAsync(log);
        await app.RunToEndAsync(Priced, options);
        Assert.Equal(8, DeadLetters.Read(log, "pricing.dead").Count);
    }

    [Fact]
    public async Task Rows_that_come_while_the_app_runs_are_left_out_too()
    {
        MemoryLog log = new();
        TestApp app = new(log);
        await WritePricesAsync(app);
        await using FlowEngine engine = app.Engine(Priced, new FlowEngineOptions { OnError = ErrorAction.DeadLetter, CommitEvery = TimeSpan.FromMilliseconds(1) });
        Task running = engine.RunAsync();
        await AppendBadRowsAsync(log);
        await app.WriteBidsAsync(1, [new Bid(3, 9, 0, 3)]);

        await engine.SettleAsync();

        Assert.Equal(4, DeadLetters.Read(log, "pricing.dead").Count);
        Assert.Equal(10, log.GetCommitted(TestApp.Name, "prices", 0)!.Value.Offset);
        await engine.StopAsync();
        await running;
    }

    private static Task WritePricesAsync(TestApp app) =>
        app.WriteAsync<Bid, BidCodec>("prices", 1, [new Bid(1, 0, 10, 0), new Bid(2, 0, 20, 0), new Bid(1, 0, 11, 0), new Bid(3, 0, 30, 0)]);

    /// <summary>Two rows that are no bids, at 4 and 5, a tombstone without a key of a bid, at 6, and among good rows one whose key cannot be had, at 8.</summary>
    private static async Task AppendBadRowsAsync(MemoryLog log)
    {
        BatchBuilder raw = new();
        raw.StartVariable(schemaId: 0);
        raw.Add(5, "key"u8, false, [1, 2, 3], false);
        raw.Add(6, [], true, [4], false);
        BatchBuilder tombstone = new();
        tombstone.StartVariable(1);
        tombstone.Add(7, "short"u8, false, [], true);
        BatchBuilder rows = new();
        RecordEncoder<Bid, BidCodec>.Start(rows, 1);
        RecordEncoder<Bid, BidCodec>.AddFixed(rows, BidCodec.Layout!, [new Bid(3, 0, 29, 0), new Bid(1, 0, -1, 0), new Bid(3, 0, 30, 0)], []);
        using IEngineTransaction transaction = log.BeginTransaction();
        foreach (BatchBuilder batch in (BatchBuilder[])[raw, tombstone, rows]) transaction.Append("prices", 0, batch);
        await transaction.CommitAsync();
    }

    private static void Priced(AppBuilder app)
    {
        TopicRef<Bid> bids = app.Topic<Bid, BidCodec>(new TopicDeclaration("bids", 1));
        TopicRef<Bid> prices = app.Topic<Bid, BidCodec>(new TopicDeclaration("prices", 1, Cleanup.Compact));
        TopicRef<Bid> priced = app.Topic<Bid, BidCodec>(new TopicDeclaration("priced", 1));
        StageRef pricing = app.Stage<Pricing>();
        app.Read(bids, pricing);
        app.Table(prices, pricing);
        app.Write(pricing, priced);
    }
}
