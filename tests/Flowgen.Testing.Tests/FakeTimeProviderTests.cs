namespace Flowgen.Testing.Tests;

public class FakeTimeProviderTests
{
    [Fact]
    public void The_clock_stands_still_until_it_is_moved()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero));
        DateTimeOffset start = clock.GetUtcNow();
        long timestamp = clock.GetTimestamp();
        Assert.Equal(start, clock.GetUtcNow());

        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(start.AddSeconds(3), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(3), clock.GetElapsedTime(timestamp));
        clock.SetUtcNow(start.AddMinutes(1));
        Assert.Equal(start.AddMinutes(1), clock.GetUtcNow());
    }

    [Fact]
    public void The_clock_does_not_run_backwards()
    {
        var clock = new FakeTimeProvider();
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Advance(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.SetUtcNow(DateTimeOffset.UnixEpoch.AddTicks(-1)));
    }

    [Fact]
    public void Timers_fire_in_the_order_of_their_time_and_see_it()
    {
        var clock = new FakeTimeProvider();
        var fired = new List<(string, double)>();
        void Note(object? name) => fired.Add(((string)name!, (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds));
        using ITimer late = clock.CreateTimer(Note, "late", TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        using ITimer often = clock.CreateTimer(Note, "often", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        using ITimer never = clock.CreateTimer(Note, "never", Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal([("often", 2), ("often", 4), ("late", 5), ("often", 6)], fired);

        often.Dispose();
        late.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        clock.Advance(TimeSpan.Zero);
        Assert.Equal(("late", 6), fired[^1]);
        Assert.Equal(5, fired.Count);
    }

    [Fact]
    public async Task A_delay_ends_when_the_clock_gets_there()
    {
        var clock = new FakeTimeProvider();
        Task delay = Task.Delay(TimeSpan.FromHours(1), clock);
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.False(delay.IsCompleted);
        clock.Advance(TimeSpan.FromMinutes(1));
        await delay;
    }
}
