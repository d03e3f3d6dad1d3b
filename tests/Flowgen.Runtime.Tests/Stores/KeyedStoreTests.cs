using Flowgen.Log;
using FsCheck;
using FsCheck.Fluent;
using LongStore = Flowgen.Runtime.KeyedStore<long, Flowgen.Runtime.Int64Key, long, Flowgen.Runtime.Unmanaged<long>>;
using TextStore = Flowgen.Runtime.KeyedStore<string, Flowgen.Runtime.StringKey, long, Flowgen.Runtime.Unmanaged<long>>;

namespace Flowgen.Runtime.Tests.Stores;

public class KeyedStoreTests
{
    [Fact]
    public void Any_sequence_of_adds_and_removals_gives_what_a_dictionary_gives_and_is_restored_exactly() =>
        Prop.ForAll<byte[]>(steps => Replay(steps, key => key)).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(400));

    [Fact]
    public void Keys_that_share_their_low_bits_change_nothing() =>
        Prop.ForAll<byte[]>(steps => Replay(steps, key => key << 40)).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithEndSize(400));

    [Fact]
    public void An_entry_is_written_once_for_each_commit_however_often_it_changed()
    {
        var store = new LongStore("totals");
        for (int i = 0; i < 1000; i++) store.Get(7, out _)++;
        var once = new ByteBuffer();
        store.WriteChanges(once);

        var other = new LongStore("totals");
        other.Get(7, out _) = 1000;
        var expected = new ByteBuffer();
        other.WriteChanges(expected);

        Assert.Equal(expected.Written.ToArray(), once.Written.ToArray());
    }

    [Fact]
    public void Nothing_is_written_when_nothing_has_changed()
    {
        var store = new LongStore("totals");
        store.Get(1, out _) = 1;
        store.WriteChanges(new ByteBuffer());

        var second = new ByteBuffer();
        store.WriteChanges(second);

        Assert.Equal(0, second.Length);
    }

    [Fact]
    public void An_entry_made_and_removed_within_one_commit_is_never_written()
    {
        var store = new LongStore("totals");
        store.Get(1, out _) = 1;
        Assert.True(store.Remove(1));
        var to = new ByteBuffer();
        store.WriteChanges(to);

        var reader = new StateReader(to.Written);
        Assert.Equal(0, reader.Read<int>());
        Assert.Equal(0, reader.Read<int>());
        Assert.Equal(0, store.Entries);
    }

    [Fact]
    public void A_key_removed_and_added_again_starts_as_default_and_is_new()
    {
        var store = new LongStore("totals");
        store.Get(1, out _) = 5;
        store.WriteChanges(new ByteBuffer());
        store.Remove(1);

        Assert.Equal(0, store.Get(1, out bool isNew));
        Assert.True(isNew);
        Assert.Equal(1, store.Entries);
    }

    [Fact]
    public void Touched_gives_each_entry_touched_since_the_last_commit_once_in_the_order_of_touch()
    {
        var store = new TextStore("totals");
        foreach (string key in new[] { "b", "a", "b", "c", "a" }) store.Get(key, out _)++;
        store.Remove("c");
        Assert.Equal([("b", 2L), ("a", 2L)], Touched(store));

        store.WriteChanges(new ByteBuffer());
        Assert.Empty(Touched(store));

        store.Get("a", out _)++;
        Assert.Equal([("a", 3L)], Touched(store));
    }

    [Fact]
    public void Chosen_keys_cannot_make_the_table_slow()
    {
        const int Keys = 50_000;
        var store = new LongStore("totals");
        for (long i = 0; i < Keys; i++) store.Get(i << 44, out _) = i;

        // With all keys in one run of the index this would take 50,000² / 2 probes: minutes instead of milliseconds.
        for (long i = 0; i < Keys; i++) Assert.Equal(i, store.Get(i << 44, out _));
        Assert.Equal(Keys, store.Entries);
    }

    [Fact]
    public void Two_ranges_of_keys_that_share_their_low_bits_find_their_entries()
    {
        var store = new LongStore("totals");
        for (long i = 0; i < 20_000; i++) store.Get(i, out _) = i;
        for (long i = 0; i < 20_000; i++) store.Get((1L << 32) + i, out _) = -i;

        for (long i = 0; i < 20_000; i++)
        {
            store.TryGet(i, out long low);
            store.TryGet((1L << 32) + i, out long high);
            Assert.Equal((i, -i), (low, high));
        }
    }

    [Fact]
    public void A_borrowed_text_key_is_copied()
    {
        var store = new KeyedStore<Text, TextKey, long, Unmanaged<long>>("words");
        byte[] buffer = "alpha"u8.ToArray();
        store.Get(Text.Borrow(buffer, 0, 5), out _) = 1;
        "omega"u8.CopyTo(buffer);

        Assert.True(store.TryGet("alpha", out _));
        Assert.False(store.TryGet("omega", out _));
    }

    [Fact]
    public void In_steady_state_gets_and_commits_allocate_nothing()
    {
        var store = new TextStore("totals");
        string[] keys = [.. Enumerable.Range(0, 500).Select(i => $"key-{i}")];
        var to = new ByteBuffer(1 << 20);
        void Epoch()
        {
            for (int i = 0; i < 20_000; i++) store.Get(keys[i % keys.Length], out _)++;
            to.Clear();
            store.WriteChanges(to);
        }

        Epoch();
        Epoch();
        Assert.Equal(0, Allocations.Least(Epoch));
    }

    private static List<(string Key, long Value)> Touched(TextStore store)
    {
        var entries = new List<(string, long)>();
        foreach (var entry in store.Touched) entries.Add((entry.Key, entry.Value));
        return entries;
    }

    private static bool Replay(byte[] steps, Func<long, long> keyOf)
    {
        var store = new LongStore("totals");
        var log = new ChangelogModel(store);
        var expected = new Dictionary<long, long>();
        for (int i = 0; i < steps.Length; i++)
        {
            long key = keyOf(steps[i] >> 4 | (i % 5) << 4);
            switch (steps[i] & 15)
            {
                case < 8:
                    ref long value = ref store.Get(key, out bool isNew);
                    Assert.Equal(!expected.ContainsKey(key), isNew);
                    value += i;
                    expected[key] = expected.GetValueOrDefault(key) + i;
                    break;
                case < 11:
                    Assert.Equal(expected.Remove(key), store.Remove(key));
                    break;
                case 11:
                    log.BeginSnapshot();
                    break;
                case 12:
                    log.WriteSlice(maxBytes: 1 + steps[i]);
                    break;
                default:
                    log.Commit();
                    AssertRestores(log, expected);
                    break;
            }

            Assert.Equal(expected.Count, store.Entries);
        }

        return true;
    }

    private static void AssertRestores(ChangelogModel log, Dictionary<long, long> expected)
    {
        var restored = new LongStore("totals");
        log.Restore(restored);
        Assert.Equal(expected.Count, restored.Entries);
        foreach ((long key, long value) in expected)
        {
            Assert.True(restored.TryGet(key, out long actual));
            Assert.Equal(value, actual);
        }
    }
}
