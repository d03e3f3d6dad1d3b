namespace Flowgen.Log.Tests.Clients;

public class ConsumerGuardTests
{
    private const int Rounds = 20_000;

    [Fact]
    public async Task Whatever_meets_the_user_is_told_that_it_is_closed_and_it_is_closed_once()
    {
        int[] closed = new int[Rounds * Scale.Factor];
        ConsumerGuard[] guards = [.. closed.Select((_, i) => new ConsumerGuard(() => closed[i]++))];
        int round = -1; // of the user; the other follows it
        var user = Task.Run(() =>
        {
            foreach (var guard in guards)
            {
                Interlocked.Increment(ref round);
                UseUntilItIsClosed(guard);
            }
        });
        var closer = Task.Run(() =>
        {
            for (int i = 0; i < guards.Length; i++)
            {
                while (Volatile.Read(ref round) < i && !user.IsCompleted)
                    Thread.SpinWait(1);
                Thread.SpinWait(i % 50);
                guards[i].Dispose();
            }
        });

        await closer;
        await user;
        Assert.All(guards, g => Assert.True(g.Closing.IsCancellationRequested));
        Assert.All(closed, times => Assert.Equal(1, times));
    }

    private static void UseUntilItIsClosed(ConsumerGuard guard)
    {
        try
        {
            while (true)
            {
                guard.Enter();
                guard.Exit();
            }
        }
        catch (ObjectDisposedException)
        {
            return; // and nothing else
        }
    }
}
