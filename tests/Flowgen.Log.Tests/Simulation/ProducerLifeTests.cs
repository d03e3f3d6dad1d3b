using Flowgen.TestKit.Simulation;
using Xunit.Abstractions;

namespace Flowgen.Log.Tests.Simulation;

public class ProducerLifeTests(ITestOutputHelper output)
{
    [Fact]
    public void After_a_crash_at_any_operation_a_resumed_producer_neither_loses_nor_doubles_a_record()
    {
        int operations = Operations();
        int lives = 0;
        var violations = new List<string>();
        for (int crashAt = 0; crashAt < operations; crashAt++)
        {
            foreach (var loss in Enum.GetValues<Loss>())
            {
                for (int seed = 0; seed < Scale.Factor; seed++)
                {
                    lives++;
                    if (Crash(crashAt, loss, seed) is { } wrong)
                        violations.Add($"crash before operation {crashAt} of {operations}, loss {loss}, seed {seed}: {wrong}");
                }
            }
        }

        output.WriteLine($"{lives} lives, crashed at {operations} operations, and once more while they were resumed");
        Assert.True(violations.Count == 0, string.Join('\n', violations.Take(3)));
    }

    [Fact]
    public void After_a_failure_of_any_operation_a_producer_neither_loses_nor_doubles_a_record()
    {
        int operations = Operations();
        int survived = 0;
        var violations = new List<string>();
        for (int failAt = 0; failAt < operations; failAt++)
        {
            var disk = new SimulatedFileSystem { FailAt = failAt };
            var life = new ProducerLife();
            if (life.Run(disk))
                survived++;
            else if (!life.Run(new AfterKill(disk)))
                violations.Add($"failure of operation {failAt}: the log did not go on when it was opened again");
            disk.Fault = Fault.None;
            if (life.Check(new AfterKill(disk)) is { } wrong)
                violations.Add($"failure of operation {failAt} of {operations}: {wrong}");
        }

        output.WriteLine($"{operations} failures, {survived} of which a producer got over by itself");
        Assert.True(violations.Count == 0, string.Join('\n', violations.Take(3)));
        Assert.True(survived > 0, "no failed write was tried again");
    }

    private static string? Crash(int crashAt, Loss loss, int seed)
    {
        var disk = new SimulatedFileSystem { CrashAt = crashAt };
        var life = new ProducerLife();
        for (int crash = 0; !life.Run(disk); crash++)
        {
            if (crash == 2)
                return "the log did not go on after its recovery";
            disk = disk.Restart(loss, seed);
            disk.CrashAt = crash == 0 ? new Random((crashAt * 31) + seed).Next(40) : int.MaxValue;
        }

        disk.CrashAt = int.MaxValue;
        return life.Check(disk);
    }

    private static int Operations()
    {
        var disk = new SimulatedFileSystem();
        var life = new ProducerLife();
        Assert.True(life.Run(disk));
        Assert.Null(life.Check(disk));
        return disk.Operations;
    }
}
