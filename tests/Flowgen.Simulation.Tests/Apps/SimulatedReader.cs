using Flowgen.Log;
using Flowgen.Runtime;
using Flowgen.Simulation.Tests.Kills;

namespace Flowgen.Simulation.Tests.Apps;

/// <summary>Reads every result as soon as it is visible, over all lives of the app, and remembers what it saw.</summary>
internal sealed class SimulatedReader(Plan plan, Random random)
{
    private readonly Dictionary<(string Topic, int Partition), List<Sighting>> _seen = [];
    private readonly Dictionary<(string Topic, int Partition), PartitionReader> _readers = [];
    private FlowLog? _log;

    /// <summary>Goes on in a log that was opened again, behind the last record that was seen.</summary>
    public void Start(FlowLog log, SteppedLog stepped, SimulatedScheduler scheduler, int longestPause)
    {
        _log = log;
        _readers.Clear();
        SimulatedLoop loop = scheduler.Add("reader", Step, longestPause);
        stepped.Committed = loop.Wake;
    }

    /// <summary>Reads to the end.</summary>
    public void ReadToEnd()
    {
        FindTopics();
        foreach (PartitionReader reader in _readers.Values)
        {
            while (Read(reader)) { }
        }
    }

    /// <summary>What was seen is still there, once and in its place, and nothing else.</summary>
    public IEnumerable<string> Violations()
    {
        ReadToEnd();
        foreach (((string topic, int partition), List<Sighting> seen) in _seen)
        {
            List<Sighting> there = [];
            using PartitionReader reader = _log!.OpenReader(topic, partition, 0);
            while (reader.TryRead(out RecordBatch batch))
            {
                for (int i = 0; i < batch.Count; i++) there.Add(Sighting.Of(in batch, i));
            }

            if (!there.SequenceEqual(seen)) yield return $"a reader saw in '{topic}' partition {partition}\n{string.Join('\n', seen)}\nbut it holds\n{string.Join('\n', there)}";
        }
    }

    private LoopStep Step()
    {
        FindTopics();
        int first = random.Next(_readers.Count + 1);
        foreach (PartitionReader reader in _readers.Values.Skip(first).Concat(_readers.Values.Take(first)))
        {
            if (Read(reader)) return LoopStep.Worked;
        }

        return LoopStep.Idle;
    }

    private void FindTopics()
    {
        foreach (string topic in PlanTopics.Results(plan))
        {
            if (_readers.ContainsKey((topic, 0)) || !_log!.TryDescribeTopic(topic, out TopicDescription? known)) continue;
            for (int partition = 0; partition < known.Partitions; partition++)
            {
                if (!_seen.TryGetValue((topic, partition), out List<Sighting>? seen)) _seen.Add((topic, partition), seen = []);
                try
                {
                    _readers.Add((topic, partition), _log.OpenReader(topic, partition, seen.Count));
                }
                catch (OffsetOutOfRangeException e)
                {
                    throw new SimulationFailedException($"what a reader has seen of '{topic}' partition {partition} up to offset {seen.Count - 1} was taken back: {e.Message}");
                }
            }
        }
    }

    private bool Read(PartitionReader reader)
    {
        if (!reader.TryRead(out RecordBatch batch)) return false;
        List<Sighting> seen = _seen[(reader.Topic, reader.Partition)];
        for (int i = batch.FirstIndex; i < batch.Count; i++)
        {
            Sighting sighting = Sighting.Of(in batch, i);
            if (sighting.Offset != seen.Count) throw new SimulationFailedException($"a reader saw {sighting}, but expected offset {seen.Count}");
            seen.Add(sighting);
        }

        return true;
    }
}
