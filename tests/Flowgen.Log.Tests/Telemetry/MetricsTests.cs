using System.Diagnostics.Metrics;
using Flowgen.Log.Commits;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Telemetry;

public sealed class MetricsTests : IDisposable
{
    private readonly MetricCollector _metrics = new();
    private readonly SimulatedFileSystem _disk = new();
    private readonly FlowLog _log;

    public MetricsTests()
    {
        _log = Open(_metrics);
        _log.CreateTopic("t", new TopicSettings(Partitions: 2));
        _log.CreateTopic("__app.count.changelog", new TopicSettings());
    }

    public void Dispose()
    {
        _log.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public void The_meter_has_the_name_and_the_schema_of_its_names()
    {
        Meter meter = Assert.Single(_metrics.Meters);
        Assert.Equal(("Flowgen", TelemetryNames.SchemaUrl), (meter.Name, meter.TelemetrySchemaUrl));
    }

    [Fact]
    public void Records_are_counted_where_they_go_and_who_takes_them()
    {
        _log.Append("t", 0, "a", "b", "c");
        _log.Append("t", 1, "d");
        using (var consumer = Consumer("g"))
        {
            Assert.True(consumer.TryConsumeBatch(out _));
            Assert.True(consumer.TryConsume(out _));
            consumer.Commit();
        }

        Assert.Equal(3, _metrics.Values["messaging.client.sent.messages t 0"]);
        Assert.Equal(1, _metrics.Values["messaging.client.sent.messages t 1"]);
        Assert.Equal(3, _metrics.Values["messaging.client.consumed.messages t 0 g"]);
        Assert.Equal(1, _metrics.Values["messaging.client.consumed.messages t 1 g"]);
        Assert.Equal(2, _metrics.Values["messaging.client.operation.duration send"]);
        Assert.Equal(2, _metrics.Values["messaging.client.operation.duration poll"]);
        Assert.Equal(3, _metrics.Values["messaging.client.operation.duration commit"]); // two topics were created
    }

    [Fact]
    public void Lag_and_sizes_are_looked_up_when_somebody_asks()
    {
        _log.Append("t", 0, "a", "b", "c");
        _log.CommitOffset("g", "t", 0, 1, "");
        _log.CommitOffset("g", "__app.count.changelog", 0, 0, "");
        _metrics.Observe();
        Assert.Equal(2, _metrics.Values["flowgen.consumer.lag g t 0"]);
        Assert.DoesNotContain(_metrics.Values.Keys, k => k.StartsWith("flowgen.consumer.lag g __", StringComparison.Ordinal));
        Assert.Equal(_log.DescribePartition("t", 0).SizeInBytes, _metrics.Values["flowgen.log.size t"]);
        Assert.Equal(1, _metrics.Values["flowgen.log.segments t"]);
        Assert.Equal(0, _metrics.Values["flowgen.log.poisoned"]);
        Assert.Equal(0, _metrics.Values["flowgen.log.torn"]);
    }

    [Fact]
    public void What_is_deleted_counts()
    {
        using var metrics = new MetricCollector();
        using var log = FlowLog.Open("/small", new FlowLogOptions { SegmentBytes = 1024, MeterFactory = metrics }, _disk, CommitMode.Inline);
        log.CreateTopic("t", new TopicSettings());
        for (int i = 0; i < 50; i++)
            log.Append("t", 0, $"{i}");
        long before = log.DescribePartition("t", 0).SizeInBytes;
        log.DeleteRecordsBefore("t", 0, 40);
        metrics.Observe();
        Assert.Equal(before - log.DescribePartition("t", 0).SizeInBytes, metrics.Values["flowgen.log.deleted"]);
    }

    [Fact]
    public void Failed_commits_say_what_failed_and_a_poisoned_log_counts()
    {
        using var metrics = new MetricCollector();
        using var log = FlowLog.Open("/bad", new FlowLogOptions { MeterFactory = metrics }, _disk, CommitMode.Inline);
        log.CreateTopic("t", new TopicSettings());
        _disk.Fault = new Fault(_disk.Operations, FaultKind.IoError, ForEver: true);
        Assert.ThrowsAny<FlowLogException>(() => log.CommitOffset("g", "t", 0, 0, ""));
        metrics.Observe();
        Assert.Equal(1, metrics.Values["messaging.client.operation.duration commit Flowgen.Log.LogPoisonedException"]);
        Assert.Equal(1, metrics.Values["flowgen.log.poisoned"]);
        _disk.Fault = Fault.None;
    }

    [Fact]
    public void A_closed_log_measures_nothing()
    {
        using var metrics = new MetricCollector();
        FlowLog.Open("/closed", new FlowLogOptions { MeterFactory = metrics }, _disk, CommitMode.Inline).Dispose();
        metrics.Observe();
        Assert.Empty(metrics.Values);
    }

    [Fact]
    public void Keys_are_no_attributes()
    {
        using var producer = _log.CreateProducer();
        producer.Send("t", key: "a-secret-key", value: "a-secret-value");
        producer.Flush();
        using var consumer = Consumer("g");
        consumer.TryConsume(out _);
        consumer.Commit();
        _metrics.Observe();
        Assert.DoesNotContain(_metrics.Values.Keys, k => k.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void Measuring_a_batch_allocates_nothing()
    {
        for (int i = 0; i < 300; i++)
            _log.Append("t", 0, "a", "b", "c");

        // The collector itself builds texts: what is measured here is a listener that only counts.
        using var listener = new MeterListener { InstrumentPublished = (instrument, l) => l.EnableMeasurementEvents(instrument) };
        long counted = 0;
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => counted += value);
        using var log = Open(null);
        listener.Start();
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => AllocatedByReading(log)));
        Assert.InRange(counted, 5 * 290 * 3, long.MaxValue);
    }

    private static long AllocatedByReading(FlowLog log)
    {
        using var consumer = log.CreateConsumer(new ConsumerOptions { AutoOffsetReset = AutoOffsetReset.Earliest });
        consumer.Assign(new TopicPartition("t", 0));
        Assert.True(consumer.TryConsumeBatch(out _)); // opens the segment and makes the window
        Assert.True(consumer.TryConsumeBatch(out _));
        long before = GC.GetAllocatedBytesForCurrentThread();
        int batches = 0;
        while (batches < 290 && consumer.TryConsumeBatch(out _))
            batches++;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(290, batches);
        return allocated;
    }

    private FlowLog Open(MetricCollector? metrics)
    {
        if (metrics is not null)
            return FlowLog.Open("/log", new FlowLogOptions { MeterFactory = metrics }, _disk, CommitMode.Inline);
        _log.Dispose();
        return FlowLog.Open("/log", null, _disk, CommitMode.Inline);
    }

    private Consumer Consumer(string group)
    {
        var consumer = _log.CreateConsumer(new ConsumerOptions { Group = group, AutoOffsetReset = AutoOffsetReset.Earliest });
        consumer.Subscribe("t");
        return consumer;
    }
}
