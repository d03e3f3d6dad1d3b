namespace Flowgen.Log.Tests.Simulation;

/// <summary>
/// A thing that happens to a log, and what the log has to hold afterwards. Where it is several commits, each has an effect of its own: a
/// crash in the middle leaves the first of them.
/// </summary>
/// <param name="Name">For messages.</param>
/// <param name="Do">What is done; when it returns, all of it is acknowledged.</param>
/// <param name="Effects">What it changes.</param>
internal sealed record Step(string Name, Action<ScenarioRun> Do, params IReadOnlyList<Action<LogModel>> Effects)
{
    public static Step Nothing { get; } = new("nothing", _ => { });
}
