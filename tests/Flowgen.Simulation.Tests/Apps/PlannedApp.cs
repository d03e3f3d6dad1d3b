using Flowgen.Runtime;
using Flowgen.Simulation.Tests.Stages;

namespace Flowgen.Simulation.Tests.Apps;

/// <summary>Describes the app of a plan to the engine, as generated code does for a class with <see cref="FlowAppAttribute"/>.</summary>
internal sealed class PlannedApp
{
    private readonly AppBuilder _app = new();
    private readonly Dictionary<string, TopicRef<Event>> _topics = [];
    private readonly Dictionary<IPlanStream, StageRef> _stages = [];

    private PlannedApp()
    {
    }

    public static AppBuilder Describe(Plan plan)
    {
        PlannedApp app = new();
        foreach (PlanInput input in plan.Inputs) app.AddTopic(input.Topic, input.Partitions);
        foreach (PlanStage stage in plan.Stages.Where(stage => stage.Topic is not null)) app.AddTopic(stage.Topic!, stage.TopicPartitions);
        foreach (PlanStage stage in plan.Stages) app.AddStage(stage, plan);
        return app._app;
    }

    private void AddTopic(string name, int partitions) => _topics.Add(name, _app.Topic<Event, EventCodec>(new TopicDeclaration(name, partitions)));

    private void AddStage(PlanStage stage, Plan plan)
    {
        StageRef end = stage.Kind.Add(_app);
        StageRef begin = stage.Kind.Name == Plan.NoteWindows ? _app.Stage<Annotate>() : end;
        if (begin != end) _app.Exchange<Note>(begin, end, $"{stage.Name}.note", stage.Width);
        if (stage.Kind.Name == Plan.Enrich) _app.Table(_app.Topic<Factor, FactorCodec>(new TopicDeclaration(Plan.Factors, plan.FactorPartitions, Cleanup.Compact)), end);
        for (int i = 0; i < stage.Feeds.Count; i++) Connect(stage.Feeds[i], begin, $"{stage.Name}.{i}", stage.Width);
        _stages.Add(stage, end);
        if (stage.Topic is { } topic) _app.Write(end, _topics[topic]);
        AddOtherOutputs(stage, end, plan);
    }

    private void Connect(PlanFeed feed, StageRef to, string exchange, int width)
    {
        if (feed.IsThroughTopic)
        {
            TopicRef<Event> topic = _topics[feed.From.Topic!];
            if (feed.IsExchanged) _app.Exchange(topic, to, exchange, width, feed.OutOfOrder, feed.Idle);
            else _app.Read(topic, to, feed.OutOfOrder, feed.Idle);
            return;
        }

        if (feed.IsExchanged) _app.Exchange<Event>(_stages[feed.From], to, exchange, width);
        else _app.Direct<Event>(_stages[feed.From], to);
    }

    private void AddOtherOutputs(PlanStage stage, StageRef end, Plan plan)
    {
        switch (stage.Kind.Name)
        {
            case Plan.Totals:
                _app.Write(end, _app.Topic<Total, TotalCodec>(new TopicDeclaration(stage.Name, stage.Width, plan.CompactsTotals ? Cleanup.Compact : Cleanup.Delete)));
                break;
            case Plan.Enrich:
                _app.Write(end, _app.Topic<Orphan, OrphanCodec>(new TopicDeclaration(PlanTopics.Orphans, stage.Width)));
                break;
            case Plan.LateWindows or Plan.CorrectedWindows:
                _app.Write(end, _app.Topic<Correction, CorrectionCodec>(new TopicDeclaration(stage.Name, stage.Width)));
                _app.Write(end, _app.Topic<LateEvent, LateEventCodec>(new TopicDeclaration(PlanTopics.LateOf(stage), 1)));
                break;
        }
    }
}
