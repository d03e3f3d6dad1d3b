using System.Runtime.InteropServices;
using Flowgen.Log;
using Flowgen.Runtime;
using Flowgen.Simulation.Tests.Stages;

namespace Flowgen.Simulation.Tests.Apps;

/// <summary>Appends the input, some events at a time, one transaction after the other. After a restart it goes on behind what the log holds.</summary>
internal sealed class SimulatedProducer
{
    private const int LongestRun = 12;

    private readonly FlowLog _log;
    private readonly SteppedLog _stepped;
    private readonly Random _random;
    private readonly List<(string Topic, int Partition, List<Event> Events, int SchemaId)> _partitions = [];
    private Task _commit = Task.CompletedTask;
    private SimulatedLoop? _loop;

    public SimulatedProducer(FlowLog log, SteppedLog stepped, Plan plan, Random random)
    {
        _log = log;
        _stepped = stepped;
        _random = random;
        foreach (PlanInput input in plan.Inputs)
        {
            int schema = stepped.RegisterSchema(input.Topic, EventCodec.Schema.ToJson());
            List<Event>[] partitions = PlannedInput.Create(plan, input);
            for (int i = 0; i < partitions.Length; i++) _partitions.Add((input.Topic, i, partitions[i], schema));
        }
    }

    /// <summary>Whether all events are committed.</summary>
    public bool IsDone => _partitions.TrueForAll(partition => Appended(partition.Topic, partition.Partition) == partition.Events.Count);

    public bool HasEnded => _loop is { HasEnded: true };

    public void Start(SimulatedScheduler scheduler, int longestPause)
    {
        _loop = scheduler.Add("producer", Step, longestPause);
        _loop.Start();
    }

    private LoopStep Step()
    {
        if (!_commit.IsCompleted) return LoopStep.Idle; // its end wakes the loop
        if (_commit.Exception?.InnerException is LogPoisonedException) return LoopStep.Ended;
        if (IsDone) return LoopStep.Ended;
        using LogTransaction transaction = _log.BeginTransaction();
        foreach ((string topic, int partition, List<Event> events, int schema) in _partitions)
        {
            if (_random.Next(2) == 0) Append(transaction, topic, partition, events, schema);
        }

        _commit = _stepped.Told(transaction.CommitAsync().AsTask());
        _commit.ConfigureAwait(false).GetAwaiter().OnCompleted(_loop!.Wake);
        return LoopStep.Idle;
    }

    private void Append(LogTransaction transaction, string topic, int partition, List<Event> events, int schema)
    {
        int from = (int)Appended(topic, partition);
        int count = Math.Min(events.Count - from, _random.Next(LongestRun));
        if (count == 0) return;
        BatchBuilder batch = new();
        RecordEncoder<Event, EventCodec>.Start(batch, schema);
        RecordEncoder<Event, EventCodec>.AddFixed(batch, EventCodec.Layout!, CollectionsMarshal.AsSpan(events).Slice(from, count), []);
        transaction.Append(topic, partition, batch);
    }

    private long Appended(string topic, int partition) => _log.DescribePartition(topic, partition).NextOffset;
}
