using Flowgen.Log;
using Flowgen.TestKit;
using Xunit.Abstractions;

namespace Flowgen.Runtime.Tests.Engine;

/// <summary>Full input in front of the embedded log on a disk that cannot keep up: results, an exchange and changing state of one app at once.
/// The disk decides how long it takes: about 1 minute, and FLOWGEN_SCALE=30 half an hour.</summary>
[Collection(nameof(Alone))]
public sealed class SlowSinkTests(ITestOutputHelper output)
{
    private const int Partitions = 2;
    private const int BatchRecords = 10_000;
    private const int WarmUp = 30;
    private const int Repetitions = 900;
    private const long MiB = 1024 * 1024;
    private const long Allowance = 64 * MiB;

    private static readonly TimeSpan SyncTime = TimeSpan.FromMilliseconds(20);
    private static readonly FlowEngineOptions Options = new() { Workers = 2, Partitions = Partitions, MaxEpochBytes = MiB, MaxInFlightBytes = MiB };

    [Fact]
    public async Task A_slow_disk_under_full_input_keeps_the_heap_within_its_bound_and_no_record_allocates()
    {
        await RunAsync(WarmUp);
        Outcome few = await RunAsync(WarmUp);
        long heap = GC.GetTotalMemory(forceFullCollection: true); // behind the other run: what it has left is not of this one

        Outcome many = await RunAsync(Repetitions * Scale.Factor);

        long bound = ((Options.MaxCommitsInFlight + 1) * Options.MaxEpochBytes) + Options.MaxInFlightBytes + Allowance;
        double each = (many.Allocated - few.Allocated) / (double)(many.Records - few.Records);
        output.WriteLine($"{many.Records} records, {many.Commits} commits, {(many.MostHeap - heap) / (double)MiB:F1} MiB of heap more, {bound / MiB} allowed, {few.Allocated / (double)MiB:F1} MiB allocated by a short run, {each:F2} bytes allocated for each record");
        Assert.True(many.Commits > many.Records * 32 / (4 * Options.MaxEpochBytes), $"Only {many.Commits} commits: the epochs were too large.");
        Assert.True(many.MostHeap - heap < bound, $"{many.MostHeap - heap} bytes more, {bound} allowed.");
        Assert.True(each < 1, $"{each} bytes for each record."); // the smallest object has 24; a commit costs some KiB
    }

    /// <summary>Runs the app to the end of its input on a log of its own.</summary>
    private static async Task<Outcome> RunAsync(int repetitions)
    {
        long mostHeap = 0;
        SlowDisk disk = new(SyncTime, () => InterlockedMax(ref mostHeap, GC.GetTotalMemory(forceFullCollection: false)));
        string directory = Directory.CreateTempSubdirectory("flowgen-slow-").FullName;
        try
        {
            using FlowLog log = FlowLog.Open(directory, new FlowLogOptions { RetentionCheckInterval = TimeSpan.FromSeconds(1) }, disk);
            log.CreateTopic("doubled", new TopicSettings(Partitions) { SegmentBytes = 8 * MiB, RetentionBytes = 32 * MiB });
            RepeatingLog bids = new(BidsOf, Partitions, repetitions);
            await using FlowEngine engine = new TestApp(new FedLog(new EmbeddedLog(log), bids)).Engine(Describe, Options);
            long before = GC.GetTotalAllocatedBytes(precise: true);
            await engine.RunToEndAsync();
            long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
            FlowEngineStatistics statistics = engine.GetStatistics();
            Assert.Equal((long)repetitions * Partitions * BatchRecords, statistics.Records);
            return new Outcome(statistics.Records, statistics.Commits, mostHeap, allocated);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void Describe(AppBuilder app)
    {
        TopicRef<Bid> bids = app.Topic<Bid, BidCodec>(new TopicDeclaration("bids", Partitions));
        TopicRef<Bid> doubled = app.Topic<Bid, BidCodec>(new TopicDeclaration("doubled", Partitions));
        StageRef doubling = app.Stage<Doubling>();
        StageRef counting = app.Stage<CountByAuction>();
        StageRef totals = app.Stage<Totals>();
        app.Read(bids, doubling);
        app.Write(doubling, doubled);
        app.Read(bids, counting);
        app.Exchange(bids, totals, "totals.bid");
    }

    private static BatchBuilder BidsOf(int partition)
    {
        BatchBuilder batch = new();
        RecordEncoder<Bid, BidCodec>.Start(batch, 1);
        Bid[] bids = [.. Bids.Make(BatchRecords * 4).Select((bid, i) => bid with { Bidder = i }).Where(bid => Murmur2.ToPartition(BidCodec.PartitionHash(in bid), Partitions) == partition).Take(BatchRecords)];
        RecordEncoder<Bid, BidCodec>.AddFixed(batch, BidCodec.Layout!, bids, []);
        return batch;
    }

    private static void InterlockedMax(ref long most, long value)
    {
        for (long seen = Volatile.Read(ref most); value > seen;)
        {
            long before = Interlocked.CompareExchange(ref most, value, seen);
            if (before == seen) return;
            seen = before;
        }
    }

    private sealed record Outcome(long Records, long Commits, long MostHeap, long Allocated);
}
