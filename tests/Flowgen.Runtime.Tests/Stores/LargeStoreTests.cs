using Flowgen.Log;
using LongStore = Flowgen.Runtime.KeyedStore<long, Flowgen.Runtime.Int64Key, long, Flowgen.Runtime.Unmanaged<long>>;

namespace Flowgen.Runtime.Tests.Stores;

/// <summary>Tables that have left their first array and fill a larger index while they work.</summary>
public class LargeStoreTests
{
    private const int Keys = 400_000; // more than the array that doubles holds
    private const int Epochs = 12;
    private const int SliceBytes = 300_000;

    [Theory]
    [InlineData("neighbours")]
    [InlineData("random")]
    [InlineData("shared low bits")]
    [InlineData("neighbours, then random")]
    public void What_is_added_changed_and_removed_is_found_and_restored(string kind)
    {
        var store = new LongStore("totals");
        var log = new ChangelogModel(store);
        var expected = new Dictionary<long, long>();
        var random = new Random(7);
        int added = 0;
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            for (int i = 0; i < Keys / Epochs; i++)
            {
                Add(store, expected, KeyOf(kind, added++));
                long old = KeyOf(kind, random.Next(added));
                if (i % 4 == 0) Assert.Equal(expected.Remove(old), store.Remove(old));
                else Add(store, expected, old);
            }

            if (epoch % 4 == 1) log.BeginSnapshot();
            log.Commit();
            log.WriteSlice(SliceBytes * (1 + epoch));
        }

        AssertSame(expected, store);
        var restored = new LongStore("totals");
        restored.Reserve(store.Entries, arriving: store.Entries);
        log.Restore(restored);
        AssertSame(expected, restored);
        var grown = new LongStore("totals");
        log.Restore(grown);
        AssertSame(expected, grown);
    }

    [Fact]
    public void A_claim_of_many_entries_makes_room_for_a_few()
    {
        var store = new LongStore("totals");

        store.Reserve(long.MaxValue, arriving: 1);

        Assert.True(store.SizeInBytes < 4096, $"{store.SizeInBytes} bytes");
    }

    [Fact]
    public void An_entry_costs_less_than_sixteen_bytes_beside_key_and_value()
    {
        var store = new KeyedStore<long, Int64Key, Total, Unmanaged<Total>>("totals");
        const int keys = 440_000; // a larger index is complete: while it is filled, the old one is there too
        for (long key = 0; key < keys; key++) store.Get(key * 7_919, out _).Sum = key;
        store.WriteChanges(new ByteBuffer());

        Assert.InRange(store.SizeInBytes / (double)keys - 32, 4, 16);
    }

    private record struct Total(long Sum, long Count, long Last);

    private static void Add(LongStore store, Dictionary<long, long> expected, long key)
    {
        ref long value = ref store.Get(key, out bool isNew);
        Assert.Equal(!expected.ContainsKey(key), isNew);
        value += key + 1;
        expected[key] = value;
    }

    private static long KeyOf(string kind, int number) => kind switch
    {
        "random" => number * -7_046_029_254_386_353_131,
        "shared low bits" => (long)number << 40,
        "neighbours, then random" when number > Keys / 2 => number * -7_046_029_254_386_353_131,
        _ => number,
    };

    private static void AssertSame(Dictionary<long, long> expected, LongStore store)
    {
        Assert.Equal(expected.Count, store.Entries);
        foreach ((long key, long value) in expected)
        {
            if (!store.TryGet(key, out long actual) || actual != value) Assert.Fail($"key {key} is {actual} instead of {value}");
        }
    }
}
