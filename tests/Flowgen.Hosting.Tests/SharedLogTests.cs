using Flowgen.Log;
using Flowgen.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace Flowgen.Hosting.Tests;

/// <summary>Two apps, plain producers and a group of consumers on one log, all at the same time.</summary>
public sealed class SharedLogTests : IAsyncDisposable
{
    private const int Producers = 3;
    private const int Each = 2_000;
    private readonly string _directory = Directory.CreateTempSubdirectory("flowgen-shared-").FullName;
    private readonly ServiceProvider _services = new ServiceCollection().AddSingleton(new Scale(2)).BuildServiceProvider();
    private readonly FlowLog _log;

    public SharedLogTests() => _log = FlowLog.Open(_directory, new FlowLogOptions { Durability = Durability.OsBuffered });

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        await _services.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Each_app_and_each_group_sees_every_record_once()
    {
        await using FlowEngine scaling = FlowEngine.Create<NumbersApp>(_log, new FlowEngineOptions { Workers = 2 }, _services);
        await using FlowEngine finding = FlowEngine.Create<LargeApp>(_log, new FlowEngineOptions { Workers = 2 });
        Task[] apps = [scaling.RunAsync(), finding.RunAsync()];
        Task<List<int>>[] readers = [ReadLargeAsync(), ReadLargeAsync()];

        await Task.WhenAll(Enumerable.Range(0, Producers).Select(producer => Task.Run(() => ProduceAsync(producer * Each))));
        int[] expected = [.. Enumerable.Range(0, Producers * Each).Where(id => id * 2 > 1_000)];
        List<int>[] read = await Task.WhenAll(readers);
        await scaling.StopAsync();
        await finding.StopAsync();
        await Task.WhenAll(apps);

        Assert.Equal(expected, read.SelectMany(ids => ids).Order());
        Assert.Equal(expected, ReadAll<Large, LargeCodec>("large").Select(large => large.Id).Order());
        Assert.Equal(Producers * Each, ReadAll<Scaled, ScaledCodec>("scaled").Count);
        Assert.Equal(["large-app", "numbers-app", "readers"], _log.ListGroups());
    }

    [Fact]
    public async Task An_app_that_runs_is_a_group_that_nobody_else_can_join_move_or_delete()
    {
        await using FlowEngine app = FlowEngine.Create<NumbersApp>(_log, new FlowEngineOptions { Workers = 1 }, _services);
        Task running = app.RunAsync();
        using Consumer consumer = _log.CreateConsumer(new ConsumerOptions { Group = "numbers-app" });

        Assert.Equal("numbers-app", Assert.Single(_log.DescribeGroup("numbers-app").Members).Id);
        Assert.Throws<GroupNotEmptyException>(() => consumer.Subscribe("numbers"));
        GroupNotEmptyException refused = Assert.Throws<GroupNotEmptyException>(() => _log.ResetGroupOffsets("numbers-app", OffsetSpec.Earliest));
        Assert.Contains("the app 'numbers-app' runs", refused.Message, StringComparison.Ordinal);
        Assert.Throws<GroupNotEmptyException>(() => _log.DeleteGroup("numbers-app"));

        await app.StopAsync();
        await running;
        consumer.Subscribe("numbers");
        await Assert.ThrowsAsync<GroupNotEmptyException>(() => app.RunAsync());
        consumer.Unsubscribe();
        await app.RunToEndAsync();
    }

    private async Task ProduceAsync(int from)
    {
        var writer = new TopicWriter<Number, NumberCodec>(_log, "numbers");
        for (int i = 0; i < Each; i++)
        {
            writer.Add(new Number(from + i, from + i));
            if (i % 100 == 99)
                await writer.CommitAsync();
        }
    }

    /// <summary>One of two members of a group: reads until both together have everything.</summary>
    private async Task<List<int>> ReadLargeAsync()
    {
        List<int> ids = [];
        using Consumer consumer = _log.CreateConsumer(new ConsumerOptions
        {
            Group = "readers",
            AutoOffsetReset = AutoOffsetReset.Earliest,
            PartitionsRevoked = (revoked, _) => revoked.Commit(),
        });
        consumer.Subscribe("large");
        int all = Enumerable.Range(0, Producers * Each).Count(id => id * 2 > 1_000);
        while (_log.ListGroupOffsets("readers").Sum(offset => offset.Committed.Offset) < all)
        {
            long version = _log.CommitVersion;
            IReadOnlyList<ConsumedRecord> records = consumer.Poll(TimeSpan.Zero);
            ids.AddRange(records.Select(IdOf));
            if (records.Count > 0)
                await consumer.CommitAsync();
            else if (_log.ListGroupOffsets("readers").Sum(offset => offset.Committed.Offset) < all)
                await _log.WaitForCommitAsync(version);
        }

        return ids;
    }

    // Keys of numbers are big-endian, as Kafka's serializers write them.
    private static int IdOf(ConsumedRecord record) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(record.Key);

    private List<TRecord> ReadAll<TRecord, TCodec>(string topic)
        where TCodec : struct, IRecordCodec<TRecord>
    {
        using TopicReader<TRecord, TCodec> reader = new(_log, topic);
        return [.. reader.ReadToEnd()];
    }
}
