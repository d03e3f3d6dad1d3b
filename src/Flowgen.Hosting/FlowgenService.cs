using Flowgen.Log;
using Flowgen.Runtime;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flowgen.Hosting;

/// <summary>Runs one app as long as the host runs. A failure of the app stops the host.</summary>
internal sealed class FlowgenService(FlowEngine engine, FlowLog log, ILoggerFactory loggers) : BackgroundService
{
    private readonly ILogger _logger = loggers.CreateLogger("Flowgen.Engine");
    private Task _running = Task.CompletedTask;

    /// <summary>The app runs when this returns.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Messages.Started(_logger, engine.App.Name, log.Path);
        _running = engine.RunAsync(CancellationToken.None);
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Everything that was read is committed when this returns, unless the host cannot wait so long.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await engine.StopAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        if (!_running.IsCompletedSuccessfully) return;
        FlowEngineStatistics statistics = engine.GetStatistics();
        Messages.Stopped(_logger, engine.App.Name, statistics.Records, statistics.Commits);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await _running.ConfigureAwait(false);
        }
        catch (StageFailedException failed)
        {
            Messages.StageFailed(_logger, failed, engine.App.Name, failed.Stage, failed.Step, failed.Topic, failed.Partition, failed.FirstOffset, failed.LastOffset);
            throw;
        }
        catch (Exception failed)
        {
            Messages.Failed(_logger, failed, engine.App.Name);
            throw;
        }
    }
}
