using System.Globalization;
using Flowgen.Log.Commits;
using Flowgen.Log.Storage;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Simulation;

/// <summary>Starts a log on a disk that a crash has left, and says what is wrong with it.</summary>
internal static class RestartCheck
{
    private const int MostOperationsOfRecovery = 40;

    public static string? Check(ScenarioRun run, SimulatedFileSystem disk, int seed)
    {
        try
        {
            var random = new Random(seed);
            while (random.Next(2) == 0)
                disk = CrashDuringRecovery(run, disk, random);
            return Continue(run, disk);
        }
        catch (Exception e) when (e is FlowLogException or IOException)
        {
            return e.Message;
        }
    }

    // A commit that was under way when the machine crashed is there or not; everything before it is there. Then life goes on.
    private static string? Continue(ScenarioRun run, SimulatedFileSystem disk)
    {
        LogModel expected;
        using (var log = run.OpenOn(disk))
        {
            var content = LogContent.Of(log);
            int found = run.Find(content, out string? difference);
            if (found < 0)
                return difference;
            if (SeekCheck.Violation(log, content) is { } lost)
                return lost;
            expected = run.Possible[found].Clone();
            AssertAreFenced(log);
            SendAgain(run, log, found, expected);
            Append(log, expected);
        }

        using (var log = run.OpenOn(disk))
        {
            if (!log.Recovery.WasClosedCleanly)
                return "a clean shutdown was not found out";
            if (ModelDifference.Between(expected, LogContent.Of(log)) is { } difference)
                return $"after its recovery the log did not go on: {difference}";
        }

        return BackupCheck.Violation(run, disk, restores: true);
    }

    // Who held a transactional id before somebody took it over commits nothing any more.
    private static void AssertAreFenced(FlowLog log)
    {
        (string Id, TransactionalProducer Holder)[] all;
        lock (log.State.Gate)
            all = [.. log.State.Producers.Transactional.Select(t => (t.Key, t.Value))];
        foreach (var (id, holder) in all.Where(t => t.Holder.Epoch > 0))
            Take.AssertIsFenced(log, new ProducerHolder(id, holder.ProducerId, (short)(holder.Epoch - 1)), "another one had its id before the crash");
    }

    // Once more: appended if it was not there.
    private static void SendAgain(ScenarioRun run, FlowLog log, int found, LogModel expected)
    {
        if (run.Retry is not { } content)
            return;
        content.Submit(log).GetAwaiter().GetResult();
        if (run.Current.Effects.Contains(content.Effect) && found == 0)
            content.Effect(expected);
    }

    private static void Append(FlowLog log, LogModel expected)
    {
        using var transaction = log.BeginTransaction();
        foreach (var (name, topic) in expected.Topics)
        {
            var record = new ModelRecord("after", topic.Partitions[0].NextOffset.ToString(CultureInfo.InvariantCulture));
            transaction.Append(name, 0, ScenarioBatch.Of(record));
            transaction.SetOffset("after", name, 0, 1);
            topic.Partitions[0].Append(record);
            expected.Offsets[("after", name, 0)] = new CommittedOffset(1, "");
        }

        transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
    }

    // Recovery itself is interrupted, too.
    private static SimulatedFileSystem CrashDuringRecovery(ScenarioRun run, SimulatedFileSystem disk, Random random)
    {
        disk.CrashAt = disk.Operations + random.Next(MostOperationsOfRecovery);
        try
        {
            using var log = run.OpenOn(disk);
        }
        catch (Exception e) when (disk.HasCrashed && e is SimulatedCrashException or FlowLogException or IOException)
        {
            return disk.Restart((Loss)random.Next(Enum.GetValues<Loss>().Length), random.Next());
        }

        disk.CrashAt = int.MaxValue;
        return disk;
    }
}
