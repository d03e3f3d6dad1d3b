using Flowgen.Log;
using Flowgen.Runtime;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flowgen.Hosting;

/// <summary>Runs one app as long as the host runs.</summary>
internal sealed class FlowgenService(FlowEngine engine, FlowLog log, ILoggerFactory loggers) : BackgroundService
{
    private readonly ILogger _logger = loggers.CreateLogger("Flowgen.Engine");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Messages.Started(_logger, engine.App.Name, log.Path);
        try
        {
            await engine.RunAsync(stoppingToken).ConfigureAwait(false);
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

        FlowEngineStatistics statistics = engine.GetStatistics();
        Messages.Stopped(_logger, engine.App.Name, statistics.Records, statistics.Commits);
    }
}
