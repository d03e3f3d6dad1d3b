using Flowgen.Log;

namespace Flowgen.Runtime.Tests.Engine;

/// <summary>Tests that measure what the whole process allocates run alone.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(Alone))]
public sealed class AllocationTests
{
    private const int Partitions = 2;
    private const int BatchRecords = 1_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_record_that_is_viewed_counted_and_sent_through_an_exchange_allocates_nothing(int workers) =>
        await AssertNothingPerRecordAsync(BoundedRunTests.TwoCounts, BidsOf, workers);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_record_that_is_mapped_and_encoded_allocates_nothing(int workers) =>
        await AssertNothingPerRecordAsync(BoundedRunTests.Doubled, BidsOf, workers);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_record_with_text_that_is_decoded_sent_through_an_exchange_and_encoded_allocates_nothing(int workers) =>
        await AssertNothingPerRecordAsync(app => BoundedRunTests.Echoed(app, Partitions), PhrasesOf, workers);

    /// <summary>A commit costs the same however many records are in it: transaction, offsets with their notes, tasks.</summary>
    [Fact]
    public async Task A_commit_has_a_fixed_cost_of_less_than_16_KiB()
    {
        FlowEngineOptions often = new() { Workers = 1, MaxEpochBytes = 100_000, CommitEvery = TimeSpan.FromHours(1) };
        await MeasureAsync(BoundedRunTests.Doubled, BidsOf, often, 500);
        (long fewBytes, long fewCommits) = await MeasureAsync(BoundedRunTests.Doubled, BidsOf, often, 500);
        (long manyBytes, long manyCommits) = await MeasureAsync(BoundedRunTests.Doubled, BidsOf, often, 2_500);

        Assert.True(manyCommits > fewCommits + 100, $"Only {manyCommits} commits.");
        long each = (manyBytes - fewBytes) / (manyCommits - fewCommits);
        Assert.True(each < 16 * 1024, $"A commit allocated {each} bytes.");
    }

    /// <summary>The smallest object has 24 bytes; batches of exchanges that happen to be on their way at once, and what the runtime itself does meanwhile, stay far below 2 bytes for each record.</summary>
    private static async Task AssertNothingPerRecordAsync(Action<AppBuilder> app, Func<int, BatchBuilder> batchOf, int workers)
    {
        FlowEngineOptions options = new() { Workers = workers, MaxInFlightBytes = 256 * 1024, MaxEpochBytes = long.MaxValue, CommitEvery = TimeSpan.FromHours(1) };
        await MeasureAsync(app, batchOf, options, 200);
        (long few, _) = await MeasureAsync(app, batchOf, options, 200);
        (long many, _) = await MeasureAsync(app, batchOf, options, 1_200);

        long records = 1_000L * Partitions * BatchRecords;
        Assert.True(many - few < 2 * records, $"{records} more records allocated {many - few} more bytes.");
    }

    private static async Task<(long Bytes, long Commits)> MeasureAsync(Action<AppBuilder> app, Func<int, BatchBuilder> batchOf, FlowEngineOptions options, int repetitions)
    {
        RepeatingLog log = new(batchOf, Partitions, repetitions);
        await using FlowEngine engine = new TestApp(log).Engine(app, options);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        await engine.RunToEndAsync();
        long after = GC.GetTotalAllocatedBytes(precise: true);
        Assert.Equal((long)repetitions * Partitions * BatchRecords, engine.GetStatistics().Records);
        return (after - before, log.Commits);
    }

    private static BatchBuilder BidsOf(int partition)
    {
        BatchBuilder batch = new();
        RecordEncoder<Bid, BidCodec>.Start(batch, 1);
        Bid[] bids = [.. Bids.Make(BatchRecords * 4).Where(bid => Murmur2.ToPartition(BidCodec.PartitionHash(in bid), Partitions) == partition).Take(BatchRecords)];
        RecordEncoder<Bid, BidCodec>.AddFixed(batch, BidCodec.Layout!, bids, []);
        return batch;
    }

    private static BatchBuilder PhrasesOf(int partition)
    {
        BatchBuilder batch = new();
        RecordEncoder<Phrase, PhraseCodec>.Start(batch, 1);
        for (int i = 0; i < BatchRecords; i++) RecordEncoder<Phrase, PhraseCodec>.Add(batch, new Phrase($"phrase {partition} {i}", Trace: null), i);
        return batch;
    }
}
