namespace Flowgen.Runtime.Tests.Engine;

/// <summary>Waiting until what is there has been processed.</summary>
public sealed class SettleTests
{
    [Fact]
    public async Task Input_that_never_ends_does_not_keep_who_waits_for_what_was_there()
    {
        MemoryLog memory = new();
        TestApp app = new(memory);
        List<Bid> bids = Bids.Make(300);
        await app.WriteBidsAsync(3, bids);
        HookedLog endless = new(memory) { BeforeCommit = async () => await app.WriteBidsAsync(3, bids) };
        await using FlowEngine engine = new TestApp(endless).Engine(BoundedRunTests.Doubled, new FlowEngineOptions { CommitEvery = TimeSpan.FromHours(1) });
        Task running = engine.RunAsync();

        await engine.SettleAsync().WaitAsync(TimeSpan.FromMinutes(1));

        Assert.InRange(app.Read<Bid, BidCodec>("doubled").Count, 300, int.MaxValue);
        await engine.DisposeAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task What_comes_while_it_settles_does_not_prolong_the_epoch()
    {
        MemoryLog memory = new();
        TestApp app = new(memory);
        List<Bid> bids = Bids.Make(30);
        await app.WriteBidsAsync(3, bids);
        HookedLog endless = new(memory) { BeforeRead = () => app.WriteBidsAsync(3, bids).GetAwaiter().GetResult() };
        await using FlowEngine engine = new TestApp(endless).Engine(BoundedRunTests.Doubled, new FlowEngineOptions { Workers = 1, CommitEvery = TimeSpan.FromHours(1), MaxEpochBytes = long.MaxValue });
        Task running = engine.RunAsync();

        await engine.SettleAsync().WaitAsync(TimeSpan.FromMinutes(1));

        await engine.DisposeAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Settling_reads_no_more_than_may_be_on_its_way()
    {
        TestApp app = new(new MemoryLog());
        List<Bid> bids = Bids.Make(20_000);
        await app.WriteBidsAsync(3, bids, batch: 50);
        await using FlowEngine engine = app.Engine(BoundedRunTests.TwoCounts, new FlowEngineOptions { Workers = 2, MaxInFlightBytes = 1, CommitEvery = TimeSpan.FromHours(1) });
        Task running = engine.RunAsync();

        await engine.SettleAsync();

        Assert.Equal(bids.Count, engine.GetStatistics().Records);
        await engine.StopAsync();
        await running;
    }
}
