namespace Flowgen.Runtime.Tests.Engine;

public class LoopTests
{
    private const int Messages = 100_000;

    public static TheoryData<string> Kinds => ["worker", "helper"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task No_wake_is_lost_however_a_step_and_a_wake_meet(string kind)
    {
        int sent = 0;
        int seen = 0;
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ILoop loop = Create(kind, Step);
        loop.Start();
        for (int i = 0; i < Messages; i++)
        {
            Interlocked.Increment(ref sent);
            loop.Wake();
            if (i % 64 == 0) SpinWait.SpinUntil(() => Volatile.Read(ref seen) == Volatile.Read(ref sent)); // the loop rests now, or is about to
        }

        await ended.Task;

        Assert.Equal(Messages, seen);

        LoopStep Step()
        {
            if (seen == Messages)
            {
                ended.SetResult();
                return LoopStep.Ended;
            }

            if (seen == Volatile.Read(ref sent)) return LoopStep.Idle;
            Volatile.Write(ref seen, seen + 1);
            return LoopStep.Worked;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Behind_its_end_a_loop_takes_no_step_and_may_still_be_woken(string kind)
    {
        int steps = 0;
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ILoop loop = Create(kind, () =>
        {
            steps++;
            ended.SetResult();
            return LoopStep.Ended;
        });
        loop.Start();
        await ended.Task;

        loop.Wake();

        Assert.Equal(1, steps);
    }

    [Fact]
    public void A_gate_opens_when_the_last_worker_has_come()
    {
        EpochGate gate = new(workers: 2);

        Assert.True(gate.IsOpen(meetings: 0));
        Assert.False(gate.Arrive());
        Assert.False(gate.IsOpen(meetings: 1));
        Assert.True(gate.Arrive());
        Assert.True(gate.IsOpen(meetings: 1));
        Assert.False(gate.Arrive());
        Assert.False(gate.IsOpen(meetings: 2));
    }

    private static ILoop Create(string kind, Func<LoopStep> step) =>
        kind == "worker" ? EngineThreads.Instance.CreateWorker("test", step) : EngineThreads.Instance.CreateHelper("test", step);
}
