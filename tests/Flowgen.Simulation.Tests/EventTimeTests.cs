using Flowgen.Simulation.Tests.EventTime;
using Flowgen.Simulation.Tests.Stages;
using FsCheck;
using FsCheck.Fluent;

namespace Flowgen.Simulation.Tests;

/// <summary>Event time in generated operators under the engine. FLOWGEN_SCALE multiplies the number of cases.</summary>
public sealed class EventTimeTests
{
    private const long Start = 1_700_000_000_000;

    [Fact]
    public void Each_event_is_counted_in_its_window_or_handed_over_as_late_and_watermarks_never_fall() => Check(cases: 5000, (seeds, seed) =>
    {
        Random random = new(seed);
        int partitions = random.Next(1, 4);
        Event[] events = Events(seeds, random, partitions, disorder: 2000);
        EventTimeRun run = new(partitions, random.Next(1, 4), random.Next(1, 4), outOfOrder: random.Next(700), idle: random.Next(5, 100), seed);
        Feed(run, events, random, partitions);
        run.End();

        Assert.False(run.AWatermarkFell, "A watermark fell.");
        CheckCounts(run, "late-windows", events, size: 500, corrects: false);
        CheckCounts(run, "corrected-windows", events, size: 400, corrects: true);
    });

    [Fact]
    public void Within_the_bound_nothing_is_late_and_the_order_of_arrival_does_not_matter() => Check(cases: 4000, (seeds, seed) =>
    {
        Random random = new(seed);
        int partitions = random.Next(1, 4);
        int disorder = random.Next(600);
        Event[] events = Events(seeds, random, partitions, disorder);
        EventTimeRun run = new(partitions, random.Next(1, 4), random.Next(1, 4), disorder, idle: 86_400_000, seed);
        Feed(run, events, random, partitions);
        run.End();

        Assert.Empty(run.Read<LateEvent, LateEventCodec>("late-windows-late"));
        Assert.Empty(run.Read<LateEvent, LateEventCodec>("corrected-windows-late"));
        Assert.Equal(Windows(events, 1000).Select(window => (window.Key, window.Window, (int)window.Count)).Order(), CountedWindows(run).Order());
        CheckCounts(run, "late-windows", events, size: 500, corrects: false);
    });

    [Fact]
    public void A_partition_that_falls_silent_does_not_hold_back_the_others() => Check(cases: 1000, (seeds, seed) =>
    {
        Random random = new(seed);
        int partitions = random.Next(2, 4);
        int silent = random.Next(partitions);
        Event[] events = [.. Events(seeds, random, partitions, disorder: 0).Where(e => e.Lane != silent)];
        if (events.Length == 0) return;
        EventTimeRun run = new(partitions, random.Next(1, 4), random.Next(1, 4), outOfOrder: 0, idle: 50, seed);
        Feed(run, events, random, partitions);
        run.Wait(TimeSpan.FromMilliseconds(200));
        foreach (int partition in Enumerable.Range(0, partitions).Where(partition => partition != silent))
            run.Append(partition, [new Event(9, partition, 0, 0, 0, Start + 10_000_000)]); // past the end of every window
        run.Wait(TimeSpan.FromMilliseconds(30));

        var results = run.Read<Correction, CorrectionCodec>("late-windows");
        long late = run.Read<LateEvent, LateEventCodec>("late-windows-late").Count;
        Assert.Equal(events.Length, results.Sum(result => result.Count) + late);
    });

    /// <summary>Events whose lane is their partition; at most so far behind the newest of it.</summary>
    private static Event[] Events(int[] seeds, Random random, int partitions, int disorder) =>
        [.. seeds.Select((seed, i) => new Event(Math.Abs(seed % 4), random.Next(partitions), i, 0, i, Start + (i * 90) + disorder - random.Next(disorder + 1)))];

    /// <summary>Appends the events in batches of all sizes while the app works, and time passes.</summary>
    private static void Feed(EventTimeRun run, Event[] events, Random random, int partitions)
    {
        int[] next = new int[partitions];
        Event[][] lanes = [.. Enumerable.Range(0, partitions).Select(partition => events.Where(e => e.Lane == partition).ToArray())];
        while (Enumerable.Range(0, partitions).Any(partition => next[partition] < lanes[partition].Length))
        {
            int partition = random.Next(partitions);
            int count = Math.Min(random.Next(6), lanes[partition].Length - next[partition]);
            run.Append(partition, lanes[partition].AsSpan(next[partition], count));
            next[partition] += count;
            run.Work(random.Next(30));
            if (random.Next(4) == 0) run.Wait(TimeSpan.FromMilliseconds(random.Next(40)));
        }
    }

    private static void CheckCounts(EventTimeRun run, string stage, Event[] events, long size, bool corrects)
    {
        var results = run.Read<Correction, CorrectionCodec>(stage).GroupBy(result => (result.Key, result.Window)).ToList();
        Assert.All(results, window => Assert.True(corrects || window.Count() == 1, $"Results of a window of {stage}: {string.Join(", ", window)}"));
        Assert.All(results, window => Assert.True(window.Zip(window.Skip(1)).All(pair => pair.First.Count < pair.Second.Count), $"Corrections of {stage}: {string.Join(", ", window)}"));
        var counted = results.Select(window => (window.Key.Key, window.Key.Window, window.Last().Count, window.Last().Sum));
        var late = run.Read<LateEvent, LateEventCodec>(stage + "-late").Select(e => (e.Key, e.Window, Count: 1L, Sum: e.Id));
        var all = counted.Concat(late).GroupBy(part => (part.Key, part.Window)).Select(window => (window.Key.Key, window.Key.Window, window.Sum(part => part.Count), window.Sum(part => part.Sum)));
        Assert.Equal(Windows(events, size).Order(), all.Order());
    }

    private static IEnumerable<(int Key, long Window, int Count)> CountedWindows(EventTimeRun run) =>
        run.Read<Event, EventCodec>("count-windows").Select(result => (result.Key, (result.At / 1000) * 1000, result.Value));

    private static IEnumerable<(int Key, long Window, long Count, long Sum)> Windows(Event[] events, long size) =>
        events.GroupBy(e => (e.Key, Window: e.At / size * size)).Select(window => (window.Key.Key, window.Key.Window, window.LongCount(), window.Sum(e => e.Id)));

    private static void Check(int cases, Action<int[], int> property)
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(cases * Scale.Factor).WithEndSize(60);
        SynchronizationContext? outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null); // what waits for a task goes on where the task ends
        try
        {
            Prop.ForAll<int[], int>((seeds, seed) =>
            {
                property(seeds, seed);
                return true;
            }).Check(config);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }
}
