using Flowgen.Log;

namespace Flowgen.Runtime.Tests.Engine;

/// <summary>Where an app that has never run begins.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task An_app_that_starts_at_the_latest_passes_what_was_there_and_then_misses_nothing()
    {
        TestApp app = new(new MemoryLog());
        List<Bid> bids = Bids.Make(300);
        await app.WriteBidsAsync(3, bids.GetRange(0, 100));
        await using (FlowEngine engine = app.Engine(DoubledFromTheEnd))
        {
            Task running = engine.RunAsync();
            await engine.SettleAsync();
            Assert.Empty(app.Read<Bid, BidCodec>("doubled"));
            await app.WriteBidsAsync(3, bids.GetRange(100, 100));
            await engine.SettleAsync();
            Assert.Equal(100, app.Read<Bid, BidCodec>("doubled").Count);
            await engine.StopAsync();
            await running;
        }

        await app.WriteBidsAsync(3, bids.GetRange(200, 100));
        await app.RunToEndAsync(DoubledFromTheEnd);

        Assert.Equal(200, app.Read<Bid, BidCodec>("doubled").Count);
    }

    [Fact]
    public async Task Where_it_began_is_kept_even_if_nothing_came_before_it_stopped()
    {
        TestApp app = new(new MemoryLog());
        List<Bid> bids = Bids.Make(200);
        await app.WriteBidsAsync(3, bids.GetRange(0, 100));
        await using (FlowEngine engine = app.Engine(DoubledFromTheEnd))
        {
            Task running = engine.RunAsync();
            await engine.SettleAsync();
            await engine.StopAsync();
            await running;
        }

        await app.WriteBidsAsync(3, bids.GetRange(100, 100)); // while it is down
        await app.RunToEndAsync(DoubledFromTheEnd);

        Assert.Equal(100, app.Read<Bid, BidCodec>("doubled").Count);
    }

    [Theory]
    [InlineData("../app")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("nul")]
    [InlineData("an app")]
    public void An_app_whose_name_cannot_be_that_of_a_group_is_refused_before_it_creates_a_topic(string name)
    {
        MemoryLog log = new();
        AppBuilder app = new();
        DoubledFromTheEnd(app);

        InvalidTopicNameException error = Assert.Throws<InvalidTopicNameException>(() => FlowEngine.Create(new AppInfo(name, 5, ""), app, log, null, null));

        Assert.Contains("cannot be the name of a flow app", error.Message, StringComparison.Ordinal);
        Assert.Empty(log.Topics);
    }

    [Fact]
    public async Task Where_it_began_is_kept_even_if_nothing_came_before_it_was_killed()
    {
        MemoryLog log = new();
        TestApp app = new(log);
        List<Bid> bids = Bids.Make(200);
        await app.WriteBidsAsync(3, bids.GetRange(0, 100));
        await using (FlowEngine engine = app.Engine(DoubledFromTheEnd))
        {
            long before = log.CommitVersion;
            Task running = engine.RunAsync();
            await log.WaitForCommitAsync(before, CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromMinutes(1));
            await engine.DisposeAsync(); // commits nothing more
            await Assert.ThrowsAsync<OperationCanceledException>(() => running);
        }

        await app.WriteBidsAsync(3, bids.GetRange(100, 100)); // while it is down
        await app.RunToEndAsync(DoubledFromTheEnd);

        Assert.Equal(100, app.Read<Bid, BidCodec>("doubled").Count);
    }

    private static void DoubledFromTheEnd(AppBuilder app)
    {
        TopicRef<Bid> bids = app.Topic<Bid, BidCodec>(new TopicDeclaration("bids", 3));
        TopicRef<Bid> doubled = app.Topic<Bid, BidCodec>(new TopicDeclaration("doubled", 3));
        StageRef doubling = app.Stage<Doubling>();
        app.Read(bids, doubling, start: StartAt.Latest);
        app.Write(doubling, doubled);
    }
}
