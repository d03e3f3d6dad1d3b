using Flowgen.Runtime.Tests.Codecs;
using FsCheck;
using FsCheck.Fluent;
using Rows = Flowgen.Runtime.TableStore<int, Flowgen.Runtime.Int32Key, Flowgen.Runtime.Tests.Codecs.Parcel, Flowgen.Runtime.Tests.Codecs.ParcelCodec>;

namespace Flowgen.Runtime.Tests.Stores;

public class TableStoreTests
{
    [Fact]
    public void Any_sequence_of_rows_and_tombstones_gives_what_a_dictionary_gives() =>
        Prop.ForAll<int[]>(steps =>
        {
            var rows = new Rows();
            var expected = new Dictionary<int, int>();
            foreach (int step in steps)
            {
                int key = Math.Abs(step % 64);
                if (step % 3 == 0)
                {
                    Assert.Equal(expected.Remove(key), rows.Remove(key));
                }
                else
                {
                    rows.Upsert(key, new Parcel(key, "x", default, step, null, []));
                    expected[key] = step;
                }
            }

            Assert.Equal(expected.Count, rows.Entries);
            return Enumerable.Range(0, 64).All(key =>
            {
                ref readonly Parcel row = ref rows.Find(key, out bool found);
                return found == expected.TryGetValue(key, out int grams) && row.Grams == grams;
            });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(500));

    [Fact]
    public void A_tombstone_is_found_by_its_key_bytes()
    {
        var rows = new Rows();
        rows.Upsert(258, new Parcel(258, "x", default, 1, null, []));

        Assert.True(rows.Remove([0, 0, 1, 2]));

        rows.Find(258, out bool found);
        Assert.False(found);
    }

    [Fact]
    public void A_row_keeps_its_text_when_the_batch_is_gone()
    {
        var rows = new Rows();
        byte[] batch = "fragile"u8.ToArray();
        rows.Upsert(1, new Parcel(1, "x", Text.Borrow(batch, 0, 7), 1, null, []));
        batch.AsSpan().Clear();

        Assert.Equal("fragile", rows.Find(1, out _).Note.ToString());
    }

    [Fact]
    public void In_steady_state_finding_rows_allocates_nothing()
    {
        var rows = new Rows();
        for (int i = 0; i < 1000; i++) rows.Upsert(i, new Parcel(i, "x", default, i, null, []));
        long Sum()
        {
            long sum = 0;
            for (int i = 0; i < 100_000; i++) sum += rows.Find(i % 1500, out _).Grams;
            return sum;
        }

        Assert.True(Sum() > 0);
        Assert.Equal(0, Allocations.Least(() => Sum()));
    }
}
