using FsCheck;
using FsCheck.Fluent;
using Counts = Flowgen.Runtime.WindowStore<int, Flowgen.Runtime.Int32Key, long, Flowgen.Runtime.Unmanaged<long>>;

namespace Flowgen.Runtime.Tests.Stores;

/// <summary>Windows against a batch computation over the same events, for any order of arrival.</summary>
public class WindowStoreProperties
{
    private const long Size = 10;

    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(300);

    [Fact]
    public void Within_the_bound_results_do_not_depend_on_the_order_of_arrival() =>
        Prop.ForAll<int[], int>((seeds, shuffle) =>
        {
            Event[] events = [.. seeds.Select((seed, i) => new Event(i * 3 - 200, Math.Abs(seed % 7)))];
            const int Bound = 40;
            Event[] arrival = Disorder(events, Bound, shuffle);
            var store = new Counts("windows", Size);
            var results = new List<(long, int, long)>();
            long newest = long.MinValue;
            foreach (Event e in arrival)
            {
                Assert.True(WindowStoreTests.Add(store, e.Time, e.Key), "An event within the bound is never late.");
                newest = Math.Max(newest, e.Time);
                if (e.Time % 4 == 0) results.AddRange(WindowStoreTests.Fire(store, newest - Bound).Select(r => (r.Start, r.Key, r.Count)));
            }

            results.AddRange(WindowStoreTests.Fire(store, long.MaxValue).Select(r => (r.Start, r.Key, r.Count)));
            Assert.Equal(results.Select(r => r.Item1), results.Select(r => r.Item1).Order());
            Assert.Equal(Batch(events), results.Order());
            return true;
        }).Check(Thorough);

    [Fact]
    public void Each_event_is_in_exactly_one_result_or_late_through_corrections_commits_snapshots_and_restarts() =>
        Prop.ForAll<int[], int>((seeds, randomness) =>
        {
            var run = new Run(lateness: 25);
            var random = new Random(randomness);
            foreach (int seed in seeds) run.Step(seed, random);
            run.Finish();
            return true;
        }).Check(Thorough);

    [Fact]
    public void A_cursor_gives_what_the_store_gives_while_windows_fire_and_commits_go_on() =>
        Prop.ForAll<int[], int>((seeds, randomness) =>
        {
            var random = new Random(randomness);
            var direct = new Counts("windows", Size, lateness: 15);
            var through = new Counts("windows", Size, lateness: 15);
            long time = 0;
            foreach (int seed in seeds)
            {
                time += random.Next(8);
                Event[] batch = [.. Enumerable.Range(0, Math.Abs(seed % 20)).Select(_ => new Event(time - random.Next(40), random.Next(9)))];
                foreach (Event e in batch) WindowStoreTests.Add(direct, e.Time, e.Key);
                AddThroughCursor(through, batch);
                Assert.Equal(WindowStoreTests.Correct(direct), WindowStoreTests.Correct(through));
                Assert.Equal(WindowStoreTests.Fire(direct, time - 10), WindowStoreTests.Fire(through, time - 10));
                if (seed % 3 == 0) Assert.Equal(Changes(direct), Changes(through));
            }

            return true;
        }).Check(Thorough);

    private static void AddThroughCursor(Counts store, Event[] batch)
    {
        var cursor = store.Cursor;
        foreach (Event e in batch)
        {
            if (!cursor.Holds(e.Time, Size))
            {
                long start = store.StartOf(e.Time);
                if (store.IsLate(start)) continue;
                cursor = store.CursorAt(start);
            }

            cursor.Get(e.Key, out _)++;
        }
    }

    private static byte[] Changes(Counts store)
    {
        var to = new Log.ByteBuffer();
        store.WriteChanges(to);
        return to.Written.ToArray();
    }

    private static (long, int, long)[] Batch(IEnumerable<Event> events) =>
    [
        .. events.GroupBy(e => (Start: WindowMath.Floor(e.Time, Size), e.Key))
            .Select(group => (group.Key.Start, group.Key.Key, (long)group.Count())).Order(),
    ];

    /// <summary>Moves events back by at most the bound, in event time.</summary>
    private static Event[] Disorder(Event[] events, int bound, int seed)
    {
        var random = new Random(seed);
        return [.. events.OrderBy(e => e.Time + random.Next(bound + 1))];
    }

    private readonly record struct Event(long Time, int Key);

    private sealed class Run(long lateness)
    {
        private readonly List<Event> _accepted = [];
        private readonly Dictionary<(long, int), (long Count, int Revision)> _results = [];
        private Counts _store = new("windows", Size, lateness: lateness);
        private ChangelogModel? _log;
        private State _committed;
        private long _watermark = long.MinValue;
        private long _time;

        private ChangelogModel Log => _log ??= new ChangelogModel(_store);

        public void Step(int seed, Random random)
        {
            switch (Math.Abs(seed % 16))
            {
                case < 9:
                    Arrive(new Event(_time - random.Next(60), random.Next(5)), isFirst: _time == 0);
                    break;
                case < 11:
                    _time += random.Next(30);
                    break;
                case 11:
                    Note(WindowStoreTests.Correct(_store));
                    _watermark = Math.Max(_watermark, _time - 15);
                    Note(WindowStoreTests.Fire(_store, _watermark));
                    break;
                case 12:
                    Log.BeginSnapshot();
                    break;
                case 13:
                    Log.WriteSlice(random.Next(1, 100));
                    break;
                default:
                    Commit();
                    if (random.Next(3) == 0) Restart(random);
                    break;
            }
        }

        public void Finish()
        {
            Note(WindowStoreTests.Correct(_store));
            Note(WindowStoreTests.Fire(_store, long.MaxValue));
            Assert.Equal(Batch(_accepted), _results.Select(r => (r.Key.Item1, r.Key.Item2, r.Value.Count)).Order());
        }

        private void Arrive(Event e, bool isFirst)
        {
            bool isLate = _watermark >= WindowMath.Floor(e.Time, Size) + Size + lateness;
            Assert.Equal(!isLate, WindowStoreTests.Add(_store, e.Time, e.Key));
            if (!isLate) _accepted.Add(e);
            if (isFirst) _time = 1;
        }

        private void Note(List<(long Start, int Key, long Count, int Revision)> results)
        {
            foreach (var result in results)
            {
                int expected = _results.TryGetValue((result.Start, result.Key), out var last) ? last.Revision + 1 : 0;
                Assert.Equal(expected, result.Revision);
                _results[(result.Start, result.Key)] = (result.Count, result.Revision);
            }
        }

        private void Commit()
        {
            Note(WindowStoreTests.Correct(_store));
            Log.Commit();
            _committed = new State([.. _accepted], new(_results), _watermark, _time);
        }

        /// <summary>What came after the last commit is forgotten everywhere, as after a crash.</summary>
        private void Restart(Random random)
        {
            for (int i = random.Next(4); i > 0; i--)
            {
                Arrive(new Event(_time - random.Next(20), random.Next(5)), isFirst: false);
                Note(WindowStoreTests.Fire(_store, _watermark = Math.Max(_watermark, _time - 5)));
            }

            var restored = new Counts("windows", Size, lateness: lateness);
            Log.Restore(restored);
            _store = restored;
            _log = Log.Continue(restored);
            _accepted.Clear();
            _accepted.AddRange(_committed.Accepted);
            _results.Clear();
            foreach (var result in _committed.Results) _results.Add(result.Key, result.Value);
            (_watermark, _time) = (_committed.Watermark, _committed.Time);
        }

        private readonly record struct State(Event[] Accepted, Dictionary<(long, int), (long Count, int Revision)> Results, long Watermark, long Time);
    }
}
