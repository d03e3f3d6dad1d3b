using Flowgen.Log;
using Counts = Flowgen.Runtime.WindowStore<int, Flowgen.Runtime.Int32Key, long, Flowgen.Runtime.Unmanaged<long>>;

namespace Flowgen.Runtime.Tests.Stores;

public class WindowStoreTests
{
    private const long Size = 10;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(9, 0)]
    [InlineData(10, 10)]
    [InlineData(-1, -10)]
    [InlineData(-10, -10)]
    [InlineData(-11, -20)]
    public void A_window_starts_at_a_multiple_of_its_size_before_1970_too(long time, long start)
    {
        var store = new Counts("windows", Size);
        Assert.Equal(start, store.StartOf(time));
        store.Get(1, start, out _)++;
        Assert.Equal(start, store.StartOf(time));
        Assert.Equal(start, WindowMath.Floor(time, Size));
        Assert.Equal(start + 3, WindowMath.Floor(time + 3, Size, 3));
    }

    [Fact]
    public void Windows_fire_in_the_order_of_time_with_their_keys_in_the_order_of_arrival()
    {
        var store = new Counts("windows", Size);
        Add(store, 25, 5);
        Add(store, 3, 2);
        Add(store, 21, 4);
        Add(store, 4, 1);
        Add(store, 3, 2);

        Assert.Equal([(0L, 2, 2L, 0), (0L, 1, 1L, 0), (20L, 5, 1L, 0), (20L, 4, 1L, 0)], Fire(store, 30));
        Assert.Empty(Fire(store, 30));
        Assert.Equal(0, store.Entries);
    }

    [Fact]
    public void A_window_does_not_fire_before_the_watermark_reaches_its_end()
    {
        var store = new Counts("windows", Size);
        Add(store, 3, 1);
        Assert.Empty(Fire(store, 9));
        Assert.Single(Fire(store, 10));
    }

    [Fact]
    public void A_window_is_late_when_the_watermark_has_passed_its_end_and_its_lateness()
    {
        var store = new Counts("windows", Size, lateness: 5);
        Fire(store, 14);
        Assert.False(store.IsLate(0));
        Fire(store, 15);
        Assert.True(store.IsLate(0));
        Assert.False(store.IsLate(10));
    }

    [Fact]
    public void A_late_record_corrects_its_result_once_for_each_batch()
    {
        var store = new Counts("windows", Size, lateness: 100);
        Add(store, 3, 1);
        Add(store, 3, 2);
        Assert.Equal([(0L, 1, 1L, 0), (0L, 2, 1L, 0)], Fire(store, 10));

        Add(store, 4, 2);
        Add(store, 5, 2);
        Assert.Equal([(0L, 2, 3L, 1)], Correct(store));
        Assert.Empty(Correct(store));

        Add(store, 5, 2);
        Assert.Equal([(0L, 2, 4L, 2)], Correct(store));
    }

    [Fact]
    public void The_first_result_of_a_key_in_a_closed_window_is_not_a_correction()
    {
        var store = new Counts("windows", Size, lateness: 100);
        Add(store, 3, 1);
        Fire(store, 10);

        Add(store, 3, 7);
        Assert.Equal([(0L, 7, 1L, 0)], Correct(store));
        Add(store, 3, 7);
        Assert.Equal([(0L, 7, 2L, 1)], Correct(store));
    }

    [Fact]
    public void A_record_of_a_window_that_ended_before_anything_arrived_gives_a_result_at_the_end_of_the_batch()
    {
        var store = new Counts("windows", Size, lateness: 100);
        Fire(store, 50);
        Add(store, 3, 1);

        Assert.Equal([(0L, 1, 1L, 0)], Correct(store));
        Assert.Empty(Fire(store, 60));
    }

    [Fact]
    public void The_end_of_time_closes_every_window_and_is_not_kept_as_a_watermark()
    {
        var store = new Counts("windows", Size);
        Fire(store, 5);
        Add(store, 8, 1);
        Add(store, 55, 1);

        Assert.Equal([(0L, 1, 1L, 0), (50L, 1, 1L, 0)], Fire(store, long.MaxValue));

        Assert.Equal(5, store.Watermark);
        Assert.False(store.IsLate(0));
        Add(store, 56, 1);
        Assert.Equal([(50L, 1, 1L, 0)], Fire(store, 60));
    }

    [Fact]
    public void After_the_end_of_time_a_window_with_lateness_is_corrected_and_does_not_fire_again()
    {
        var store = new Counts("windows", Size, lateness: 100);
        Fire(store, 5);
        Add(store, 8, 1);
        Fire(store, long.MaxValue);

        Add(store, 9, 1);
        Assert.Equal([(0L, 1, 2L, 1)], Correct(store));
        Assert.Empty(Fire(store, 10));
    }

    [Fact]
    public void The_beginning_of_time_closes_nothing()
    {
        var store = new Counts("windows", Size, lateness: 3);
        Add(store, 3, 1);
        Assert.Empty(Fire(store, long.MinValue));
    }

    [Fact]
    public void Dropping_a_window_writes_one_removal_for_all_its_keys()
    {
        var store = new Counts("windows", Size);
        for (int key = 0; key < 1000; key++) Add(store, 3, key);
        store.WriteChanges(new ByteBuffer());
        Fire(store, 10);
        var to = new ByteBuffer();
        store.WriteChanges(to);

        // watermark, number of removals, start of the window, number of panes
        Assert.Equal(8 + 4 + 8 + 4, to.Length);
    }

    [Fact]
    public void A_window_opened_and_closed_within_one_commit_is_never_written()
    {
        var store = new Counts("windows", Size);
        for (int key = 0; key < 1000; key++) Add(store, 3, key);
        Fire(store, 10);
        var to = new ByteBuffer();
        store.WriteChanges(to);

        Assert.Equal(8 + 4 + 4, to.Length);
    }

    [Fact]
    public void A_restored_store_knows_its_watermark_its_open_windows_and_the_revisions_of_closed_ones()
    {
        var store = new Counts("windows", Size, lateness: 100);
        var log = new ChangelogModel(store);
        Add(store, 3, 1);
        Add(store, 3, 2);
        log.Commit();
        Fire(store, 12);
        log.Commit();
        Add(store, 4, 2);
        Correct(store);
        Add(store, 15, 9);
        log.Commit();

        var restored = new Counts("windows", Size, lateness: 100);
        log.Restore(restored);

        Assert.Equal(12, restored.Watermark);
        Add(restored, 4, 1);
        Add(restored, 4, 2);
        Add(restored, 4, 3);
        Assert.Equal([(0L, 1, 2L, 1), (0L, 2, 3L, 2), (0L, 3, 1L, 0)], Correct(restored));
        Assert.Equal([(10L, 9, 1L, 0)], Fire(restored, 20));
    }

    [Fact]
    public void In_steady_state_windows_allocate_nothing()
    {
        var store = new Counts("windows", Size, lateness: 20);
        var to = new ByteBuffer(1 << 20);
        long time = 0;
        long sum = 0;
        void Epoch()
        {
            for (int i = 0; i < 20_000; i++)
            {
                long at = time + (i * 37 % 45);
                long start = store.StartOf(at);
                if (store.IsLate(start)) continue;
                store.Get(i % 100, start, out _)++;
            }

            while (store.NextCorrected()) foreach (var entry in store.Due) sum += entry.Value;
            time += 30;
            while (store.NextDue(time)) foreach (var entry in store.Due) sum += entry.Value;
            to.Clear();
            store.WriteChanges(to);
        }

        for (int i = 0; i < 10; i++) Epoch();
        Assert.Equal(0, Allocations.Least(Epoch));
        Assert.True(sum > 0);
    }

    internal static bool Add(Counts store, long time, int key)
    {
        long start = store.StartOf(time);
        if (store.IsLate(start)) return false;
        store.Get(key, start, out _)++;
        return true;
    }

    internal static List<(long Start, int Key, long Count, int Revision)> Fire(Counts store, long watermark)
    {
        var results = new List<(long, int, long, int)>();
        while (store.NextDue(watermark)) Collect(store, results);
        return results;
    }

    internal static List<(long Start, int Key, long Count, int Revision)> Correct(Counts store)
    {
        var results = new List<(long, int, long, int)>();
        while (store.NextCorrected()) Collect(store, results);
        return results;
    }

    private static void Collect(Counts store, List<(long, int, long, int)> results)
    {
        foreach (var entry in store.Due)
        {
            Assert.Equal(entry.Firing.Revision == 0 ? FiringKind.OnTime : FiringKind.Correction, entry.Firing.Kind);
            results.Add((store.Due.Window.StartMs, entry.Key, entry.Value, entry.Firing.Revision));
        }
    }
}
