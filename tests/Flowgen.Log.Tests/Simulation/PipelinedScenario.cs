using Flowgen.Log.Commits;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Simulation;

/// <summary>Commits that overlap: while the batches of one are synced, those of the next are written, as the two threads of the log do it.</summary>
internal sealed class PipelinedScenario(SimulatedFileSystem files, FlowLogOptions options) : Scenario
{
    private const int Commits = 10;

    public override void Run()
    {
        using var log = Open(files, options);
        log.CreateTopic("orders", new TopicSettings(Partitions: 2));
        Note(log);
        log.Pipeline.RunOnTheCallersThread(CommitMode.Manual);
        var current = Write(log, 0);
        for (int i = 1; i <= Commits; i++)
        {
            Task? next = null;
            files.DuringSync = path =>
            {
                if (i < Commits && next is null && path.EndsWith(".segment", StringComparison.Ordinal))
                {
                    files.DuringSync = _ => { };
                    next = Write(log, i);
                }
            };
            log.Pipeline.CommitNext();
            current.GetAwaiter().GetResult();
            Note(log);
            current = next ?? Task.CompletedTask;
        }

        files.DuringSync = _ => { };
    }

    private static Task Write(FlowLog log, int number)
    {
        using var transaction = Transaction(log, number);
        var commit = transaction.CommitAsync().AsTask();
        log.Pipeline.WriteNext();
        return commit;
    }

    private void Note(FlowLog log)
    {
        Acknowledged++;
        Images.Add(LogImage.Of(log));
    }
}
