using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>Takes the description of an app: its topics, its stages and the wires between them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AppBuilder
{
    private readonly List<TopicRef> _topics = [];
    private readonly List<StageRef> _stages = [];
    private readonly List<Wire> _wires = [];

    internal AppBuilder()
    {
    }

    internal IReadOnlyList<TopicRef> Topics => _topics;

    internal IReadOnlyList<StageRef> Stages => _stages;

    internal IReadOnlyList<Wire> Wires => _wires;

    /// <summary>Adds a topic.</summary>
    /// <typeparam name="TRecord">The type of its records.</typeparam>
    /// <typeparam name="TCodec">Their codec.</typeparam>
    /// <param name="topic">The topic as the type declares it.</param>
    /// <returns>The topic, to be passed to the other methods.</returns>
    public TopicRef<TRecord> Topic<TRecord, TCodec>(TopicDeclaration topic)
        where TCodec : struct, IRecordCodec<TRecord>
    {
        ArgumentNullException.ThrowIfNull(topic);
        TopicRef<TRecord> added = new TopicRef<TRecord, TCodec>(topic);
        _topics.Add(added);
        return added;
    }

    /// <summary>Adds a stage.</summary>
    /// <typeparam name="TStage">The class of the stage.</typeparam>
    /// <returns>The stage, to be passed to the other methods.</returns>
    public StageRef Stage<TStage>()
        where TStage : IStage<TStage>
    {
        StageBuilder description = new(TStage.Info);
        TStage.Describe(description);
        StageRef added = new(description);
        _stages.Add(added);
        return added;
    }

    /// <summary>A stage reads a topic: task n reads partition n.</summary>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="topic">The topic.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="outOfOrder">Milliseconds by which an event may be behind the newest of its partition.</param>
    /// <param name="idle">Milliseconds of silence after which a partition no longer holds back the watermark.</param>
    /// <param name="start">Where an app that has never run starts.</param>
    public void Read<TRecord>(TopicRef<TRecord> topic, StageRef stage, long outOfOrder = 0, long idle = 30_000, StartAt start = StartAt.Earliest) =>
        _wires.Add(new ReadWire(typeof(TRecord), topic, stage, outOfOrder, idle, start, Exchange: null));

    /// <summary>A stage keeps a table of the newest row of each key of a topic: task n keeps partition n.</summary>
    /// <typeparam name="TRow">The type of the rows.</typeparam>
    /// <param name="topic">The topic.</param>
    /// <param name="stage">The stage.</param>
    public void Table<TRow>(TopicRef<TRow> topic, StageRef stage) => _wires.Add(new TableWire(typeof(TRow), topic, stage));

    /// <summary>A stage reads a topic and groups it by another key than the topic's: records go to the task that owns their key.</summary>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="topic">The topic.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="name">Name of the exchange: <c>{stage}.{record}</c>, unique in the app.</param>
    /// <param name="partitions">Number of partitions behind the exchange; 0 takes the number of the stage's other inputs and tables, else that of the topic.</param>
    /// <param name="outOfOrder">Milliseconds by which an event may be behind the newest of its partition.</param>
    /// <param name="idle">Milliseconds of silence after which a partition no longer holds back the watermark.</param>
    /// <param name="start">Where an app that has never run starts.</param>
    public void Exchange<TRecord>(TopicRef<TRecord> topic, StageRef stage, string name, int partitions = 0, long outOfOrder = 0, long idle = 30_000, StartAt start = StartAt.Earliest) =>
        _wires.Add(new ReadWire(typeof(TRecord), topic, stage, outOfOrder, idle, start, new ExchangeInfo(name, partitions)));

    /// <summary>A stage reads what another emits, and the key stays (or does not matter): batches are handed over in the same task.</summary>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="from">The stage that emits.</param>
    /// <param name="to">The stage that reads.</param>
    public void Direct<TRecord>(StageRef from, StageRef to) => _wires.Add(new StageWire(typeof(TRecord), from, to, Exchange: null));

    /// <summary>A stage reads what another emits and groups it by another key: records go to the task that owns their key.</summary>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="from">The stage that emits.</param>
    /// <param name="to">The stage that reads.</param>
    /// <param name="name">Name of the exchange: <c>{stage}.{record}</c>, unique in the app.</param>
    /// <param name="partitions">Number of partitions behind the exchange; 0 takes the number of the stage's other inputs and tables, else that of <paramref name="from"/>.</param>
    public void Exchange<TRecord>(StageRef from, StageRef to, string name, int partitions = 0) =>
        _wires.Add(new StageWire(typeof(TRecord), from, to, new ExchangeInfo(name, partitions)));

    /// <summary>What a stage emits goes to a topic.</summary>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="stage">The stage.</param>
    /// <param name="topic">The topic.</param>
    public void Write<TRecord>(StageRef stage, TopicRef<TRecord> topic) => _wires.Add(new WriteWire(typeof(TRecord), stage, topic));
}
