using LongStore = Flowgen.Runtime.KeyedStore<long, Flowgen.Runtime.Int64Key, long, Flowgen.Runtime.Unmanaged<long>>;

namespace Flowgen.Runtime.Tests.Engine;

/// <summary>State in its changelog, cut off behind any commit: while a snapshot is written, and when one has just replaced another.</summary>
public sealed class ChangelogTests
{
    private const string Topic = "__app.op.changelog";
    private const int Epochs = 40;
    private const int Keys = 150_000;
    private const int ChangesInEpoch = 60_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_crash_behind_any_commit_restores_the_state_of_that_commit(int seed)
    {
        MemoryLog log = new();
        log.EnsureTopic(new TopicDeclaration(Topic, 1));
        EpochWriter epoch = new(log);
        Random random = new(seed);
        Dictionary<long, long> expected = [];
        (LongStore store, Changelog changelog) = Open(log, out long watermark);
        Assert.Equal(long.MinValue, watermark);
        HashSet<long> starts = [];
        for (int i = 0; i < Epochs; i++)
        {
            Change(store, expected, random);
            changelog.Write(epoch, watermark: i);
            using (IEngineTransaction transaction = epoch.Take()!) await transaction.CommitAsync();
            if (starts.Add(changelog.NeededFrom)) log.DeleteRecordsBefore(Topic, 0, changelog.NeededFrom);

            (LongStore restored, Changelog next) = Open(log, out watermark);
            Assert.Equal(i, watermark);
            AssertSame(expected, restored);
            if (i % 7 == 6) (store, changelog) = (restored, next); // goes on as a restarted app does, with a snapshot left half written
        }

        Assert.True(starts.Count > 2, "No snapshot has replaced another.");
    }

    private static (LongStore Store, Changelog Changelog) Open(MemoryLog log, out long watermark)
    {
        LongStore store = new("totals");
        Changelog changelog = new("app", Topic, 0, "op", [store], new FlowEngineOptions());
        watermark = changelog.Restore(log);
        return (store, changelog);
    }

    private static void Change(LongStore store, Dictionary<long, long> expected, Random random)
    {
        for (int i = 0; i < ChangesInEpoch; i++)
        {
            long key = random.Next(Keys);
            if (i % 50 == 0)
            {
                Assert.Equal(expected.Remove(key), store.Remove(key));
                continue;
            }

            long value = random.NextInt64();
            store.Get(key, out _) = value;
            expected[key] = value;
        }
    }

    private static void AssertSame(Dictionary<long, long> expected, LongStore store)
    {
        Assert.Equal(expected.Count, store.Entries);
        foreach ((long key, long value) in expected)
        {
            if (!store.TryGet(key, out long actual) || actual != value) Assert.Fail($"key {key} is {actual} instead of {value}");
        }
    }
}
