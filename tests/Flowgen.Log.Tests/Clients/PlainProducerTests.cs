using Flowgen.Log.Commits;
using Flowgen.Log.Tests.Support;

namespace Flowgen.Log.Tests.Clients;

/// <summary>Producers that are not idempotent: the log keeps nothing of them, and each record is there at least once.</summary>
public sealed class PlainProducerTests : IDisposable
{
    private static readonly ProducerOptions Plain = new() { EnableIdempotence = false };

    private readonly TemporaryDirectory _directory = new();
    private readonly FaultyFiles _files = new();
    private readonly ManualTime _time = new();
    private FlowLog _log;

    public PlainProducerTests()
    {
        _log = Open();
        _log.CreateTopic("t", new TopicSettings(Partitions: 2));
    }

    public void Dispose()
    {
        _log.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Records_get_their_offsets_and_the_log_remembers_nothing_of_the_producer()
    {
        await using var producer = _log.CreateProducer(Plain);
        List<SendResult> results = [.. Enumerable.Range(0, 10).Select(i => producer.Send("t", 0, $"{i}"))];
        await producer.FlushAsync();
        results.Add(producer.Send("t", 0, "10"));
        await producer.FlushAsync();

        for (int i = 0; i < results.Count; i++)
            Assert.Equal(i, (await results[i].Committed).Offset);
        Assert.Equal(Enumerable.Range(0, 11).Select(i => $"{i}"), _log.ReadAll("t", 0));
        Assert.Equal(-1, producer.ProducerId);
        Assert.Empty(_log.State.GetPartition("t", 0).Producers.All);
        using var reader = _log.OpenReader("t", 0, 0);
        Assert.True(reader.TryRead(out var batch));
        Assert.Equal(-1, batch.ProducerId);
    }

    [Fact]
    public async Task What_a_full_disk_refuses_is_committed_when_there_is_room()
    {
        await using var producer = _log.CreateProducer(Plain);
        _files.IsFull = true;
        var result = producer.Send("t", 1, "late");
        var flush = producer.FlushAsync();
        for (int i = 0; i < 5; i++)
            await _time.Tick(TimeSpan.FromMilliseconds(100));
        Assert.False(flush.IsCompleted);

        _files.IsFull = false;
        await _time.Until(flush);

        Assert.Equal(0, (await result.Committed).Offset);
        Assert.Equal(["late"], _log.ReadAll("t", 1));
    }

    [Fact]
    public async Task After_an_unknown_outcome_it_sends_again_and_a_record_may_be_there_twice()
    {
        var producer = _log.CreateProducer(Plain);
        _files.SyncFails = true;
        var result = producer.Send("t", 0, "1");
        await Assert.ThrowsAsync<FlowLogException>(() => producer.FlushAsync());
        _files.SyncFails = false;
        _log.Dispose();
        _log = Open();
        int inTheLog = _log.ReadAll("t", 0).Count;

        await using var resumed = _log.ResumeProducer(producer);
        await resumed.FlushAsync();

        Assert.Equal(inTheLog, (await result.Committed).Offset);
        Assert.Equal(Enumerable.Repeat("1", inTheLog + 1), _log.ReadAll("t", 0));
    }

    [Fact]
    public void A_producer_of_transactions_is_always_idempotent()
    {
        var e = Assert.Throws<ArgumentException>(() => _log.CreateProducer(Plain with { TransactionalId = "id" }));

        Assert.Contains("Leave EnableIdempotence on, or leave TransactionalId out", e.Message, StringComparison.Ordinal);
    }

    private FlowLog Open() => FlowLog.Open(_directory.Path, new FlowLogOptions { TimeProvider = _time }, _files, CommitMode.Threads);
}
