using Flowgen.Log;

namespace Flowgen.Simulation.Tests.Apps;

/// <summary>How far commits of the producer were acknowledged in each partition, over all lives of the app: what is lost of it cannot be told from the results,
/// because the producer goes on behind what the log holds.</summary>
internal sealed class AcknowledgedInput
{
    private readonly Dictionary<(string Topic, int Partition), long> _ends = [];

    /// <summary>Records before an offset were acknowledged.</summary>
    public void Note(string topic, int partition, long end) => _ends[(topic, partition)] = Math.Max(end, _ends.GetValueOrDefault((topic, partition)));

    /// <summary>A log that was opened again holds all of them.</summary>
    public void Check(FlowLog log)
    {
        foreach (((string topic, int partition), long end) in _ends)
        {
            long next = log.TryDescribeTopic(topic, out _) ? log.DescribePartition(topic, partition).NextOffset : 0;
            if (next < end) throw new SimulationFailedException($"records of '{topic}' partition {partition} were acknowledged up to offset {end - 1}, but it ends at {next}");
        }
    }
}
