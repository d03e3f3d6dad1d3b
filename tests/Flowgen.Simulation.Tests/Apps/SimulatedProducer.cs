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
    private readonly Plan _plan;
    private readonly AcknowledgedInput _acknowledged;
    private readonly List<(string Topic, int Partition, long End)> _sent = [];
    private readonly List<(string Topic, int Partition, List<Event> Events, int SchemaId)> _partitions = [];
    private Task _commit = Task.CompletedTask;
    private SimulatedLoop? _loop;

    public SimulatedProducer(FlowLog log, SteppedLog stepped, Plan plan, Random random, AcknowledgedInput acknowledged)
    {
        _log = log;
        _stepped = stepped;
        _random = random;
        _plan = plan;
        _acknowledged = acknowledged;
        foreach (PlanInput input in plan.Inputs)
        {
            int schema = stepped.RegisterSchema(input.Topic, EventCodec.Schema.ToJson());
            List<Event>[] partitions = PlannedInput.Create(plan, input);
            for (int i = 0; i < partitions.Length; i++) _partitions.Add((input.Topic, i, partitions[i], schema));
        }
    }

    /// <summary>Whether all events are committed.</summary>
    public bool IsDone => _partitions.TrueForAll(partition => Appended(partition.Topic, partition.Partition) == partition.Events.Count);

    /// <summary>Whether the app has committed that it has processed all of them.</summary>
    public bool IsConsumed => _partitions.TrueForAll(partition => !_plan.Reads(partition.Topic) || Consumed(partition.Topic, partition.Partition) == partition.Events.Count);

    public bool HasEnded => _loop is { HasEnded: true };

    public void Start(SimulatedScheduler scheduler, int longestPause)
    {
        _loop = scheduler.Add("producer", Step, longestPause);
        _loop.Start();
    }

    private LoopStep Step()
    {
        if (!_commit.IsCompleted) return LoopStep.Idle; // its end wakes the loop
        if (_commit.IsCompletedSuccessfully) _sent.ForEach(sent => _acknowledged.Note(sent.Topic, sent.Partition, sent.End));
        _sent.Clear();
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
        if (_plan.KeptEvents > 0 && _plan.Reads(topic)) count = Math.Min(count, (int)Consumed(topic, partition) + _plan.KeptEvents - from); // what waits must be kept
        for (int end = from + count; from < end;)
        {
            BatchBuilder batch = new();
            int run = events.FindIndex(from, end - from, e => e.Value == Event.Garbage) is >= 0 and int garbage ? garbage - from : end - from;
            if (run == 0) AddGarbage(batch, events[from]);
            else AddEvents(batch, schema, CollectionsMarshal.AsSpan(events).Slice(from, run));
            transaction.Append(topic, partition, batch);
            from += Math.Max(1, run);
        }

        _sent.Add((topic, partition, from));
    }

    private static void AddEvents(BatchBuilder batch, int schema, ReadOnlySpan<Event> events)
    {
        RecordEncoder<Event, EventCodec>.Start(batch, schema);
        RecordEncoder<Event, EventCodec>.AddFixed(batch, EventCodec.Layout!, events, []);
    }

    private static void AddGarbage(BatchBuilder batch, Event e)
    {
        batch.StartVariable(schemaId: 0);
        batch.Add(e.At, BitConverter.GetBytes(e.Key), keyIsNull: false, PoisonOracle.BytesOf(e), valueIsNull: false);
    }

    private long Consumed(string topic, int partition) => _log.GetCommitted(AppSimulation.App, topic, partition)?.Offset ?? 0;

    private long Appended(string topic, int partition) => _log.DescribePartition(topic, partition).NextOffset;
}
