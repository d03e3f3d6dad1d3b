namespace Flowgen.Log.Tests.Clients;

public class SendClockTests
{
    private const int LongerThanATick = 50; // milliseconds

    [Fact]
    public void A_clock_that_is_not_the_systems_is_read_for_each_record()
    {
        var time = new CountingTime();
        var clock = new SendClock(time);

        long[] read = [.. Enumerable.Range(0, 20).Select(_ => clock.Now())];

        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), read);
    }

    [Fact]
    public void The_systems_clock_is_read_again_when_its_timer_has_ticked()
    {
        var clock = new SendClock(TimeProvider.System);
        long first = clock.Now();
        long before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        Thread.Sleep(LongerThanATick);

        Assert.InRange(clock.Now(), Math.Max(first, before), DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void Times_of_the_systems_clock_lie_in_no_future()
    {
        var clock = new SendClock(TimeProvider.System);

        Assert.All(Enumerable.Range(0, 100_000), _ => Assert.True(clock.Now() <= DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));
    }

    private sealed class CountingTime : TimeProvider
    {
        private long _reads;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(++_reads);
    }
}
