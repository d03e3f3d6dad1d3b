using Flowgen.Log;

namespace Flowgen.Runtime.Tests.Engine;

public sealed class TableTests
{
    [Fact]
    public async Task A_table_is_read_to_its_end_before_the_first_record()
    {
        TestApp app = new(new MemoryLog());
        await app.WriteBidsAsync(2, [new Bid(1, 9, 0, 1), new Bid(2, 9, 0, 2), new Bid(3, 9, 0, 3)]);
        await app.WriteAsync<Bid, BidCodec>("prices", 2, [new Bid(1, 0, 10, 0), new Bid(2, 0, 20, 0), new Bid(1, 0, 11, 0)]);

        await app.RunToEndAsync(Priced);

        Assert.Equal([(1, 11), (2, 20)], app.Read<Bid, BidCodec>("priced").OrderBy(bid => bid.Auction).Select(bid => (bid.Auction, bid.Price)));
    }

    [Fact]
    public async Task A_table_is_kept_up_while_the_app_runs_and_tombstones_remove_rows()
    {
        MemoryLog log = new();
        TestApp app = new(log);
        await using FlowEngine engine = app.Engine(Priced, new FlowEngineOptions { Workers = 2, CommitEvery = TimeSpan.FromMilliseconds(2) });
        Task running = engine.RunAsync();
        await app.WriteAsync<Bid, BidCodec>("prices", 2, [new Bid(1, 0, 10, 0)]);
        await engine.SettleAsync();
        await app.WriteBidsAsync(2, [new Bid(1, 9, 0, 1)]);
        await engine.SettleAsync();

        await RemoveAsync(log, auction: 1);
        await engine.SettleAsync();
        await app.WriteBidsAsync(2, [new Bid(1, 9, 0, 2)]);
        await engine.SettleAsync();

        Assert.Equal([new Bid(1, 9, 10, 1)], app.Read<Bid, BidCodec>("priced"));
        await engine.StopAsync();
        await running;
    }

    private static async Task RemoveAsync(MemoryLog log, long auction)
    {
        BatchBuilder batch = new();
        byte[] key = new byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(key, auction);
        batch.StartVariable(1);
        batch.Add(0, key, keyIsNull: false, [], valueIsNull: true);
        using IEngineTransaction step = log.BeginTransaction();
        step.Append("prices", Murmur2.Partition(key, 2), batch);
        await step.CommitAsync();
    }

    private static void Priced(AppBuilder app)
    {
        TopicRef<Bid> bids = app.Topic<Bid, BidCodec>(new TopicDeclaration("bids", 2));
        TopicRef<Bid> prices = app.Topic<Bid, BidCodec>(new TopicDeclaration("prices", 2, Cleanup.Compact));
        TopicRef<Bid> priced = app.Topic<Bid, BidCodec>(new TopicDeclaration("priced", 2));
        StageRef pricing = app.Stage<Pricing>();
        app.Read(bids, pricing);
        app.Table(prices, pricing);
        app.Write(pricing, priced);
    }
}
