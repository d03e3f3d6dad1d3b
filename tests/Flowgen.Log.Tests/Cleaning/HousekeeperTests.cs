using Flowgen.Log.Cleaning;
using Flowgen.Log.Tests.Support;

namespace Flowgen.Log.Tests.Cleaning;

public class HousekeeperTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ManualTime _time = new();

    [Fact]
    public void A_job_runs_again_when_its_interval_has_passed_and_not_before()
    {
        var runs = new List<DateTimeOffset> { _time.GetUtcNow() };
        using var housekeeper = new Housekeeper(_time);
        using var job = new Job(_ => runs.Add(_time.GetUtcNow())) { Interval = TimeSpan.FromMinutes(5) };
        housekeeper.Register(job);
        housekeeper.Start();

        for (int run = 0; run < 3; run++)
            AdvanceUntilItRan(job, TimeSpan.FromMinutes(1));

        Assert.All(runs.Zip(runs.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public void A_job_that_is_woken_runs_at_once()
    {
        using var housekeeper = new Housekeeper(_time);
        using var job = new Job(_ => { });
        housekeeper.Register(job);
        housekeeper.Start();

        housekeeper.Wake(job);

        Assert.True(job.Ran.Wait(Patience));
    }

    [Fact]
    public void A_failure_is_reported_until_the_job_has_succeeded_and_ends_nothing()
    {
        int run = 0;
        using var housekeeper = new Housekeeper(_time);
        using var failing = new Job(_ => FailFirst(ref run, 2));
        using var other = new Job(_ => { }) { Name = "other" };
        housekeeper.Register(failing);
        housekeeper.Register(other);

        housekeeper.RunOnce();
        _time.Advance(TimeSpan.FromSeconds(10));
        housekeeper.RunOnce();

        var failure = Assert.Single(housekeeper.Health.Current);
        Assert.Equal(("test", "", "No space left.", 2), (failure.Job, failure.Where, failure.Message, failure.Times));
        Assert.Equal(10_000, failure.LastAt - failure.FirstAt);
        Assert.Equal(2, other.Ran.CurrentCount);

        housekeeper.RunOnce();

        Assert.Empty(housekeeper.Health.Current);
        Assert.Equal(2, housekeeper.Health.Total);
    }

    [Fact]
    public void A_failure_is_forgotten_with_what_it_concerned()
    {
        List<string> places = ["a", "b"];
        using var housekeeper = new Housekeeper(_time);
        using var job = new Job(_ => places.ForEach(place => housekeeper.Health.Try("test", place, () => throw new IOException("No space left."))));
        housekeeper.Register(job);
        housekeeper.RunOnce();
        housekeeper.Health.Failed("other", "b", new IOException("No space left."));

        places.Remove("b");
        housekeeper.RunOnce();

        Assert.Equal([("other", "b", 1), ("test", "a", 2)], housekeeper.Health.Current.Select(f => (f.Job, f.Where, f.Times)));
    }

    [Fact]
    public void A_job_that_failed_runs_again_without_being_woken()
    {
        int run = 0;
        using var housekeeper = new Housekeeper(_time);
        using var job = new Job(_ => FailFirst(ref run, 1));
        housekeeper.Register(job);
        housekeeper.Start();
        housekeeper.Wake(job);
        Assert.True(job.Ran.Wait(Patience));

        AdvanceUntilItRan(job, TimeSpan.FromSeconds(5));

        Assert.Empty(housekeeper.Health.Current);
    }

    [Fact]
    public void Closing_ends_a_job_that_waits_for_its_share_of_the_disk()
    {
        using var job = new Job(token => new IoBudget(_time, bytesPerSecond: 1).Spend(1_000_000, token));
        var housekeeper = new Housekeeper(_time);
        housekeeper.Register(job);
        housekeeper.Start();
        housekeeper.Wake(job);
        Assert.True(job.Started.Wait(Patience));

        housekeeper.Dispose();

        Assert.Empty(housekeeper.Health.Current);
    }

    [Fact]
    public async Task The_bytes_of_a_second_take_a_second()
    {
        var budget = new IoBudget(_time, bytesPerSecond: 1_000);
        var spent = Task.Run(() => budget.Spend(3_000, CancellationToken.None));

        for (int i = 0; i < 2; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1.4));
            Assert.False(spent.IsCompleted);
        }

        while (!spent.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(0.1));
            await Task.Yield();
        }

        await spent;
    }

    private static void FailFirst(ref int run, int times)
    {
        if (run++ < times)
            throw new IOException("No space left.");
    }

    private void AdvanceUntilItRan(Job job, TimeSpan step)
    {
        while (!job.Ran.Wait(TimeSpan.Zero))
        {
            _time.Advance(step);
            Thread.Yield();
        }
    }

    private sealed class Job(Action<CancellationToken> run) : IHousekeepingJob, IDisposable
    {
        public string Name { get; init; } = "test";

        public TimeSpan Interval { get; init; } = Timeout.InfiniteTimeSpan;

        public SemaphoreSlim Started { get; } = new(0);

        public SemaphoreSlim Ran { get; } = new(0);

        public void Run(CancellationToken cancellationToken)
        {
            Started.Release();
            try
            {
                run(cancellationToken);
            }
            finally
            {
                Ran.Release();
            }
        }

        public void Dispose()
        {
            Started.Dispose();
            Ran.Dispose();
        }
    }
}
