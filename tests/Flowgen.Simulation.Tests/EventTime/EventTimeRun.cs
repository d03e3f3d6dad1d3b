using Flowgen.Log;
using Flowgen.Runtime;
using Flowgen.Simulation.Tests.Apps;
using Flowgen.Simulation.Tests.Stages;
using Flowgen.Testing;

namespace Flowgen.Simulation.Tests.EventTime;

/// <summary>An app of generated operators with windows of three kinds behind an exchange, fed batch by batch, on one thread and a clock that the test moves.</summary>
internal sealed class EventTimeRun
{
    public const string Input = "events";

    private static readonly TimeSpan CommitEvery = TimeSpan.FromMilliseconds(10);

    private readonly FakeTimeProvider _clock = new();
    private readonly ToldMemoryLog _log;
    private readonly SimulatedScheduler _scheduler;
    private readonly FlowEngine _engine;
    private readonly Task _running;
    private readonly Dictionary<(string, int), long> _watermarks = [];
    private readonly int _schema;

    public EventTimeRun(int partitions, int width, int workers, long outOfOrder, long idle, int seed)
    {
        _log = new ToldMemoryLog(_clock);
        _scheduler = new SimulatedScheduler(new Random(seed), _clock, new Trace(), EngineBug.None);
        FlowEngineOptions options = new() { Workers = workers, CommitEvery = CommitEvery, TimeProvider = _clock, Scheduler = _scheduler };
        _engine = FlowEngine.Create(new AppInfo("app", 10, ""), Describe(partitions, width, outOfOrder, idle), _log, options, services: null);
        _schema = _log.RegisterSchema(Input, EventCodec.Schema.ToJson());
        _running = _engine.RunAsync();
    }

    /// <summary>Whether a watermark has ever fallen.</summary>
    public bool AWatermarkFell { get; private set; }

    /// <summary>Appends one batch.</summary>
    public void Append(int partition, ReadOnlySpan<Event> events)
    {
        if (events.IsEmpty) return;
        BatchBuilder batch = new();
        RecordEncoder<Event, EventCodec>.Start(batch, _schema);
        RecordEncoder<Event, EventCodec>.AddFixed(batch, EventCodec.Layout!, events, []);
        using IEngineTransaction transaction = _log.BeginTransaction();
        transaction.Append(Input, partition, batch);
        transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
        _log.Tell();
    }

    /// <summary>Lets the app do what there is to do, or some of it.</summary>
    public void Work(int atMost = 100_000)
    {
        for (int i = 0; i < atMost && !_scheduler.IsQuiet; i++) TakeStep();
    }

    /// <summary>Lets time pass, and the app with it.</summary>
    public void Wait(TimeSpan time)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += CommitEvery)
        {
            _clock.Advance(CommitEvery);
            Work();
        }
    }

    /// <summary>Ends the run, and then event time.</summary>
    public void End()
    {
        Work();
        Wait(CommitEvery * 2);
        Task stopping = _engine.StopAsync();
        RunOut(_running);
        stopping.GetAwaiter().GetResult();
        RunOut(_engine.RunToEndAsync());
    }

    public List<TRecord> Read<TRecord, TCodec>(string topic)
        where TCodec : struct, IRecordCodec<TRecord>
    {
        BatchDecoder<TRecord, TCodec> decoder = new(new SchemaMaps(_log, topic, _log.RegisterSchema(topic, TCodec.Schema.ToJson()), TCodec.Schema));
        SourceOrigin origin = new();
        List<TRecord> records = [];
        using IEngineReader reader = _log.OpenReader(topic, 0, 0);
        while (reader.TryRead(out RecordBatch batch))
        {
            for (int from = 0; from < batch.Count;) records.AddRange(decoder.Next(in batch, ref from, batch.Count, origin).Records);
        }

        return records;
    }

    private static AppBuilder Describe(int partitions, int width, long outOfOrder, long idle)
    {
        AppBuilder app = new();
        TopicRef<Event> events = app.Topic<Event, EventCodec>(new TopicDeclaration(Input, partitions));
        StageRef late = app.Stage<LateWindows>();
        StageRef corrected = app.Stage<CorrectedWindows>();
        StageRef counted = app.Stage<CountWindows>();
        foreach (StageRef stage in new[] { late, corrected, counted }) app.Exchange(events, stage, $"{stage}.events", width, outOfOrder, idle);
        app.Write(late, app.Topic<Correction, CorrectionCodec>(new TopicDeclaration("late-windows", 1)));
        app.Write(late, app.Topic<LateEvent, LateEventCodec>(new TopicDeclaration("late-windows-late", 1)));
        app.Write(counted, app.Topic<Event, EventCodec>(new TopicDeclaration("count-windows", 1)));
        app.Write(corrected, app.Topic<Correction, CorrectionCodec>(new TopicDeclaration("corrected-windows", 1)));
        app.Write(corrected, app.Topic<LateEvent, LateEventCodec>(new TopicDeclaration("corrected-windows-late", 1)));
        return app;
    }

    private void RunOut(Task running)
    {
        while (!running.IsCompleted) TakeStep();
        running.GetAwaiter().GetResult();
    }

    private void TakeStep()
    {
        _scheduler.TakeStep();
        _log.Tell();
        foreach (FlowTask task in _engine.Tasks)
        {
            foreach (OperatorInstance op in task.Operators)
            {
                if (op.Clock.Watermark == long.MinValue) continue; // before the first, or not restored yet
                (string, int) key = (op.Vertex.Name, task.Partition);
                AWatermarkFell |= _watermarks.TryGetValue(key, out long before) && op.Clock.Watermark < before;
                _watermarks[key] = op.Clock.Watermark;
            }
        }
    }
}
