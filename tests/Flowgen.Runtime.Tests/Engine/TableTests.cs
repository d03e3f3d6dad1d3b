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

    [Fact]
    public async Task A_row_that_cannot_be_read_before_the_first_record_stops_the_app_and_is_named()
    {
        MemoryLog log = new();
        TestApp app = new(log);
        await app.WriteAsync<Bid, BidCodec>("prices", 2, [new Bid(1, 0, 10, 0), new Bid(2, 0, 20, 0)]);
        (int partition, long offset) = await WriteRowAsync(log, auction: 1, [0xFF, 0xFF]);

        RecordFormatException failed = await Assert.ThrowsAsync<RecordFormatException>(() => app.RunToEndAsync(Priced));

        Assert.Contains($"'Bid' at prices/{partition}, offset {offset} cannot be read", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_while_the_app_runs_stops_it_and_is_named()
    {
        MemoryLog log = new();
        TestApp app = new(log);
        await app.WriteAsync<Bid, BidCodec>("prices", 2, Bids.Make(400));
        await using FlowEngine engine = app.Engine(Priced, new FlowEngineOptions { Workers = 2, CommitEvery = TimeSpan.FromMilliseconds(2) });
        Task running = engine.RunAsync();
        await engine.SettleAsync();

        (int partition, long offset) = await WriteRowAsync(log, auction: 1, [0xFF, 0xFF]);

        RecordFormatException failed = await Assert.ThrowsAsync<RecordFormatException>(() => running);
        Assert.Contains($"'Bid' at prices/{partition}, offset {offset} cannot be read", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tombstone_whose_key_cannot_be_read_stops_the_app_and_is_named()
    {
        MemoryLog log = new();
        TestApp app = new(log);
        await app.WriteAsync<Bid, BidCodec>("prices", 2, [new Bid(1, 0, 10, 0)]);
        BatchBuilder batch = new();
        batch.StartVariable(1);
        batch.Add(0, "no key"u8, keyIsNull: false, [], valueIsNull: true);
        (int partition, long offset) = await AppendAsync(log, batch, partition: 1);

        RecordFormatException failed = await Assert.ThrowsAsync<RecordFormatException>(() => app.RunToEndAsync(Priced));

        Assert.Contains($"The key of 'Bid' at prices/{partition}, offset {offset} cannot be read", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_throws_on_a_row_stops_the_app_and_names_the_row()
    {
        MemoryLog log = new();
        TestApp app = new(log);
        await app.WriteAsync<Bid, BidCodec>("prices", 2, [new Bid(1, 0, 10, 0), new Bid(2, 0, 20, 0)]);
        await app.WriteAsync<Bid, BidCodec>("prices", 2, [new Bid(1, 0, -1, 0)]);

        StageFailedException failed = await Assert.ThrowsAsync<StageFailedException>(() => app.RunToEndAsync(Priced));

        Assert.Equal(("pricing", "prices"), (failed.Stage, failed.Topic));
        Assert.Equal(failed.FirstOffset, failed.LastOffset);
        Assert.Equal(log.GetOffsets("prices", failed.Partition).Next - 1, failed.LastOffset);
    }

    private static Task<(int Partition, long Offset)> RemoveAsync(MemoryLog log, long auction) => WriteRowAsync(log, auction, value: null);

    /// <summary>Appends a row as raw bytes, or a tombstone.</summary>
    private static Task<(int Partition, long Offset)> WriteRowAsync(MemoryLog log, long auction, byte[]? value)
    {
        BatchBuilder batch = new();
        byte[] key = new byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(key, auction);
        batch.StartVariable(1);
        batch.Add(0, key, keyIsNull: false, value, valueIsNull: value is null);
        return AppendAsync(log, batch, Murmur2.Partition(key, 2));
    }

    private static async Task<(int Partition, long Offset)> AppendAsync(MemoryLog log, BatchBuilder batch, int partition)
    {
        using IEngineTransaction step = log.BeginTransaction();
        step.Append("prices", partition, batch);
        await step.CommitAsync();
        return (partition, log.GetOffsets("prices", partition).Next - 1);
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
