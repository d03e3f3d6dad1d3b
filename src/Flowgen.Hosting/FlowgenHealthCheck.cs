using Flowgen.Log;
using Flowgen.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Flowgen.Hosting;

/// <summary>The log and the apps on it: unhealthy where only a restart helps, degraded where it does not: they go on by themselves, or, where bytes are damaged, with everything else.</summary>
internal sealed class FlowgenHealthCheck(FlowLog log, IEnumerable<HostedApp> apps, IServiceProvider services) : IHealthCheck
{
    public const string Name = "flowgen";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        LogHealth health = log.Health;
        HealthStatus status = StatusOf(health.Status);
        List<string> descriptions = health.Description.Length == 0 ? [] : [health.Description];
        Exception? cause = health.Cause;
        Dictionary<string, object> data = new() { ["log"] = health.Status.ToString() };
        foreach (string app in apps.Select(hosted => hosted.Name).Distinct())
        {
            FlowEngine engine = services.GetRequiredKeyedService<FlowEngine>(app);
            data[$"lag of {app}"] = engine.GetStatistics().Inputs.Sum(input => input.Lag);
            if (engine.WaitsFor is not null && status == HealthStatus.Healthy) status = HealthStatus.Degraded;
            if (engine.WaitsFor is { } waits) descriptions.Add($"App '{app}' waits: {waits.Message}");
            if (engine.Failure is not { } failure) continue;
            status = HealthStatus.Unhealthy;
            cause ??= failure;
            descriptions.Add($"App '{app}' has stopped: {failure.Message}");
        }

        return Task.FromResult(new HealthCheckResult(status, descriptions.Count == 0 ? null : string.Join(' ', descriptions), cause, data));
    }

    private static HealthStatus StatusOf(LogHealthStatus status) => status switch
    {
        LogHealthStatus.Healthy => HealthStatus.Healthy,
        LogHealthStatus.HousekeepingFailing or LogHealthStatus.WritesFailing or LogHealthStatus.DiskFull or LogHealthStatus.CorruptionSeen => HealthStatus.Degraded,
        _ => HealthStatus.Unhealthy,
    };
}
