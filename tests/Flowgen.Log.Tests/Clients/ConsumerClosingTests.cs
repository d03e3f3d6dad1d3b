using Flowgen.Log.Tests.Support;

namespace Flowgen.Log.Tests.Clients;

/// <summary>A consumer is closed by another thread at any moment: its user is told so, and nobody waits for ever.</summary>
public sealed class ConsumerClosingTests : IDisposable
{
    private const int Rounds = 300;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1); // a wait that does not end is a failure, not a hang
    private readonly TemporaryDirectory _directory = new();
    private readonly FlowLog _log;

    public ConsumerClosingTests()
    {
        _log = FlowLog.Open(_directory.Path, new FlowLogOptions { Durability = Durability.OsBuffered });
        _log.CreateTopic("t", new TopicSettings(Partitions: 2));
    }

    public void Dispose()
    {
        _log.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public Task A_consumer_can_be_closed_while_it_takes_records() => CloseDuring(consumer => consumer.TryConsume(out _));

    [Fact]
    public Task A_consumer_can_be_closed_while_its_thread_waits() => CloseDuring(consumer => consumer.Consume(Timeout.InfiniteTimeSpan));

    [Fact]
    public Task A_consumer_can_be_closed_while_it_waits_for_a_record() => CloseDuring(consumer => consumer.ConsumeAsync().AsTask());

    [Fact]
    public Task A_consumer_can_be_closed_while_it_waits_for_records() => CloseDuring(consumer => consumer.PollAsync().AsTask());

    [Fact]
    public async Task Whoever_waited_can_wait_for_the_end_of_Dispose()
    {
        var consumer = _log.CreateConsumer(new ConsumerOptions { Group = "g" });
        consumer.Subscribe("t");
        using var isClosed = new ManualResetEventSlim();
        var waiting = consumer.ConsumeAsync().AsTask();
        var wasClosed = waiting.ContinueWith(_ => isClosed.Wait(Patience), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        await Task.Run(() =>
        {
            consumer.Dispose();
            isClosed.Set();
        });

        Assert.True(await wasClosed);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
    }

    private Task CloseDuring(Action<Consumer> use) => CloseDuring(consumer =>
    {
        use(consumer);
        return Task.CompletedTask;
    });

    // Sometimes a record comes at the same time, so that it has something else to do than to wait.
    private async Task CloseDuring(Func<Consumer, Task> use)
    {
        var random = new Random(1);
        for (int round = 0; round < Rounds * Scale.Factor; round++)
        {
            var consumer = _log.CreateConsumer(new ConsumerOptions { Group = "g" });
            consumer.Subscribe("t");
            int spins = random.Next(3_000);
            bool appends = random.Next(2) == 0;
            using var start = new Barrier(2);
            var user = Task.Run(async () =>
            {
                start.SignalAndWait();
                while (true)
                    await use(consumer).ConfigureAwait(false);
            });
            var closer = Task.Run(() =>
            {
                start.SignalAndWait();
                Thread.SpinWait(spins);
                if (appends)
                    _log.Append("t", 0, "while it is closed");
                consumer.Dispose();
            });

            await closer.WaitAsync(Patience);
            await Assert.ThrowsAsync<ObjectDisposedException>(() => user.WaitAsync(Patience));
            Assert.Throws<ObjectDisposedException>(() => consumer.TryConsume(out _));
        }

        Assert.Empty(_log.ListGroups());
    }
}
