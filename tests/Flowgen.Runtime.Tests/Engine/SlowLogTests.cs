using System.Buffers;
using Flowgen.Log;
using Flowgen.TestKit;

namespace Flowgen.Runtime.Tests.Engine;

/// <summary>Full input in front of a log that commits slowly: what waits is bounded. FLOWGEN_SCALE multiplies the records.</summary>
[Collection(nameof(Alone))]
public sealed class SlowLogTests
{
    private const int Partitions = 2;
    private const int BatchRecords = 1_000;
    private const int Repetitions = 1_000;
    private const long EpochBytes = 1024 * 1024;
    private const long Slack = 8 * 1024 * 1024; // far below the 64 MiB that are promised

    private static readonly TimeSpan DiskTime = TimeSpan.FromMilliseconds(4); // what the disk takes for a commit

    [Theory]
    [InlineData("results")]
    [InlineData("state")]
    public async Task What_waits_for_a_slow_commit_stays_within_its_bound_and_no_record_allocates(string kind)
    {
        FlowEngineOptions options = new() { Workers = 2, MaxEpochBytes = EpochBytes, MaxInFlightBytes = EpochBytes };
        Action<AppBuilder> app = kind == "results" ? BoundedRunTests.Doubled : BoundedRunTests.Totalled;
        await RunAsync(app, options, 200);
        GC.Collect();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long allocated = GC.GetTotalAllocatedBytes(precise: true);

        SlowLog log = await RunAsync(app, options, Repetitions * Scale.Factor);

        long records = (long)Repetitions * Scale.Factor * Partitions * BatchRecords;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        long bound = (options.MaxCommitsInFlight + 2) * EpochBytes + Slack;
        Assert.InRange(log.MostWaiting, 1, (options.MaxCommitsInFlight + 2) * EpochBytes);
        Assert.True(log.MostHeap - before < bound, $"{log.MostHeap - before} bytes more, {bound} allowed.");
        if (kind == "results") Assert.True(allocated < 8 * records, $"{records} records allocated {allocated} bytes.");
    }

    private static async Task<SlowLog> RunAsync(Action<AppBuilder> app, FlowEngineOptions options, int repetitions)
    {
        SlowLog log = new(new RepeatingLog(BidsOf, Partitions, repetitions));
        await using FlowEngine engine = new TestApp(log).Engine(app, options);
        await engine.RunToEndAsync();
        Assert.Equal((long)repetitions * Partitions * BatchRecords, engine.GetStatistics().Records);
        return log;
    }

    private static BatchBuilder BidsOf(int partition)
    {
        BatchBuilder batch = new();
        RecordEncoder<Bid, BidCodec>.Start(batch, 1);
        Bid[] bids = [.. Bids.Make(BatchRecords * 4).Where(bid => Murmur2.ToPartition(BidCodec.PartitionHash(in bid), Partitions) == partition).Take(BatchRecords)];
        RecordEncoder<Bid, BidCodec>.AddFixed(batch, BidCodec.Layout!, bids, []);
        return batch;
    }

    /// <summary>Keeps the bytes of a transaction until its commit has taken its time.</summary>
    private sealed class SlowLog(RepeatingLog inner) : IEngineLog
    {
        private long _waiting;

        public long MostWaiting { get; private set; }

        public long MostHeap { get; private set; }

        public long CommitVersion => inner.CommitVersion;

        public int EnsureTopic(TopicDeclaration topic) => inner.EnsureTopic(topic);

        public int RegisterSchema(string topic, ReadOnlySpan<byte> schema) => inner.RegisterSchema(topic, schema);

        public byte[] GetSchema(string topic, int schemaId) => inner.GetSchema(topic, schemaId);

        public OffsetRange GetOffsets(string topic, int partition) => inner.GetOffsets(topic, partition);

        public CommittedPosition? GetCommitted(string group, string topic, int partition) => inner.GetCommitted(group, topic, partition);

        public IEngineReader OpenReader(string topic, int partition, long offset) => inner.OpenReader(topic, partition, offset);

        public IEngineTransaction BeginTransaction() => new Slow(this, inner.BeginTransaction());

        public void DeleteRecordsBefore(string topic, int partition, long offset) => inner.DeleteRecordsBefore(topic, partition, offset);

        public ValueTask WaitForCommitAsync(long afterVersion, CancellationToken cancellationToken) => inner.WaitForCommitAsync(afterVersion, cancellationToken);

        private sealed class Slow(SlowLog log, IEngineTransaction inner) : IEngineTransaction
        {
            private readonly List<byte[]> _bytes = [];
            private long _size;

            public void Append(string topic, int partition, BatchBuilder batch)
            {
                _bytes.Add(ArrayPool<byte>.Shared.Rent(batch.SizeInBytes));
                _size += batch.SizeInBytes;
                Interlocked.Add(ref log._waiting, batch.SizeInBytes);
            }

            public void SetOffset(string group, string topic, int partition, CommittedPosition position) => inner.SetOffset(group, topic, partition, position);

            public async ValueTask CommitAsync()
            {
                await Task.Delay(DiskTime);
                log.MostWaiting = Math.Max(log.MostWaiting, Interlocked.Read(ref log._waiting));
                log.MostHeap = Math.Max(log.MostHeap, GC.GetTotalMemory(forceFullCollection: false));
                await inner.CommitAsync();
            }

            public void Dispose()
            {
                foreach (byte[] bytes in _bytes) ArrayPool<byte>.Shared.Return(bytes);
                _bytes.Clear();
                Interlocked.Add(ref log._waiting, -_size);
                _size = 0;
                inner.Dispose();
            }
        }
    }
}
