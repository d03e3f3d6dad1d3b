using Flowgen.Log;

namespace Flowgen.Runtime.Tests.Engine;

/// <summary>Records that are removed before the app has read them.</summary>
public sealed class RemovedInputTests
{
    private const int Removed = 30;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task By_default_the_app_stops_and_says_what_it_missed(bool whileItRuns)
    {
        MemoryLog log = new();
        TestApp app = new(log);

        OffsetOutOfRangeException refused = await Assert.ThrowsAsync<OffsetOutOfRangeException>(() => MissAsync(app, whileItRuns, new FlowEngineOptions()));

        Assert.Contains($"'{TestApp.Name}' goes on at offset 100 of 'bids' partition 0, but its records start at {100 + Removed}", refused.Message, StringComparison.Ordinal);
        Assert.Equal(100, app.Read<Bid, BidCodec>("doubled").Count);
    }

    [Theory]
    [InlineData(false, AutoOffsetReset.Earliest, 100 - Removed)]
    [InlineData(true, AutoOffsetReset.Earliest, 100 - Removed)]
    [InlineData(false, AutoOffsetReset.Latest, 0)]
    [InlineData(true, AutoOffsetReset.Latest, 0)]
    public async Task On_request_it_goes_on_without_them_and_counts_them(bool whileItRuns, AutoOffsetReset reset, int left)
    {
        TestApp app = new(new MemoryLog());

        FlowEngineStatistics statistics = await MissAsync(app, whileItRuns, new FlowEngineOptions { AutoOffsetReset = reset });

        Assert.Equal(100 + left, app.Read<Bid, BidCodec>("doubled").Count);
        Assert.Equal(100 - left, Assert.Single(statistics.Inputs).Skipped);
        Assert.Equal(200, app.Log.GetCommitted(TestApp.Name, "bids", 0)!.Value.Offset);
    }

    [Fact]
    public async Task A_log_that_is_older_than_the_offsets_of_the_app_is_refused_whatever_is_asked_for()
    {
        MemoryLog log = new();
        TestApp app = new(log);
        await app.WriteBidsAsync(1, Bids.Make(100));
        using (IEngineTransaction step = log.BeginTransaction())
        {
            step.SetOffset(TestApp.Name, "bids", 0, new CommittedPosition(101, ""));
            await step.CommitAsync();
        }

        OffsetOutOfRangeException refused = await Assert.ThrowsAsync<OffsetOutOfRangeException>(() => app.RunToEndAsync(Doubled, new FlowEngineOptions { AutoOffsetReset = AutoOffsetReset.Earliest }));

        Assert.Contains("up to offset 101, but the partition ends at 100", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Processes 100 bids; of 100 more the first are removed before the app reads them.</summary>
    private static async Task<FlowEngineStatistics> MissAsync(TestApp app, bool whileItRuns, FlowEngineOptions options)
    {
        List<Bid> bids = Bids.Make(200);
        await app.WriteBidsAsync(1, bids.GetRange(0, 100));
        HookedLog log = new(app.Log);
        await using FlowEngine engine = new TestApp(log).Engine(Doubled, options);
        Task running = engine.RunAsync();
        await engine.SettleAsync();
        if (!whileItRuns)
        {
            await engine.StopAsync();
            await running;
        }

        if (whileItRuns) log.BeforeRead = () => app.Log.DeleteRecordsBefore("bids", 0, app.Log.GetOffsets("bids", 0).Next > 100 ? 100 + Removed : 0);
        await app.WriteBidsAsync(1, bids.GetRange(100, 100));
        if (!whileItRuns)
        {
            app.Log.DeleteRecordsBefore("bids", 0, 100 + Removed);
            running = engine.RunAsync();
        }

        await engine.SettleAsync();
        await engine.StopAsync();
        await running;
        return engine.GetStatistics();
    }

    private static void Doubled(AppBuilder app)
    {
        TopicRef<Bid> bids = app.Topic<Bid, BidCodec>(new TopicDeclaration("bids", 1));
        TopicRef<Bid> doubled = app.Topic<Bid, BidCodec>(new TopicDeclaration("doubled", 1));
        StageRef doubling = app.Stage<Doubling>();
        app.Read(bids, doubling);
        app.Write(doubling, doubled);
    }
}
