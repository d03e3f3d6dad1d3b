using Flowgen.Runtime;

namespace Flowgen.Testing;

/// <summary>Runs one stage in a test: one task, one thread, event time that moves only when the test says so. Nothing is encoded or stored
/// in a log; <c>using var stage = StageTest.For&lt;AverageTemperature&gt;();</c></summary>
public sealed class StageTest : IDisposable
{
    private readonly StageBuilder _description;
    private readonly IServiceProvider _services;
    private readonly Mailboxes _mail = new();
    private readonly List<byte[]> _changelog = [];
    private readonly List<Action> _tableRows = [];
    private readonly BatchOrigin _origin = new();
    private StageOperators _operators;
    private DateTimeOffset _eventTime = DateTimeOffset.MinValue;

    private StageTest(StageBuilder description, IServiceProvider services)
    {
        _description = description;
        _services = services;
        _operators = new StageOperators(description, services, _mail);
    }

    /// <summary>The clock: it gives the time of records whose type has no event time of its own, and follows <see cref="AdvanceTo"/>.</summary>
    public FakeTimeProvider Clock { get; } = new();

    /// <summary>Records that came after their window had closed for good and that no <see cref="LateAttribute"/> step took.</summary>
    public long LateRecords => _operators.LateRecords;

    /// <summary>Makes a stage with empty state.</summary>
    /// <typeparam name="TStage">The class with <see cref="StageAttribute"/>.</typeparam>
    /// <param name="services">What the stage's constructor asks for; null if it asks for nothing.</param>
    /// <returns>The stage.</returns>
    public static StageTest For<TStage>(IServiceProvider? services = null)
        where TStage : IStage<TStage>
    {
        var description = new StageBuilder(TStage.Info);
        TStage.Describe(description);
        return new StageTest(description, services ?? EmptyServices.Instance);
    }

    /// <summary>Sends records as one batch: to the stage's input of their type, or to its table of their type.</summary>
    /// <typeparam name="TRecord">The record type.</typeparam>
    /// <param name="records">The records, oldest first.</param>
    /// <returns>This.</returns>
    /// <exception cref="ArgumentException">The stage does not read this type.</exception>
    public StageTest Send<TRecord>(params ReadOnlySpan<TRecord> records) => SendTo(null, records);

    /// <summary>Sends records as one batch to one of several topics with the same record type.</summary>
    /// <typeparam name="TRecord">The record type.</typeparam>
    /// <param name="topic">Name of the topic.</param>
    /// <param name="records">The records, oldest first.</param>
    /// <returns>This.</returns>
    /// <exception cref="ArgumentException">The stage does not read this topic with this type.</exception>
    public StageTest SendTo<TRecord>(string? topic, params ReadOnlySpan<TRecord> records)
    {
        TRecord[] sent = records.ToArray();
        long[] times = new long[sent.Length];
        Array.Fill(times, Clock.GetUtcNow().ToUnixTimeMilliseconds());
        bool isTable = TakeTable(topic, typeof(TRecord), op => ((ITableInput<TRecord>)op).Update(new Batch<TRecord>(sent, times, _origin)));
        bool isInput = false;
        foreach (InputPort port in _description.Inputs)
        {
            if (port.Record != typeof(TRecord) || (topic is not null && port.Topic != topic)) continue;
            isInput = true;
            _origin.Topic = port.Topic ?? typeof(TRecord).Name;
            ((Receiver<TRecord>)port.CreateReceiver(_operators.Of(port.Node))).Receive(new Batch<TRecord>(sent, times, _origin));
        }

        if (!isInput && !isTable) throw new ArgumentException(DescribeInputs(typeof(TRecord), topic));
        _origin.BaseOffset += sent.Length;
        return this;
    }

    /// <summary>Sends a tombstone to a table of the stage.</summary>
    /// <typeparam name="TRow">The record type of the table.</typeparam>
    /// <param name="row">A row with the key that is removed; its other members do not matter.</param>
    /// <returns>This.</returns>
    /// <exception cref="ArgumentException">The stage has no table of this type.</exception>
    public StageTest Delete<TRow>(in TRow row)
        where TRow : notnull
    {
        TablePort port = _description.Tables.FirstOrDefault(table => table.Record == typeof(TRow))
            ?? throw new ArgumentException($"Stage '{_description.Info.Name}' has no table of '{typeof(TRow).Name}'.");
        var key = new Log.ByteBuffer();
        port.WriteKey(row, key);
        TakeTable(port.Topic, typeof(TRow), op => ((ITableInput<TRow>)op).Remove(key.Written));
        return this;
    }

    /// <summary>Moves event time forward, as if all inputs had come so far: windows that are due fire. The clock follows.</summary>
    /// <param name="time">The new watermark; not before the last.</param>
    /// <returns>This.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Event time would run backwards.</exception>
    public StageTest AdvanceTo(DateTimeOffset time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, _eventTime);
        _eventTime = time;
        if (time > Clock.GetUtcNow()) Clock.SetUtcNow(time);
        _origin.Watermark = time.ToUnixTimeMilliseconds();
        _operators.Advance(_origin.Watermark);
        return this;
    }

    /// <summary>Ends a bounded input: every window fires. Event time stays where it is.</summary>
    /// <returns>This.</returns>
    public StageTest EndInput()
    {
        _operators.Advance(long.MaxValue);
        return this;
    }

    /// <summary>Commits: results of <see cref="When.Changed"/> are emitted, changed state is written. <see cref="Received{TRecord}"/> commits, too.</summary>
    /// <returns>This.</returns>
    public StageTest Commit()
    {
        _operators.EndEpoch();
        _changelog.Add(_operators.WriteChanges());
        return this;
    }

    /// <summary>Commits, then goes on with new instances whose state is read back, as after a restart of the app.</summary>
    /// <returns>This.</returns>
    public StageTest Restart()
    {
        Commit();
        _operators = new StageOperators(_description, _services, _mail);
        foreach (byte[] changes in _changelog) _operators.Apply(changes);
        foreach (Action row in _tableRows) row();
        if (_origin.Watermark != long.MinValue) _operators.Advance(_origin.Watermark);
        return this;
    }

    /// <summary>What the stage has emitted since the last call, in the order of emission.</summary>
    /// <typeparam name="TRecord">The record type.</typeparam>
    /// <param name="topic">Name of one of several topics with this type; null takes all.</param>
    /// <returns>The records.</returns>
    /// <exception cref="ArgumentException">The stage does not emit this type.</exception>
    public IReadOnlyList<TRecord> Received<TRecord>(string? topic = null)
    {
        if (!_description.Outputs.Any(port => port.Record == typeof(TRecord)))
            throw new ArgumentException($"Stage '{_description.Info.Name}' does not emit '{typeof(TRecord).Name}': it emits {Names(_description.Outputs.Select(port => port.Record))}.");
        Commit();
        return _mail.Of<TRecord>().Take(topic);
    }

    /// <summary>The keys of the tombstones that the stage has emitted since the last call.</summary>
    /// <typeparam name="TRecord">The record type.</typeparam>
    /// <typeparam name="TKey">Type of its key; a tuple for a composite one.</typeparam>
    /// <returns>The keys.</returns>
    public IReadOnlyList<TKey> Deleted<TRecord, TKey>()
        where TKey : notnull
    {
        Commit();
        return [.. _mail.Of<TRecord>().TakeDeleted().Cast<TKey>()];
    }

    /// <summary>Ends the test of the stage.</summary>
    public void Dispose() => _operators.Dispose();

    private bool TakeTable(string? topic, Type row, Action<Operator> take)
    {
        OperatorNode[] owners = [.. _description.Tables.Where(table => table.Record == row && (topic is null || table.Topic == topic)).Select(table => table.Node)];
        if (owners.Length == 0) return false;
        Action replay = () => Array.ForEach(owners, node => take(_operators.Of(node).Operator));
        replay();
        _tableRows.Add(replay);
        return true;
    }

    private string DescribeInputs(Type record, string? topic)
    {
        IEnumerable<Type> known = _description.Inputs.Select(port => port.Record).Concat(_description.Tables.Select(table => table.Record));
        return $"Stage '{_description.Info.Name}' does not read '{record.Name}'{(topic is null ? "" : $" from '{topic}'")}: it reads {Names(known)}.";
    }

    private static string Names(IEnumerable<Type> types) => string.Join(", ", types.Select(type => $"'{type.Name}'").Distinct());
}
