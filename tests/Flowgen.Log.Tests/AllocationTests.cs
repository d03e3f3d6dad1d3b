using Flowgen.Log.Commits;
using Flowgen.Log.Files;
using Flowgen.Log.Tests.Support;

namespace Flowgen.Log.Tests;

/// <summary>In steady state no record costs memory; a commit has a fixed cost.</summary>
public sealed class AllocationTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FlowLog _log;
    private readonly BatchBuilder _batch = new();

    public AllocationTests()
    {
        _log = FlowLog.Open(_directory.Path, new FlowLogOptions { Durability = Durability.OsBuffered }, FileSystems.ForThisMachine, CommitMode.Inline);
        _log.CreateTopic("t", new TopicSettings());
    }

    public void Dispose()
    {
        _log.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Reading_batches_and_records_allocates_nothing()
    {
        for (int i = 0; i < 200; i++)
            Commit(batches: 1, records: 200);

        // A collection that other tests cause charges this thread with what is left of its allocation context; what a record costs is in every pass.
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => AllocatedByReading()));
    }

    private long AllocatedByReading()
    {
        using var reader = _log.OpenReader("t", 0, 0);
        Assert.True(reader.TryRead(out _)); // opens the segment and makes the window
        Assert.Equal(200, ReadRecords(reader, batches: 1)); // first call of everything

        long before = GC.GetAllocatedBytesForCurrentThread();
        long records = ReadRecords(reader, batches: 190);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(190 * 200, records);
        return allocated;
    }

    [Fact]
    public void A_commit_costs_the_same_however_many_records_it_has()
    {
        for (int i = 0; i < 20; i++)
            Commit(batches: 10, records: 1_000); // warms up and fills the pool of chunks
        Commit(batches: 10, records: 10);

        long few = Allocated(() => Commit(batches: 10, records: 10));
        long many = Allocated(() => Commit(batches: 10, records: 1_000));

        Assert.InRange(many - few, 0, 1_000); // 9,900 more records
        Assert.InRange(few, 1, 8_000);
    }

    [Fact]
    public void Building_a_batch_allocates_nothing()
    {
        Fill(1_000);
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => Allocated(() => Fill(1_000))));
    }

    private static long Allocated(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static long ReadRecords(PartitionReader reader, int batches)
    {
        long records = 0;
        for (int i = 0; i < batches && reader.TryRead(out var batch); i++)
        {
            for (int r = 0; r < batch.Count; r++)
            {
                var record = batch[r];
                if (record.Value.Length == 100 && record.Timestamp == 5 && record.Key.Length == 4 && !record.Headers.TryGet("none", out _))
                    records++;
            }
        }

        return records;
    }

    private void Fill(int records)
    {
        _batch.Clear();
        Span<byte> value = stackalloc byte[100];
        value.Clear();
        for (int i = 0; i < records; i++)
            _batch.Add(5, value[..4], keyIsNull: false, value, valueIsNull: false);
    }

    private void Commit(int batches, int records)
    {
        using var transaction = _log.BeginTransaction();
        for (int i = 0; i < batches; i++)
        {
            Fill(records);
            transaction.Append("t", 0, _batch);
        }

        Assert.True(transaction.CommitAsync().AsTask().IsCompletedSuccessfully);
    }
}
