using Flowgen.Log.Files;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Simulation;

/// <summary>
/// One commit after the other: topics, batches of one and of several partitions, segments that roll, offsets of groups, a schema, deleted
/// records, a clean close in between and a kill.
/// </summary>
internal sealed class StepScenario(IFileSystem files, FlowLogOptions options) : Scenario
{
    private FlowLog? _log;

    /// <summary>Whether a step whose write failed is taken once more, as the log says it can be.</summary>
    public bool TriesAgain { get; init; }

    public override void Run()
    {
        _log = Open(files, options);
        Step(log => log.EnsureTopic("orders", new TopicSettings(Partitions: 2)));
        Step(log => log.RegisterSchema("orders", [1, 2, 3]));
        for (int i = 0; i < 6; i++)
            Append(i);
        Step(log => log.EnsureTopic("__changelog", new TopicSettings(Partitions: 1, TopicCleanup.Compact)));
        _log.Dispose();
        _log = Open(files, options);
        for (int i = 6; i < 12; i++)
            Append(i);
        Step(log => log.DeleteRecordsBefore("orders", 0, 7));
        _log = Open(new AfterKill(files), options);
        for (int i = 12; i < 15; i++)
            Append(i);
        Step(log => log.DeleteRecordsBefore("orders", 0, 12));
        _log.Dispose();
    }

    private void Append(int number) => Step(log =>
    {
        using var transaction = Transaction(log, number);
        transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
    });

    private void Step(Action<FlowLog> commit)
    {
        try
        {
            commit(_log!);
        }
        catch (Exception e) when (TriesAgain && e is LogWriteException or IOException)
        {
            commit(_log!);
        }

        Acknowledged++;
        Images.Add(LogImage.Of(_log!));
    }
}
