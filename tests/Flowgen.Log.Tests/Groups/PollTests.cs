using Flowgen.Log.Commits;
using Flowgen.Log.Tests.Support;

namespace Flowgen.Log.Tests.Groups;

/// <summary>A poll hands out what it has taken, whatever happens in the middle of it, and before anything of it can be committed.</summary>
public sealed class PollTests : IDisposable
{
    private static readonly TopicPartition First = new("t", 0);
    private static readonly TopicPartition Second = new("t", 1);
    private readonly TemporaryDirectory _directory = new();
    private readonly FaultyFiles _files = new();
    private readonly FlowLog _log;

    public PollTests()
    {
        _log = FlowLog.Open(_directory.Path, null, _files, CommitMode.Inline);
        _log.CreateTopic("t", new TopicSettings(Partitions: 2));
        _log.Append("t", 0, "a0", "a1");
        _log.Append("t", 1, "b0", "b1");
    }

    public void Dispose()
    {
        _log.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void What_is_taken_before_a_partition_fails_is_handed_out_and_the_next_poll_fails()
    {
        _log.CommitOffset("g", "t", 0, 0, "");
        using var consumer = _log.CreateConsumer(new ConsumerOptions { Group = "g", AutoOffsetReset = AutoOffsetReset.None });
        consumer.Assign(First, Second);

        Assert.Equal(["a0", "a1"], Poll(consumer));
        Assert.Throws<NoOffsetForPartitionException>(() => Poll(consumer));

        consumer.Seek(Second, 1);
        Assert.Equal(["b1"], Poll(consumer));
    }

    [Fact]
    public void What_is_taken_before_a_read_fails_is_handed_out_and_nothing_is_skipped()
    {
        using var consumer = Member();
        _files.BeforeRead = path =>
        {
            if (IsSecond(path))
                throw new IOException("Input/output error.");
        };
        Assert.Equal(["a0", "a1"], Poll(consumer));
        Assert.Throws<IOException>(() => Poll(consumer));
        _files.BeforeRead = _ => { };
        Assert.Equal(["b0", "b1"], Poll(consumer));
    }

    [Fact]
    public void Partitions_are_revoked_between_polls_and_not_before_their_records_were_handed_out()
    {
        var handedOut = new List<string?>();
        var seenByRevoked = new List<string?>();
        using var one = Member((consumer, _) =>
        {
            seenByRevoked.AddRange(handedOut);
            consumer.Commit();
        });
        Consumer? two = null;
        _files.BeforeRead = path =>
        {
            if (IsSecond(path))
                two ??= Member();
        };

        handedOut.AddRange(Poll(one));
        handedOut.AddRange(Poll(one));

        Assert.NotNull(two);
        using (two)
        {
            Assert.Equal(["a0", "a1", "b0", "b1"], seenByRevoked);
            Assert.Empty(Poll(two));
            Assert.Equal([Second], two.Assignment);
        }
    }

    [Fact]
    public async Task Closing_the_log_ends_all_waits()
    {
        using var consumer = Member();
        Poll(consumer);
        using var other = _log.CreateConsumer();
        other.Assign(Second);
        Task[] waits = [consumer.ConsumeAsync().AsTask(), other.PollAsync().AsTask(), _log.WaitForCommitAsync(_log.CommitVersion).AsTask()];
        Assert.All(waits, wait => Assert.False(wait.IsCompleted));

        _log.Dispose();

        foreach (var wait in waits)
            await Assert.ThrowsAsync<ObjectDisposedException>(() => wait);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _log.WaitForCommitAsync(_log.CommitVersion).AsTask());
    }

    [Fact]
    public async Task A_poisoned_log_can_be_read_but_not_waited_for()
    {
        using var consumer = Member();
        Assert.Equal("a0", (await consumer.ConsumeAsync()).ValueText);
        using var idle = _log.CreateConsumer();
        idle.Assign(First);
        var waiting = idle.ConsumeAsync().AsTask();
        _files.SyncFails = true;
        Assert.ThrowsAny<FlowLogException>(() => _log.Append("t", 0, "lost"));
        _files.SyncFails = false;

        await Assert.ThrowsAsync<LogPoisonedException>(() => waiting);
        Assert.Equal(["a1", "b0", "b1"], Poll(consumer));
        await Assert.ThrowsAsync<LogPoisonedException>(() => consumer.ConsumeAsync().AsTask());
    }

    private static bool IsSecond(string path) => Path.GetFileName(Path.GetDirectoryName(path)) == "1" && path.EndsWith(".segment", StringComparison.Ordinal);

    private static IReadOnlyList<string?> Poll(Consumer consumer) => [.. consumer.Poll(TimeSpan.Zero).Select(r => r.ValueText)];

    private Consumer Member(Action<Consumer, IReadOnlyList<TopicPartition>>? revoked = null)
    {
        var consumer = _log.CreateConsumer(new ConsumerOptions { Group = "g", AutoOffsetReset = AutoOffsetReset.Earliest, PartitionsRevoked = revoked });
        consumer.Subscribe("t");
        return consumer;
    }
}
