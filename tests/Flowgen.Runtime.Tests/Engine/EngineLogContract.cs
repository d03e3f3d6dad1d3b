using Flowgen.Log;

namespace Flowgen.Runtime.Tests.Engine;

/// <summary>What the engine relies on, for every log behind its interface.</summary>
public abstract class EngineLogContract
{
    private readonly BatchBuilder _batch = new();

    protected abstract IEngineLog Log { get; }

    [Fact]
    public void A_topic_is_created_once_and_keeps_its_partitions()
    {
        Assert.Equal(3, Log.EnsureTopic(new TopicDeclaration("orders", 3)));
        Assert.Equal(3, Log.EnsureTopic(new TopicDeclaration("orders", 5)));
    }

    [Fact]
    public void Equal_schemas_have_the_same_number_and_can_be_found_by_it()
    {
        Log.EnsureTopic(new TopicDeclaration("orders", 1));

        int first = Log.RegisterSchema("orders", [1, 2, 3]);
        int second = Log.RegisterSchema("orders", [4]);

        Assert.Equal(first, Log.RegisterSchema("orders", [1, 2, 3]));
        Assert.NotEqual(first, second);
        Assert.Equal([1, 2, 3], Log.GetSchema("orders", first));
        Assert.Equal([4], Log.GetSchema("orders", second));
    }

    [Fact]
    public async Task What_is_committed_is_read_in_the_order_of_the_commits()
    {
        Log.EnsureTopic(new TopicDeclaration("orders", 2));
        using IEngineTransaction first = Log.BeginTransaction();
        using IEngineTransaction second = Log.BeginTransaction();
        second.Append("orders", 0, Batch(3));
        first.Append("orders", 0, Batch(1, 2));
        first.Append("orders", 1, Batch(9));
        await first.CommitAsync();
        await second.CommitAsync();

        Assert.Equal([(0, 1), (1, 2), (2, 3)], Read("orders", 0, 0));
        Assert.Equal([(0, 9)], Read("orders", 1, 0));
        Assert.Equal(new OffsetRange(0, 3), Log.GetOffsets("orders", 0));
    }

    [Fact]
    public void Nothing_of_a_step_that_was_not_committed_is_seen()
    {
        Log.EnsureTopic(new TopicDeclaration("orders", 1));
        using (IEngineTransaction dropped = Log.BeginTransaction())
        {
            dropped.Append("orders", 0, Batch(1));
            dropped.SetOffset("app", "orders", 0, new CommittedPosition(1, ""));
        }

        Assert.Empty(Read("orders", 0, 0));
        Assert.Null(Log.GetCommitted("app", "orders", 0));
    }

    [Fact]
    public async Task A_position_and_its_note_are_found_again()
    {
        Log.EnsureTopic(new TopicDeclaration("orders", 1));
        using IEngineTransaction step = Log.BeginTransaction();
        step.SetOffset("app", "orders", 0, new CommittedPosition(7, "newest=12"));
        await step.CommitAsync();

        Assert.Equal(new CommittedPosition(7, "newest=12"), Log.GetCommitted("app", "orders", 0));
        Assert.Null(Log.GetCommitted("other", "orders", 0));
    }

    [Fact]
    public async Task A_reader_starts_inside_a_batch()
    {
        Log.EnsureTopic(new TopicDeclaration("orders", 1));
        await CommitAsync("orders", Batch(1, 2, 3));
        await CommitAsync("orders", Batch(4));

        Assert.Equal([(1, 2), (2, 3), (3, 4)], Read("orders", 0, 1));
        Assert.Empty(Read("orders", 0, 4));
    }

    [Fact]
    public async Task Records_before_an_offset_can_be_deleted()
    {
        Log.EnsureTopic(new TopicDeclaration("orders", 1));
        await CommitAsync("orders", Batch(1, 2));
        await CommitAsync("orders", Batch(3));

        Log.DeleteRecordsBefore("orders", 0, 2);

        OffsetRange left = Log.GetOffsets("orders", 0);
        Assert.InRange(left.First, 0, 2);
        Assert.Equal([(2, 3)], Read("orders", 0, 2));
    }

    [Fact]
    public async Task A_wait_ends_with_the_next_commit()
    {
        Log.EnsureTopic(new TopicDeclaration("orders", 1));
        long version = Log.CommitVersion;
        ValueTask waiting = Log.WaitForCommitAsync(version, CancellationToken.None);
        Assert.False(waiting.IsCompleted);

        await CommitAsync("orders", Batch(1));

        await waiting;
        Assert.True(Log.CommitVersion > version);
        await Log.WaitForCommitAsync(version, CancellationToken.None);
    }

    [Fact]
    public async Task A_wait_can_be_cancelled()
    {
        using CancellationTokenSource cancelled = new();
        ValueTask waiting = Log.WaitForCommitAsync(Log.CommitVersion, cancelled.Token);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(waiting.AsTask);
    }

    private BatchBuilder Batch(params ReadOnlySpan<byte> values)
    {
        _batch.StartVariable(schemaId: 0);
        foreach (byte value in values) _batch.Add(value, [value], keyIsNull: false, [value], valueIsNull: false);
        return _batch;
    }

    private async Task CommitAsync(string topic, BatchBuilder batch)
    {
        using IEngineTransaction step = Log.BeginTransaction();
        step.Append(topic, 0, batch);
        await step.CommitAsync();
    }

    private List<(long Offset, int Value)> Read(string topic, int partition, long offset)
    {
        List<(long Offset, int Value)> read = [];
        using IEngineReader reader = Log.OpenReader(topic, partition, offset);
        while (reader.TryRead(out RecordBatch batch))
        {
            for (int i = batch.FirstIndex; i < batch.Count; i++) read.Add((batch[i].Offset, batch[i].Value[0]));
        }

        return read;
    }
}

public sealed class MemoryLogTests : EngineLogContract
{
    protected override IEngineLog Log { get; } = new MemoryLog();
}

public sealed class EmbeddedLogTests : EngineLogContract, IDisposable
{
    private readonly LogDirectory _directory = new();

    public EmbeddedLogTests() => Log = new EmbeddedLog(_directory.Log);

    protected override IEngineLog Log { get; }

    public void Dispose() => _directory.Dispose();
}
