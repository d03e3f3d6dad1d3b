using Flowgen.Runtime;

namespace Flowgen.Testing;

/// <summary>Runs a whole app in a test: the real engine on a log in memory, with a clock that moves only when the test says so.
/// <c>await using var app = AppTest.For&lt;ShopApp&gt;();</c></summary>
public sealed class AppTest : IAsyncDisposable
{
    private readonly AppBuilder _description = new();
    private readonly Dictionary<string, ITestTopic> _topics;
    private readonly Func<FlowEngine> _createEngine;
    private FlowEngine? _engine;
    private Task _running = Task.CompletedTask;

    private AppTest(Action<AppBuilder> describe, Func<MemoryLog, FlowEngineOptions, FlowEngine> createEngine, FlowEngineOptions options)
    {
        Log = new MemoryLog(Clock);
        FlowEngineOptions withClock = options with { TimeProvider = Clock };
        _createEngine = () => createEngine(Log, withClock);
        describe(_description);
        _topics = _description.Topics.ToDictionary(topic => topic.Name, topic => (ITestTopic)topic.Create(new TestTopicFactory(Log, options.Partitions)));
    }

    /// <summary>The clock of the engine: commit interval, idleness and the time of appends.</summary>
    public FakeTimeProvider Clock { get; } = new();

    /// <summary>The log of the app.</summary>
    public MemoryLog Log { get; }

    /// <summary>Makes an app with an empty log.</summary>
    /// <typeparam name="TApp">The class with <see cref="FlowAppAttribute"/>.</typeparam>
    /// <param name="services">What the constructors of the stages ask for; null if they ask for nothing.</param>
    /// <param name="options">How the engine runs; null takes one worker. The clock is always <see cref="Clock"/>.</param>
    /// <returns>The app.</returns>
    /// <exception cref="FlowTopologyException">The stages do not fit together.</exception>
    public static AppTest For<TApp>(IServiceProvider? services = null, FlowEngineOptions? options = null)
        where TApp : IFlowApp<TApp> =>
        new(TApp.Describe, (log, withClock) => FlowEngine.Create<TApp>(log, withClock, services), options ?? new FlowEngineOptions { Workers = 1 });

    /// <summary>Appends records to the topic of their type and commits them.</summary>
    /// <typeparam name="TRecord">The record type.</typeparam>
    /// <param name="records">The records, oldest first.</param>
    /// <returns>This.</returns>
    /// <exception cref="ArgumentException">The app has no topic of this type, or several.</exception>
    public AppTest Send<TRecord>(params ReadOnlySpan<TRecord> records)
    {
        TopicOf<TRecord>(null).Append(records, Clock.GetUtcNow());
        return this;
    }

    /// <summary>Appends records to a topic and commits them.</summary>
    /// <typeparam name="TRecord">The record type.</typeparam>
    /// <param name="topic">Name of the topic.</param>
    /// <param name="records">The records, oldest first.</param>
    /// <returns>This.</returns>
    /// <exception cref="ArgumentException">The app has no such topic of this type.</exception>
    public AppTest SendTo<TRecord>(string topic, params ReadOnlySpan<TRecord> records)
    {
        TopicOf<TRecord>(topic).Append(records, Clock.GetUtcNow());
        return this;
    }

    /// <summary>Lets the app process all that was sent, and commit the results; starts it if it does not run.</summary>
    /// <returns>Done when there is nothing more to do.</returns>
    /// <exception cref="StageFailedException">A step threw.</exception>
    public async Task SettleAsync()
    {
        FlowEngine engine = Start();
        Task settled = engine.SettleAsync();
        if (await Task.WhenAny(settled, _running).ConfigureAwait(false) == _running) await _running.ConfigureAwait(false);
        await settled.ConfigureAwait(false);
    }

    /// <summary>Lets the app process all that was sent, ends event time, so that every window closes, and commits. The app can go on afterwards.</summary>
    /// <returns>Done when everything is committed.</returns>
    /// <exception cref="StageFailedException">A step threw.</exception>
    public async Task RunToEndAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _engine ??= _createEngine();
        await _engine.RunToEndAsync().ConfigureAwait(false);
    }

    /// <summary>Stops the app, as on shutdown; it goes on from its last commit with the next <see cref="SettleAsync"/> or <see cref="RunToEndAsync"/>.</summary>
    /// <returns>Done when the app has committed and stopped.</returns>
    public async Task StopAsync()
    {
        if (_engine is null) return;
        await _engine.StopAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        await _engine.DisposeAsync().ConfigureAwait(false);
        _engine = null;
    }

    /// <summary>What was committed to the topic of a type since the last call: partition by partition, in the order of each.</summary>
    /// <typeparam name="TRecord">The record type.</typeparam>
    /// <param name="topic">Name of one of several topics with this type.</param>
    /// <returns>The records; a tombstone is left out.</returns>
    /// <exception cref="ArgumentException">The app has no such topic of this type.</exception>
    public IReadOnlyList<TRecord> Received<TRecord>(string? topic = null) => TopicOf<TRecord>(topic).Take();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_engine is null) return;
        await _engine.StopAsync().ConfigureAwait(false);
        await _engine.DisposeAsync().ConfigureAwait(false);
    }

    private FlowEngine Start()
    {
        _engine ??= _createEngine();
        if (_running.IsCompleted) _running = _engine.RunAsync();
        return _engine;
    }

    private ITestTopic<TRecord> TopicOf<TRecord>(string? name)
    {
        ITestTopic<TRecord>[] known = [.. _topics.Where(topic => name is null || topic.Key == name).Select(topic => topic.Value).OfType<ITestTopic<TRecord>>()];
        if (known.Length == 1) return known[0];
        string what = name is null ? $"of '{typeof(TRecord).Name}'" : $"'{name}' of '{typeof(TRecord).Name}'";
        throw new ArgumentException(known.Length == 0
            ? $"The app has no topic {what}: it has {string.Join(", ", _topics.Keys.Order(StringComparer.Ordinal))}. A [Stream] has no topic."
            : $"The app has several topics {what}: name one of them.");
    }
}
