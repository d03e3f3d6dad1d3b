using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Flowgen.Log;
using Flowgen.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flowgen.Hosting.Tests;

public sealed class ObservabilityTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("flowgen-watched-").FullName;
    private readonly LogCapture _messages = new();

    public void Dispose()
    {
        _messages.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task The_health_check_knows_the_log_and_the_apps()
    {
        using IHost host = Build();
        await host.StartAsync();
        HealthCheckService checks = host.Services.GetRequiredService<HealthCheckService>();

        HealthReport healthy = await checks.CheckHealthAsync();
        await host.Services.GetRequiredService<Producer<Number>>().SendAsync(new Number(7, -1));
        BackgroundService service = host.Services.GetServices<IHostedService>().OfType<BackgroundService>().Single();
        await Assert.ThrowsAsync<StageFailedException>(() => service.ExecuteTask!);
        HealthReport failed = await checks.CheckHealthAsync();

        (string name, HealthReportEntry entry) = Assert.Single(healthy.Entries);
        Assert.Equal(("flowgen", HealthStatus.Healthy), (name, entry.Status));
        Assert.Equal(["live", "ready"], entry.Tags.Order());
        Assert.Equal("Healthy", entry.Data["log"]);
        Assert.Equal(0L, entry.Data["lag of numbers-app"]);
        Assert.Equal(HealthStatus.Unhealthy, failed.Status);
        Assert.Contains("App 'numbers-app' has stopped: ", failed.Entries["flowgen"].Description, StringComparison.Ordinal);
        await host.StopAsync();
    }

    [Fact]
    public async Task The_metrics_of_log_and_app_go_to_the_meters_of_the_host()
    {
        using IHost host = Build();
        ConcurrentDictionary<string, double> measured = [];
        using MeterListener listener = ListenTo(host.Services.GetRequiredService<IMeterFactory>(), measured);
        await host.StartAsync();
        for (int i = 1; i <= 10; i++) await host.Services.GetRequiredService<Producer<Number>>().SendAsync(new Number(i, i));
        await host.Services.GetRequiredService<FlowEngine>().SettleAsync();
        listener.RecordObservableInstruments();
        await host.StopAsync();

        Assert.Equal(10, measured["messaging.client.sent.messages numbers"]);
        Assert.Equal(10, measured["messaging.client.consumed.messages numbers numbers-app"]);
        Assert.Equal(10, measured["messaging.client.sent.messages scaled"]);
        Assert.InRange(measured["flowgen.commit.duration numbers-app"], 0, double.MaxValue);
        Assert.Equal(0, measured["flowgen.consumer.lag numbers numbers-app"]);
        Assert.Equal(0, measured["flowgen.records.late scale-numbers numbers-app"]);
        Assert.Equal(10, measured["flowgen.stage.records scale-numbers numbers-app in"]);
        Assert.Equal(10, measured["flowgen.stage.records scale-numbers numbers-app out"]);
        Assert.InRange(measured["messaging.process.duration scale-numbers numbers-app"], 0, 60);
    }

    [Theory]
    [InlineData("Skip", "flowgen.records.dropped", "flowgen.records.dead")]
    [InlineData("DeadLetter", "flowgen.records.dead", "flowgen.records.dropped")]
    public async Task Records_that_cannot_be_processed_are_left_out_as_the_configuration_says_and_counted(string onError, string counted, string other)
    {
        using IHost host = Build(("OnError", onError));
        ConcurrentDictionary<string, double> measured = [];
        using MeterListener listener = ListenTo(host.Services.GetRequiredService<IMeterFactory>(), measured);
        await host.StartAsync();
        for (int i = 1; i <= 10; i++) await host.Services.GetRequiredService<Producer<Number>>().SendAsync(new Number(i, i % 5 == 0 ? -i : i));
        await host.Services.GetRequiredService<FlowEngine>().SettleAsync();
        bool hasDeadLetters = host.Services.GetRequiredService<FlowLog>().TryDescribeTopic("scale-numbers.dead", out TopicDescription? dead);
        await host.StopAsync();

        Assert.Equal(2, measured[$"{counted} scale-numbers numbers-app failed"]);
        Assert.DoesNotContain(measured, value => value.Key.StartsWith(other, StringComparison.Ordinal));
        Assert.Equal(8, measured["messaging.client.sent.messages scaled"]);
        Assert.Equal(onError == "DeadLetter", hasDeadLetters);
        if (hasDeadLetters) Assert.Equal(2, dead!.Partitions);
    }

    [Fact]
    public async Task The_health_check_says_that_an_app_waits_for_room_on_the_disk_and_is_well_when_there_is_some()
    {
        FullableDisk disk = new();
        using IHost host = Build(services => services.AddSingleton(FlowLog.Open(_directory, null, disk)), ("RetryEveryMs", "1"));
        FlowEngine engine = host.Services.GetRequiredService<FlowEngine>();
        await host.Services.GetRequiredService<Producer<Number>>().SendAsync(new Number(7, 1));
        HealthCheckService checks = host.Services.GetRequiredService<HealthCheckService>();

        Task refused = disk.Fill();
        await host.StartAsync();
        await refused;
        HealthReport waiting = await checks.CheckHealthAsync();
        disk.MakeRoom();
        await engine.SettleAsync();
        HealthReport well = await checks.CheckHealthAsync();

        Assert.Equal(HealthStatus.Degraded, waiting.Status);
        Assert.Contains("App 'numbers-app' waits: There is no room for a commit", waiting.Entries["flowgen"].Description, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Healthy, well.Status);
        await host.StopAsync();
    }

    [Fact]
    public async Task Damaged_bytes_that_a_reader_has_met_are_no_reason_to_restart_the_app()
    {
        FlowLog log = FlowLog.Open(_directory);
        log.CreateTopic("damaged", new TopicSettings());
        BatchBuilder batch = new();
        batch.Add(1, default, keyIsNull: true, "value"u8, valueIsNull: false);
        using (LogTransaction transaction = log.BeginTransaction())
        {
            transaction.Append("damaged", 0, batch);
            await transaction.CommitAsync();
        }

        using (FileStream segment = new(Directory.GetFiles(Path.Combine(_directory, "topics", "damaged", "0"), "*.segment").Single(), FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            segment.Position = 64 + 96 + 4; // behind the headers of the segment and of the batch
            segment.WriteByte(0xFF);
        }

        using (PartitionReader reader = log.OpenReader("damaged", 0, 0))
            Assert.Throws<LogCorruptionException>(() => reader.TryRead(out _));
        using IHost host = Build(services => services.AddSingleton(log));
        HealthReport report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(HealthStatus.Degraded, report.Status);
        Assert.Contains("damaged", report.Entries["flowgen"].Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_log_reports_is_logged_with_stable_ids()
    {
        LeaveTornTail();

        using IHost host = Build();
        await host.StartAsync();
        await host.StopAsync();

        (string category, _, LogLevel level, string message) = Assert.Single(_messages.Entries, entry => entry.Id == 1100);
        Assert.Equal(("Flowgen.Log", LogLevel.Warning), (category, level));
        Assert.StartsWith("3 bytes without meaning behind the last commit", message, StringComparison.Ordinal);
    }

    /// <summary>Adds up values by instrument, topic, stage, group, app, direction and reason.</summary>
    private static MeterListener ListenTo(IMeterFactory factory, ConcurrentDictionary<string, double> measured)
    {
        MeterListener listener = new()
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, factory)) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        return listener;

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            StringBuilder key = new(instrument.Name);
            foreach (string name in (string[])[TelemetryNames.Topic, TelemetryNames.Stage, TelemetryNames.Group, TelemetryNames.App, TelemetryNames.Direction, TelemetryNames.Reason])
            {
                foreach (KeyValuePair<string, object?> tag in tags)
                {
                    if (tag.Key == name) key.Append(' ').Append(tag.Value);
                }
            }

            measured.AddOrUpdate(key.ToString(), value, (_, sum) => sum + value);
        }
    }

    /// <summary>What a crash in the middle of a write leaves: a copy of an open log, with bytes behind its last commit.</summary>
    private void LeaveTornTail()
    {
        string living = Directory.CreateTempSubdirectory("flowgen-living-").FullName;
        using (FlowLog log = FlowLog.Open(living))
        {
            log.CreateTopic("numbers", new TopicSettings(2));
            BatchBuilder batch = new();
            batch.Add(0, default, true, [1], false);
            using LogTransaction transaction = log.BeginTransaction();
            transaction.Append("numbers", 0, batch);
            transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
            foreach (string file in Directory.EnumerateFiles(living, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock"))
            {
                string copy = Path.Combine(_directory, Path.GetRelativePath(living, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }

        Directory.CreateDirectory(Path.Combine(_directory, "topics", "numbers", "1"));
        using FileStream segment = File.Open(Directory.EnumerateFiles(_directory, "*.segment", SearchOption.AllDirectories).Single(), FileMode.Append);
        segment.Write([1, 2, 3]);
        Directory.Delete(living, recursive: true);
    }

    private IHost Build(params (string Key, string Value)[] options) => Build(_ => { }, options);

    private IHost Build(Action<IServiceCollection> add, params (string Key, string Value)[] options)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration["Flowgen:Directory"] = _directory;
        builder.Configuration["Flowgen:Workers"] = "2";
        foreach ((string key, string value) in options) builder.Configuration[$"Flowgen:{key}"] = value;
        add(builder.Services);
        builder.Logging.AddProvider(_messages);
        builder.Services.AddSingleton(new Scale(3));
        builder.AddFlowgen<NumbersApp>();
        return builder.Build();
    }
}
