using Flowgen.Log;
using Flowgen.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flowgen.Hosting.Tests;

public sealed class FlowgenHostTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("flowgen-host-").FullName;
    private readonly LogCapture _messages = new();

    public void Dispose()
    {
        _messages.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task An_app_runs_with_the_host_and_its_producers_come_from_the_services()
    {
        using IHost host = Build();
        await host.StartAsync();
        Producer<Number> numbers = host.Services.GetRequiredService<Producer<Number>>();

        for (int i = 1; i <= 100; i++) await numbers.SendAsync(new Number(i, i));
        await host.Services.GetRequiredService<FlowEngine>().SettleAsync();

        Assert.Equal(Enumerable.Range(1, 100).Select(i => new Scaled(i, i * 3, "3")), ReadScaled(host).OrderBy(scaled => scaled.Id));
        await host.StopAsync();
    }

    [Fact]
    public async Task A_shutdown_commits_what_was_read()
    {
        using IHost host = Build();
        await host.StartAsync();
        Producer<Number> numbers = host.Services.GetRequiredService<Producer<Number>>();
        await Task.WhenAll(Enumerable.Range(0, 5_000).Select(i => numbers.SendAsync(new Number(i, i))));

        await host.StopAsync();

        long read = host.Services.GetRequiredService<FlowLog>().ListGroupOffsets("numbers-app").Sum(offset => offset.Committed.Offset);
        Assert.Equal(read, ReadScaled(host).Count);
    }

    [Fact]
    public async Task Start_and_stop_are_logged_with_stable_ids()
    {
        using IHost host = Build();
        await host.StartAsync();
        await host.StopAsync();

        Assert.Equal([1000, 1001], _messages.Entries.Where(entry => entry.Category == "Flowgen.Engine").Select(entry => entry.Id));
    }

    [Fact]
    public async Task A_failing_step_is_logged_with_its_place_and_stops_the_host()
    {
        using IHost host = Build();
        await host.StartAsync();
        TaskCompletionSource stopping = new();
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);

        await host.Services.GetRequiredService<Producer<Number>>().SendAsync(new Number(7, -1));
        await stopping.Task;
        await Assert.ThrowsAsync<StageFailedException>(() => host.Services.GetServices<IHostedService>().OfType<BackgroundService>().Single().ExecuteTask!);

        (_, _, LogLevel level, string message) = Assert.Single(_messages.Entries, entry => entry.Id == 1002);
        Assert.Equal(LogLevel.Critical, level);
        Assert.Contains("stage 'scale-numbers' failed (step Multiply, numbers/", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Flowgen:Workers", "-1", "Workers")]
    [InlineData("Flowgen:Directory", "", "Directory")]
    [InlineData("Flowgen:Partitions", "0", "Partitions")]
    [InlineData("Flowgen:CommitEveryMs", "0", "CommitEveryMs")]
    [InlineData("Flowgen:MaxEpochBytes", "12", "MaxEpochBytes")]
    [InlineData("Flowgen:OnError", "7", "OnError")]
    [InlineData("Flowgen:RetryEveryMs", "0", "RetryEveryMs")]
    public async Task Options_out_of_range_are_refused_at_the_start(string key, string value, string name)
    {
        using IHost host = Build(key, value);

        OptionsValidationException refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_come_from_the_configuration()
    {
        using IHost host = Build("Flowgen:Partitions", "5");
        await host.StartAsync();

        Assert.Equal(5, host.Services.GetRequiredService<FlowLog>().DescribeTopic("scaled").Partitions);
        await host.StopAsync();
    }

    private IHost Build(string? key = null, string? value = null)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration["Flowgen:Directory"] = _directory;
        builder.Configuration["Flowgen:Durability"] = "OsBuffered";
        builder.Configuration["Flowgen:Workers"] = "2";
        if (key is not null) builder.Configuration[key] = value;
        builder.Logging.AddProvider(_messages);
        builder.Services.AddSingleton(new Scale(3));
        builder.AddFlowgen<NumbersApp>();
        return builder.Build();
    }

    private static List<Scaled> ReadScaled(IHost host)
    {
        using TopicReader<Scaled, ScaledCodec> reader = new(host.Services.GetRequiredService<FlowLog>(), "scaled");
        return [.. reader.ReadToEnd()];
    }
}
