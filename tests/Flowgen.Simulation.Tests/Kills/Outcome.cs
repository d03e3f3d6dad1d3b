using Flowgen.Log;
using Flowgen.Runtime;
using Samples.Flights;

namespace Flowgen.Simulation.Tests.Kills;

/// <summary>What is in the topics at the end.</summary>
internal sealed class Outcome
{
    private Outcome()
    {
    }

    /// <summary>Each record, by its place.</summary>
    public Dictionary<(string Topic, int Partition, long Offset), Sighting> Records { get; } = [];

    /// <summary>For each topic and key the contents in their order; the input is left out, and the totals, because they depend on the times of commits.</summary>
    public Dictionary<string, List<uint>> ByKey { get; } = [];

    /// <summary>The totals of each route in their order.</summary>
    public Dictionary<(string Origin, string Destination), List<RouteTotal>> Totals { get; private set; } = [];

    public static Outcome Of(string directory)
    {
        using FlowLog log = FlowLog.Open(directory);
        Outcome outcome = new();
        foreach (string topic in Topics.Results.Append(Topics.Flights))
        {
            for (int partition = 0; partition < log.DescribeTopic(topic).Partitions; partition++) outcome.Add(log, topic, partition);
        }

        using TopicReader<RouteTotal, RouteTotalCodec> totals = new(log, Topics.RouteTotals);
        outcome.Totals = totals.ReadToEnd().GroupBy(total => (total.Origin, total.Destination)).ToDictionary(group => group.Key, group => group.ToList());
        return outcome;
    }

    private void Add(FlowLog log, string topic, int partition)
    {
        using PartitionReader reader = log.OpenReader(topic, partition, 0);
        while (reader.TryRead(out RecordBatch batch))
        {
            for (int i = 0; i < batch.Count; i++)
            {
                Sighting sighting = Sighting.Of(in batch, i);
                Records.Add((topic, partition, sighting.Offset), sighting);
                if (topic is Topics.RouteTotals or Topics.Flights) continue;
                string key = $"{topic} {Convert.ToHexString(batch[i].Key)}";
                if (!ByKey.TryGetValue(key, out List<uint>? contents)) ByKey.Add(key, contents = []);
                contents.Add(sighting.Content);
            }
        }
    }
}
